import { useState } from 'react';
import { UnstyledButton } from '@mantine/core';
import { IconFile, IconFileText, IconFileTypePdf, IconLock, IconPhoto } from '@tabler/icons-react';
import type { CaseFile } from '../../../projections/case-file/case-file.js';
import type { CaseRequest, Exhibit } from '../../../projections/case-file/sections/evidence.js';
import { MarkLabel, useItemMark } from '../as-of/changes.js';
import { Countdown } from '../design/countdown.js';
import { Moment } from '../design/moment.js';
import { PartyName, PartyText } from '../design/party-text.js';
import { useFormat } from '../messages/format.js';
import { useMessages, useWord, type MessageKey } from '../messages/language.js';
import { EvidenceViewer } from './evidence-viewer.js';
import { Section } from './section.js';
import styles from './evidence.module.css';

/** Every file of the case with who submitted it and when; what was asked for and not given. */
export function EvidenceSection({ file }: { readonly file: CaseFile }) {
  const t = useMessages();
  const [opened, open] = useState<number>();
  const shown = file.evidence.find(({ evidence }) => evidence === opened);
  return (
    <Section id="evidence" title={t('section.evidence')}>
      {file.requests.length > 0 && (
        <ul className={styles.requests}>
          {file.requests.map((request) => (
            <Request key={request.request} request={request} />
          ))}
        </ul>
      )}
      {file.evidence.length === 0 && <p className={styles.none}>{t('evidence.none')}</p>}
      <ul className={styles.exhibits}>
        {file.evidence.map((exhibit) => (
          <ExhibitRow key={exhibit.evidence} exhibit={exhibit} open={() => open(exhibit.evidence)} />
        ))}
      </ul>
      {shown !== undefined && (
        <EvidenceViewer
          exhibit={shown}
          orderId={file.orderId}
          dispute={file.dispute}
          onClose={() => open(undefined)}
        />
      )}
    </Section>
  );
}

function ExhibitRow({ exhibit, open }: { readonly exhibit: Exhibit; open(): void }) {
  const t = useMessages();
  const word = useWord();
  const format = useFormat();
  const mark = useItemMark(
    ({ evidence }) => evidence,
    ({ evidence }) => evidence,
    exhibit,
  );
  const Icon = iconOf(exhibit.mediaType);
  return (
    <li id={`evidence-${exhibit.evidence}`} className={styles.exhibit} data-mark={mark}>
      <UnstyledButton
        className={styles.open}
        onClick={open}
        aria-label={t('evidence.open', { n: exhibit.evidence })}
      >
        <Icon size="1.5rem" stroke={1.5} aria-hidden />
      </UnstyledButton>
      <div>
        <p className={styles.name}>
          <strong>{t('evidence.n', { n: exhibit.evidence })}</strong> · {word(exhibit.kind)} ·{' '}
          <PartyName text={exhibit.fileName} />
          <MarkLabel mark={mark} />
        </p>
        <p className={styles.meta}>
          {t(`role.${exhibit.by}` as MessageKey)} <PartyName text={exhibit.author} /> ·{' '}
          <Moment at={exhibit.submittedAt} /> · {format.bytes(exhibit.size)}
          {exhibit.sealedTo !== undefined && (
            <span className={styles.sealed}>
              <IconLock size="0.95em" aria-hidden /> {t('evidence.sealed')}
            </span>
          )}
        </p>
        {exhibit.description !== undefined && <PartyText text={exhibit.description} clamp={240} />}
        {exhibit.terms.length > 0 && (
          <p className={styles.meta}>
            {t('evidence.bearsOn')} {exhibit.terms.map((term) => word(term)).join(', ')}
          </p>
        )}
        <code className={styles.hash} title={exhibit.sha256}>
          sha256 {exhibit.sha256.slice(0, 16)}…
        </code>
      </div>
    </li>
  );
}

function iconOf(mediaType: string) {
  if (mediaType.startsWith('image/')) return IconPhoto;
  if (mediaType === 'application/pdf') return IconFileTypePdf;
  return mediaType.startsWith('text/') ? IconFileText : IconFile;
}

function Request({ request }: { readonly request: CaseRequest }) {
  const t = useMessages();
  const word = useWord();
  const mark = useItemMark(
    ({ requests }) => requests,
    (one) => one.request,
    request,
  );
  return (
    <li className={styles.request} data-state={request.state} data-mark={mark}>
      <p className={styles.name}>
        <strong>{t('request.n', { n: request.request, party: word(request.from) })}</strong> ·{' '}
        {request.kinds.map((kind) => word(kind)).join(', ')} · {t(`request.${request.state}` as MessageKey)}
        <MarkLabel mark={mark} />
      </p>
      <PartyText text={request.question} clamp={400} />
      {request.state === 'OPEN' && <Countdown dueAt={request.dueAt} />}
    </li>
  );
}
