import { IconCheck, IconClockHour4, IconHourglassEmpty } from '@tabler/icons-react';
import type { CaseFile } from '../../../projections/case-file/case-file.js';
import type { CaseDeadline } from '../../../projections/case-file/sections/deadlines.js';
import { MarkLabel, useItemMark } from '../as-of/changes.js';
import { Countdown } from '../design/countdown.js';
import { Moment } from '../design/moment.js';
import { useFormat } from '../messages/format.js';
import { useMessages, useWord } from '../messages/language.js';
import { Section } from './section.js';
import styles from './deadlines.module.css';

/** Open deadlines first, what is due next on top; then those that were met or ran out. */
export function DeadlinesSection({ file }: { readonly file: CaseFile }) {
  const t = useMessages();
  const open = file.deadlines.filter(({ state }) => state === 'OPEN').toSorted(byDue);
  const ended = file.deadlines
    .filter(({ state }) => state !== 'OPEN')
    .toSorted(byDue)
    .toReversed();
  return (
    <Section id="deadlines" title={t('section.deadlines')}>
      <ul className={styles.list}>
        {[...open, ...ended].map((deadline) => (
          <Deadline key={deadline.deadline} deadline={deadline} />
        ))}
      </ul>
      {file.deadlines.length === 0 && <p className={styles.none}>{t('deadline.none')}</p>}
    </Section>
  );
}

const VIEWERS_ZONE = new Intl.DateTimeFormat().resolvedOptions().timeZone;

const byDue = (one: CaseDeadline, other: CaseDeadline): number => (one.dueAt < other.dueAt ? -1 : 1);

function Deadline({ deadline }: { readonly deadline: CaseDeadline }) {
  const t = useMessages();
  const word = useWord();
  const format = useFormat();
  const { kind, state, dueAt, overdue, met, zone, rule, extensions } = deadline;
  const mark = useItemMark(
    ({ deadlines }) => deadlines,
    (one) => one.deadline,
    deadline,
  );
  const Icon = state === 'OPEN' ? IconClockHour4 : state === 'MET' ? IconCheck : IconHourglassEmpty;
  return (
    <li className={styles.deadline} data-state={overdue ? 'OVERDUE' : state} data-mark={mark}>
      <Icon size="1.1rem" aria-hidden />
      <div>
        <p className={styles.name}>
          <strong>{word(kind)}</strong> <span className={styles.rule}>{t('rule.n', { rule })}</span>
          <MarkLabel mark={mark} />
        </p>
        <p className={styles.when}>
          <Moment at={dueAt} zone={zone} />{' '}
          <span className={styles.zone}>({zone === VIEWERS_ZONE ? zone : format.momentIn(dueAt, zone)})</span>
        </p>
        {state === 'OPEN' && <Countdown dueAt={dueAt} overdue={overdue} />}
        {state === 'MET' && (
          <span className={styles.met}>{t('deadline.met', { by: word(met?.by ?? '') })}</span>
        )}
        {state === 'EXPIRED' && <span className={styles.expired}>{t('deadline.expired')}</span>}
        {extensions.map(({ revision, from, reason }) => (
          <small key={revision}>{t('deadline.extended', { from: format.moment(from), reason })}</small>
        ))}
      </div>
    </li>
  );
}
