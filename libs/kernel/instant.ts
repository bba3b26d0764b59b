/**
 * An instant in UTC, written as RFC 3339 with exactly three fractional digits: `2026-03-01T00:00:00.000Z`.
 * Every instant of Recourse has this one form, so that instants compare and sort as text.
 */
export type Instant = string;

const FORM = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const FIRST = Date.parse('0000-01-01T00:00:00.000Z');
const LAST = Date.parse('9999-12-31T23:59:59.999Z');

/** True only for the one form of {@link Instant}, and only for a date and a time that exist. */
export function isInstant(value: unknown): value is Instant {
  if (typeof value !== 'string' || !FORM.test(value)) return false;
  // Date.parse takes 31 February for 3 March, and 24:00 for the next day.
  const epochMs = Date.parse(value);
  return epochMs >= FIRST && epochMs <= LAST && instantOf(epochMs) === value;
}

/** The clock is asked by every command, and a group of events is recorded at one instant: a text is seldom asked for once. */
let last: { readonly epochMs: number; readonly instant: Instant } = { epochMs: NaN, instant: '' };

/** Milliseconds since 1970-01-01T00:00:00Z → instant. Throws a RangeError outside of the years 0000 to 9999. */
export function instantOf(epochMs: number): Instant {
  if (epochMs === last.epochMs) return last.instant;
  if (!(epochMs >= FIRST && epochMs <= LAST)) throw new RangeError(`no instant at ${epochMs} ms`);
  last = { epochMs, instant: new Date(epochMs).toISOString() };
  return last.instant;
}

/** Instant → milliseconds since 1970-01-01T00:00:00Z. */
export function epochMsOf(instant: Instant): number {
  return Date.parse(instant);
}
