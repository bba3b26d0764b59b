import { dueAfter } from '../../../libs/domain/calendar/due.js';
import { minorUnitOf } from '../../../libs/kernel/currency.js';
import { epochMsOf, instantOf, type Instant } from '../../../libs/kernel/instant.js';

/** What the words of a scenario stand for at the moment when they are read. */
export interface Words {
  readonly now: Instant;
  /** `$order`, `$buyer`, `$supplier`, `$policy`, `$termsHash`, `$revision`, … */
  readonly names: Readonly<Record<string, string>>;
  dueOf(deadline: string): Instant;
}

/**
 * Data with its words replaced: `$buyer`, `7500.00 USD` (money), `date:P20D` (the day in twenty days), `at:-PT1H` (the
 * instant an hour ago), `due:ShipmentDue` and `due:ShipmentDue:PT1S` (when it is due, and a second later).
 */
export function spelledOut(value: unknown, words: Words): unknown {
  if (typeof value === 'string') return word(value, words);
  if (Array.isArray(value)) return value.map((item) => spelledOut(item, words));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, spelledOut(item, words)]));
}

function word(text: string, { now, names, dueOf }: Words): unknown {
  if (text.startsWith('$')) {
    const name = names[text.slice(1)];
    if (name === undefined) throw new Error(`what is ${text}?`);
    return name;
  }
  const [kind, first = '', second] = text.split(':');
  if (kind === 'date') return moved(now, first).slice(0, 10);
  if (kind === 'at' && /^-?P/.test(first)) return moved(now, first);
  if (kind === 'due') return second === undefined ? dueOf(first) : moved(dueOf(first), second);
  const money = /^(\d+(?:\.\d+)?) ([A-Z]{3})$/.exec(text);
  return money === null ? text : { amount: minorUnits(money[1] ?? '', money[2] ?? ''), currency: money[2] };
}

/** `3000.00` of a currency with cents → 300000. */
export function minorUnits(decimal: string, currency: string): number {
  const [whole = '', fraction = ''] = decimal.split('.');
  const places = minorUnitOf(currency) ?? 0;
  if (fraction.length !== places)
    throw new Error(`${currency} is written with ${places} decimals: ${decimal}`);
  return Number(whole + fraction);
}

/** An instant, a period later, or earlier where it begins with a minus. In UTC, calendar days. */
export function moved(instant: Instant, period: string): Instant {
  const later = dueAfter(instant, period.replace(/^-/, ''), 'UTC', { kind: 'CALENDAR' });
  return period.startsWith('-') ? instantOf(2 * epochMsOf(instant) - epochMsOf(later)) : later;
}

/** The time from one instant to a later one, as the clock is told. */
export const between = (from: Instant, to: Instant): string =>
  `PT${(epochMsOf(to) - epochMsOf(from)) / 1_000}S`;

/** `over` on top of `base`: objects key by key, everything else as a whole. `null` takes a key away. */
export function laidOver(base: unknown, over: unknown): unknown {
  if (!isRecord(base) || !isRecord(over)) return over;
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    if (value === null) delete merged[key];
    else merged[key] = key in merged ? laidOver(merged[key], value) : value;
  }
  return merged;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
