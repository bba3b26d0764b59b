import { useState } from 'react';
import { Button, Checkbox, FileInput, Group, NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { useCommand } from '../../api/send.js';
import { ProblemNotice } from '../../design/problem-notice.js';
import { useFormat } from '../../messages/format.js';
import { useMessages, useWord } from '../../messages/language.js';
import { asked, bodyOf, type Values } from './command-body.js';
import type { Field } from './command-forms.js';
import { handIn } from './hand-in.js';
import type { FormContext } from './form-context.js';
import { OPERATIONS } from './operations.js';
import styles from './actions.module.css';

export interface CommandFormProps {
  readonly rel: string;
  readonly fields: readonly Field[];
  readonly context: FormContext;
  onDone(): void;
}

/** A form made from what its command asks for. The engine judges what was filled in; its every objection is shown. */
export function CommandForm({ rel, fields, context, onDone }: CommandFormProps) {
  const t = useMessages();
  const [values, fill] = useState<Values>(() => initialValues(fields, context));
  const [file, choose] = useState<File | null>(null);
  const { orderId, dispute, currency } = context;
  const command = useCommand(
    orderId,
    async ({ body, file: chosen }: { body: object; file: File | null }, headers) => {
      const operation = OPERATIONS[rel];
      if (operation === undefined) throw new Error(`no call for ${rel}`);
      return operation({
        path: { orderId, ...(dispute === undefined ? {} : { dispute: String(dispute) }) },
        body: chosen === null ? body : { ...body, ...(await handIn(orderId, dispute ?? 0, chosen)) },
        headers,
        throwOnError: true,
      });
    },
    onDone,
  );
  const set = (name: string, value: string | readonly string[]) =>
    fill((known) => ({ ...known, [name]: value }));
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        const body = bodyOf(fields, values, currency);
        command.mutate({
          body: rel === 'confirm-contract' ? { ...body, termsHash: context.termsHash } : body,
          file,
        });
      }}
    >
      {rel in NOTES && <p className={styles.note}>{t(NOTES[rel as keyof typeof NOTES])}</p>}
      {asked(fields, values).map((field) =>
        field.kind === 'file' ? (
          <FileInput
            key={field.name}
            required
            label={t(field.label)}
            value={file}
            onChange={choose}
            clearable
          />
        ) : (
          <FieldInput
            key={field.name}
            field={field}
            value={values[field.name] ?? ''}
            set={set}
            context={context}
          />
        ),
      )}
      {command.isError && <ProblemNotice error={command.error} />}
      <Group justify="end">
        <Button type="submit" loading={command.isPending}>
          {t('send')}
        </Button>
      </Group>
    </form>
  );
}

/** What a command that asks for little does, said before it is sent. */
const NOTES = {
  'accept-settlement': 'note.accept-settlement',
  'confirm-contract': 'note.confirm-contract',
  complete: 'note.complete',
  escalate: 'note.escalate',
  cancel: 'note.cancel',
  withdraw: 'note.withdraw',
} as const;

function initialValues(fields: readonly Field[], context: FormContext): Values {
  return Object.fromEntries(
    fields.map(({ name, kind, initial, options, optional }) => {
      const only = kind === 'choice' && optional !== true ? options?.(context) : undefined;
      return [
        name,
        initial?.(context) ?? (only?.length === 1 ? (only[0]?.value ?? '') : kind === 'choices' ? [] : ''),
      ];
    }),
  );
}

interface FieldInputProps {
  readonly field: Field;
  readonly value: string | readonly string[];
  set(name: string, value: string | readonly string[]): void;
  readonly context: FormContext;
}

function FieldInput({ field, value, set, context }: FieldInputProps) {
  const t = useMessages();
  const word = useWord();
  const format = useFormat();
  const { name, kind, label, optional = false, codes, options, maxLength } = field;
  const data = options?.(context) ?? (codes ?? []).map((code) => ({ value: code, label: word(code) }));
  const common = { label: t(label), required: !optional };
  const text = typeof value === 'string' ? value : '';
  switch (kind) {
    case 'choice':
      return (
        <Select
          {...common}
          data={[...data]}
          value={text || null}
          onChange={(chosen) => set(name, chosen ?? '')}
          clearable={optional}
          comboboxProps={{ withinPortal: false }}
        />
      );
    case 'choices':
      return (
        <Checkbox.Group
          label={common.label}
          value={typeof value === 'string' ? [] : [...value]}
          onChange={(chosen) => set(name, chosen)}
        >
          <div className={styles.choices}>
            {data.map((one) => (
              <Checkbox key={one.value} size="sm" value={one.value} label={one.label} />
            ))}
          </div>
        </Checkbox.Group>
      );
    case 'money':
      return (
        <NumberInput
          {...common}
          label={`${common.label} (${context.currency})`}
          description={
            field.capped === true && context.cap !== undefined
              ? t('field.cap', { cap: format.money({ amount: context.cap, currency: context.currency }) })
              : undefined
          }
          min={0}
          hideControls
          thousandSeparator=","
          value={text}
          onChange={(amount) => set(name, String(amount))}
        />
      );
    case 'number':
      return (
        <NumberInput {...common} min={0} value={text} onChange={(amount) => set(name, String(amount))} />
      );
    case 'text':
      return (
        <Textarea
          {...common}
          autosize
          minRows={3}
          maxRows={14}
          maxLength={maxLength}
          value={text}
          onChange={({ currentTarget }) => set(name, currentTarget.value)}
        />
      );
    case 'date':
    case 'moment':
      return (
        <TextInput
          {...common}
          type={kind === 'date' ? 'date' : 'datetime-local'}
          value={text}
          onChange={({ currentTarget }) => set(name, currentTarget.value)}
        />
      );
    default:
      return (
        <TextInput
          {...common}
          maxLength={maxLength}
          value={text}
          onChange={({ currentTarget }) => set(name, currentTarget.value)}
        />
      );
  }
}
