import { IANAZone } from 'luxon';

/**
 * Local time ↔ UTC, from nothing but the zone's offsets at given instants. Luxon's own DateTime resolves an ambiguous
 * local time by the offset of the present clock; here two runs of the same history must agree, so it is only asked for
 * `offset(instant)`. All numbers are milliseconds since 1970-01-01T00:00Z; local ones as if the wall clock showed UTC.
 */

export const DAY = 86_400_000;

/** True for a zone of the IANA database that this runtime knows (`Asia/Shanghai`, `UTC`); offsets (`+08:00`) are none. */
export function isZone(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Za-z]/.test(value) && IANAZone.isValidZone(value);
}

/** What the wall clock in `zone` shows at `instant`. */
export function toLocal(instant: number, zone: string): number {
  return instant + offsetAt(instant, zone);
}

/**
 * When the wall clock in `zone` shows `local`. Shown twice (clocks went back): the first time. Never shown (clocks went
 * forward): the first instant after the gap. Needs a zone that {@link isZone} knows.
 */
export function fromLocal(local: number, zone: string): number {
  if (zone === 'UTC') return local;
  const before = offsetAt(local - DAY, zone);
  const after = offsetAt(local + DAY, zone);
  if (offsetAt(local - before, zone) === before) return local - before;
  if (offsetAt(local - after, zone) === after) return local - after;
  return transition(local - DAY, local + DAY, zone);
}

/** The first instant in (from, to] with the offset of `to`, where one change lies between. */
function transition(from: number, to: number, zone: string): number {
  const after = offsetAt(to, zone);
  let last = from;
  let first = to;
  while (first - last > 1) {
    const middle = Math.floor((last + first) / 2);
    if (offsetAt(middle, zone) === after) first = middle;
    else last = middle;
  }
  return first;
}

/** Zone → UTC day → offset; NaN on a day in which it changes. Asking Intl costs microseconds, a map nanoseconds. */
const offsets = new Map<string, Map<number, number>>();
const REMEMBERED_DAYS = 20_000;
const REMEMBERED_ZONES = 500;

function offsetAt(instant: number, zone: string): number {
  if (zone === 'UTC') return 0;
  const days = daysOf(zone);
  const day = Math.floor(instant / DAY);
  let offset = days.get(day);
  if (offset === undefined) {
    const start = askOffset(day * DAY, zone);
    offset = start === askOffset((day + 1) * DAY, zone) ? start : NaN;
    if (days.size >= REMEMBERED_DAYS) days.clear();
    days.set(day, offset);
  }
  return Number.isNaN(offset) ? askOffset(instant, zone) : offset;
}

function daysOf(zone: string): Map<number, number> {
  let days = offsets.get(zone);
  if (days === undefined) {
    if (offsets.size >= REMEMBERED_ZONES) offsets.clear();
    offsets.set(zone, (days = new Map()));
  }
  return days;
}

function askOffset(instant: number, zone: string): number {
  return IANAZone.create(zone).offset(instant) * 60_000;
}
