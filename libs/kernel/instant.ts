/**
 * An instant in UTC, written as RFC 3339 with exactly three fractional digits: `2026-03-01T00:00:00.000Z`.
 * Every instant of Recourse has this one form, so that instants compare and sort as text.
 */
export type Instant = string;

const FORM = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** True only for the one form of {@link Instant}, and only for a date that exists. */
export function isInstant(value: unknown): value is Instant {
  return typeof value === 'string' && FORM.test(value) && !Number.isNaN(Date.parse(value)) && instantOf(Date.parse(value)) === value;
}

/** Milliseconds since 1970-01-01T00:00:00Z → instant. */
export function instantOf(epochMs: number): Instant {
  return new Date(epochMs).toISOString();
}

/** Instant → milliseconds since 1970-01-01T00:00:00Z. */
export function epochMsOf(instant: Instant): number {
  return Date.parse(instant);
}
