import type { Instant } from '../kernel/instant.js';
import type { Caller } from './decision.js';
import type { Role } from './vocabulary.js';

/** An event told to a person who has never seen the system. When it happened stands beside it, in the envelope. */
export interface Narration {
  /** Who brought it about, e.g. `Buyer B1`, `The clock`. */
  readonly who: string;
  /** What happened: one sentence, past tense, that can be read on its own. */
  readonly sentence: string;
  /** Why: numbers of the rules (rule-book.ts) that it follows from. Empty where nothing but a person's wish stands behind it. */
  readonly rules: readonly number[];
}

/** What a part of the rule book says of its own events; `who` is the same for all of them. */
export type Told = Omit<Narration, 'who'>;

export const told = (sentence: string, ...rules: readonly number[]): Told => ({ sentence, rules });

const ROLE_WORDS: Readonly<Record<Role, string>> = {
  buyer: 'Buyer',
  supplier: 'Supplier',
  agent: 'Agent',
  arbitrator: 'Arbitrator',
  appeal_arbitrator: 'Appeal arbitrator',
  inspector: 'Inspector',
  payments: 'Payment service',
  logistics: 'Logistics feed',
  risk: 'Risk officer',
  policy_admin: 'Policy admin',
  auditor: 'Auditor',
  clock: 'The clock',
};

/** `Buyer B1`; the clock has no name. */
export const nameOf = ({ role, id }: Caller): string =>
  role === 'clock' ? ROLE_WORDS.clock : `${ROLE_WORDS[role]} ${id}`;

/** `FULL_REFUND` → `full refund`. */
export const inWords = (code: string): string => code.toLowerCase().replaceAll('_', ' ');

/** `['a', 'b', 'c']` → `a, b and c`. */
export const enumerated = (items: readonly string[]): string =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;

/** `2026-03-06T00:00:00.000Z` → `2026-03-06 00:00 UTC`; seconds and milliseconds only where there are some. */
export function momentOf(instant: Instant): string {
  const time = instant
    .slice(11, 23)
    .replace(/\.000$/, '')
    .replace(/^(\d\d:\d\d):00$/, '$1');
  return `${instant.slice(0, 10)} ${time} UTC`;
}

const DURATION_UNITS = {
  D: 'day',
  W: 'week',
  M: 'month',
  Y: 'year',
  h: 'hour',
  m: 'minute',
  s: 'second',
} as const;

/** `P5D` → `5 days`, `PT1H30M` → `1 hour and 30 minutes`; what is no such duration stays as it is. */
export function durationInWords(duration: string): string {
  const [, days = '', time = ''] = /^P([^T]*)(?:T(.*))?$/.exec(duration) ?? [];
  const parts = [...days.matchAll(/(\d+)([YMWD])/g), ...time.toLowerCase().matchAll(/(\d+)([hms])/g)].map(
    ([, count, unit]) => {
      const word = DURATION_UNITS[unit as keyof typeof DURATION_UNITS];
      return `${count} ${word}${count === '1' ? '' : 's'}`;
    },
  );
  return parts.length === 0 ? duration : enumerated(parts);
}

/** What a party typed, short enough to stand in a sentence. */
export function quoted(text: string, length = 160): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const points = Array.from(line.slice(0, length * 2 + 2));
  return points.length <= length ? `“${line}”` : `“${points.slice(0, length - 1).join('')}…”`;
}

/** What somebody gave as a reason, quoted behind a colon; nothing where he gave none. */
export const saying = (text: string | undefined): string => (text === undefined ? '' : `: ${quoted(text)}`);
