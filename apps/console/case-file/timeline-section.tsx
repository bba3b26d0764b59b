import { useState } from 'react';
import { Select } from '@mantine/core';
import type { CaseFile } from '../../../projections/case-file/case-file.js';
import type { TimelineEntry } from '../../../projections/order-timeline/timeline.js';
import { MarkLabel, useItemMark } from '../as-of/changes.js';
import { Moment } from '../design/moment.js';
import { plain } from '../design/party-text.js';
import { useMessages, useLanguage, useWord, type MessageKey } from '../messages/language.js';
import { Section } from './section.js';
import styles from './timeline.module.css';

const PARTS = ['contract', 'funds', 'fulfilment', 'inspection', 'dispute', 'recovery', 'deadlines'] as const;

/** Everything that happened, filterable by who and what. Newest first: what is new is what one looks for. */
export function TimelineSection({ file }: { readonly file: CaseFile }) {
  const t = useMessages();
  const [role, byRole] = useState<string | null>(null);
  const [part, byPart] = useState<string | null>(null);
  const [whole, showWhole] = useState(false);
  const roles = [...new Set(file.timeline.map(({ by }) => by.role))];
  const entries = file.timeline
    .filter((entry) => (role === null || entry.by.role === role) && (part === null || entry.part === part))
    .toReversed();
  const shown = whole ? entries : entries.slice(0, 25);
  return (
    <Section
      id="timeline"
      title={t('section.timeline')}
      wide
      aside={
        <div className={styles.filters}>
          <Select
            size="xs"
            aria-label={t('timeline.who')}
            placeholder={t('timeline.who')}
            data={roles.map((value) => ({ value, label: t(`role.${value}` as MessageKey) }))}
            value={role}
            onChange={byRole}
            clearable
          />
          <Select
            size="xs"
            aria-label={t('timeline.what')}
            placeholder={t('timeline.what')}
            data={PARTS.map((value) => ({ value, label: t(`part.${value}` as MessageKey) }))}
            value={part}
            onChange={byPart}
            clearable
          />
        </div>
      }
    >
      <ol className={styles.timeline}>
        {shown.map((entry) => (
          <Entry key={entry.revision} entry={entry} />
        ))}
      </ol>
      {shown.length < entries.length && (
        <button type="button" className={styles.more} onClick={() => showWhole(true)}>
          {t('timeline.more', { count: entries.length - shown.length })}
        </button>
      )}
    </Section>
  );
}

function Entry({ entry }: { readonly entry: TimelineEntry }) {
  const t = useMessages();
  const word = useWord();
  const { language } = useLanguage();
  const mark = useItemMark(
    ({ timeline }) => timeline,
    ({ revision }) => revision,
    entry,
  );
  return (
    <li className={styles.entry} data-part={entry.part} data-mark={mark}>
      <span className={styles.revision}>{entry.revision}</span>
      <Moment at={entry.at} />
      <div dir="auto">
        {language !== 'en' && <strong className={styles.type}>{word(entry.type)}</strong>}
        <span lang="en">{plain(entry.sentence)}</span>
        <MarkLabel mark={mark} />
        {entry.recordedAt !== undefined && (
          <small>
            {t('timeline.recorded')} <Moment at={entry.recordedAt} />
          </small>
        )}
        {entry.rules.length > 0 && (
          <small>{entry.rules.map((rule) => t('rule.n', { rule })).join(', ')}</small>
        )}
      </div>
    </li>
  );
}
