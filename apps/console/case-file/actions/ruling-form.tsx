import { useState } from 'react';
import { Alert, Button, Checkbox, Group, NumberInput, Slider, Textarea } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { FINDING_CODES, REASON_CODES, REMEDIES, type Remedy } from '../../../../libs/domain/vocabulary.js';
import type { CaseFileDocument } from '../../api/documents.js';
import { useCommand } from '../../api/send.js';
import { plain } from '../../design/party-text.js';
import { ProblemNotice } from '../../design/problem-notice.js';
import { useMessages, useWord, usePlural } from '../../messages/language.js';
import { contextOfCase } from './form-context.js';
import { OPERATIONS } from './operations.js';
import { RulingEffect } from './ruling-effect.js';
import { effectOf, remedyObjection } from './ruling-arithmetic.js';
import styles from './actions.module.css';

export interface RulingFormProps {
  readonly rel: string;
  /** As it is now: it may move while the form is open. */
  readonly file: CaseFileDocument;
  onDone(): void;
}

/**
 * Rule 27: liability, remedies, reasons, and the evidence and terms that they rest on, decided on one revision of the file.
 * When the file moves meanwhile the form says so, and sends nothing until the arbitrator has taken note.
 */
export function RulingForm({ rel, file, onDone }: RulingFormProps) {
  const t = useMessages();
  const word = useWord();
  const [seen, see] = useState(file.revision);
  const [liability, setLiability] = useState(10_000);
  const [remedies, setRemedies] = useState<Remedy[]>([]);
  const [reasonCodes, setReasons] = useState<string[]>([]);
  const [evidence, setEvidence] = useState<string[]>([]);
  const [terms, setTerms] = useState<string[]>([...file.claim.terms]);
  const [statement, setStatement] = useState('');
  const { orderId, dispute } = file;
  const command = useCommand(
    orderId,
    (body: object, headers) => {
      const operation = OPERATIONS[rel];
      if (operation === undefined) throw new Error(`no call for ${rel}`);
      return operation({ path: { orderId, dispute: String(dispute) }, body, headers, throwOnError: true });
    },
    onDone,
  );
  const effect = effectOf(file, liability);
  const context = contextOfCase(file, word);
  const objection = remedyObjection(remedies, effect);
  const moved = file.revision !== seen;
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        command.mutate({
          liability,
          remedies,
          reasonCodes,
          evidence: evidence.map(Number),
          terms,
          fileRevision: seen,
          statement,
          ifMatch: seen,
        } as object);
      }}
    >
      {moved && <Moved file={file} seen={seen} take={() => see(file.revision)} />}
      <div>
        <NumberInput
          label={t('ruling.liability')}
          description={t('ruling.liabilityHint')}
          suffix=" %"
          min={0}
          max={100}
          decimalScale={2}
          value={liability / 100}
          onChange={(percent) => setLiability(Math.round(Number(percent) * 100))}
          data-autofocus
          required
        />
        <Slider
          className={styles.liability}
          min={0}
          max={100}
          step={5}
          value={liability / 100}
          onChange={(percent) => setLiability(percent * 100)}
          label={(percent) => `${percent} %`}
          thumbLabel={t('ruling.liability')}
          thumbSize={18}
        />
      </div>
      <RulingEffect file={file} effect={effect} />
      <Choices
        label={t('ruling.remedies')}
        options={REMEDIES.map((value) => ({ value, label: word(value) }))}
        value={remedies}
        set={(chosen) => setRemedies(chosen as Remedy[])}
        error={remedies.length > 0 && objection !== undefined ? t(objection) : undefined}
      />
      <Choices
        label={t('ruling.findings')}
        options={FINDING_CODES.map((value) => ({ value, label: word(value) }))}
        value={reasonCodes}
        set={setReasons}
      />
      <Choices
        label={t('ruling.refusals')}
        options={REASON_CODES.map((value) => ({ value, label: word(value) }))}
        value={reasonCodes}
        set={setReasons}
      />
      <Choices label={t('ruling.evidence')} options={context.evidence} value={evidence} set={setEvidence} />
      <Choices label={t('ruling.terms')} options={context.terms} value={terms} set={setTerms} />
      <Textarea
        label={t('ruling.statement')}
        required
        autosize
        minRows={4}
        maxRows={16}
        maxLength={20_000}
        value={statement}
        onChange={({ currentTarget }) => setStatement(currentTarget.value)}
      />
      {command.isError && <ProblemNotice error={command.error} />}
      <p className={styles.seen}>{t('ruling.decidedOn', { revision: seen })}</p>
      <Group justify="end">
        <Button
          type="submit"
          loading={command.isPending}
          disabled={moved || remedies.length === 0 || reasonCodes.length === 0 || objection !== undefined}
        >
          {t('ruling.send')}
        </Button>
      </Group>
    </form>
  );
}

function Moved({
  file,
  seen,
  take,
}: {
  readonly file: CaseFileDocument;
  readonly seen: string;
  take(): void;
}) {
  const t = useMessages();
  const plural = usePlural();
  const since = file.timeline.filter(({ revision }) => Number(revision) > Number(seen));
  return (
    <Alert
      variant="light"
      color="yellow"
      role="alert"
      icon={<IconAlertTriangle aria-hidden />}
      title={t('ruling.moved')}
    >
      <p>{plural('ruling.movedBy', since.length, { revision: seen })}</p>
      <ul>
        {since.map(({ revision, sentence }) => (
          <li key={revision} dir="auto">
            {plain(sentence)}
          </li>
        ))}
      </ul>
      <Button size="xs" variant="default" onClick={take}>
        {t('ruling.take', { revision: file.revision })}
      </Button>
    </Alert>
  );
}

interface ChoicesProps {
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly value: readonly string[];
  set(value: string[]): void;
  readonly error?: string;
}

function Choices({ label, options, value, set, error }: ChoicesProps) {
  if (options.length === 0) return null;
  return (
    <Checkbox.Group label={label} value={[...value]} onChange={set} error={error}>
      <div className={styles.choices}>
        {options.map((option) => (
          <Checkbox key={option.value} size="sm" value={option.value} label={option.label} />
        ))}
      </div>
    </Checkbox.Group>
  );
}
