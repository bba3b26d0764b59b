import { epochMsOf, instantOf, type Instant } from '../../kernel/instant.js';
import type { PolicyParameters } from '../policy/parameters.js';
import { parsePeriod } from './period.js';
import { HOLIDAYS_VERSION, addWorkingDays } from './working-days.js';
import { DAY, fromLocal, toLocal } from './zone.js';

/** How a policy counts days. */
export type Days = PolicyParameters['days'];

const LAST = epochMsOf('9999-12-31T23:59:59.999Z');

/**
 * The instant at which a period that starts at `start` is over ("Days are calendar days or working days of a named
 * holiday calendar, in the policy's zone; the due instant is stored in UTC").
 *
 * Months, weeks and days move the local date and keep the local time of day; a day that its month does not have becomes
 * the month's last. With working days, days are counted as such. A local time that the clocks skip is the first instant
 * after the gap, one that they show twice is the first. Hours, minutes and seconds are then added as exact time.
 *
 * Depends on its arguments (and the zone and holiday data) alone, never on the present. Ends at the year 9999.
 * Throws a RangeError for a period or zone that `isPeriod` and `isZone` do not know.
 */
export function dueAfter(start: Instant, period: string, zone: string, days: Days): Instant {
  const parts = parsePeriod(period);
  if (parts === undefined) throw new RangeError(`not a period: ${period}`);
  const from = epochMsOf(start);
  const { months, weeks, milliseconds } = parts;
  if (zone === 'UTC' && months === 0 && days.kind === 'CALENDAR') {
    return capped(from + (weeks * 7 + parts.days) * DAY + milliseconds);
  }
  if (months === 0 && weeks === 0 && parts.days === 0) return capped(from + milliseconds);

  const local = toLocal(from, zone);
  const timeOfDay = ((local % DAY) + DAY) % DAY;
  let day = addMonths((local - timeOfDay) / DAY, months) + weeks * 7;
  day = days.kind === 'WORKING' ? addWorkingDays(day, parts.days, days.holidays) : day + parts.days;
  return capped(fromLocal(Math.min(day * DAY + timeOfDay, LAST), zone) + milliseconds);
}

/** The last millisecond of a calendar date in a zone: what is promised for a day may happen until then (rule 15). */
export function endOfDay(date: string, zone: string): Instant {
  return capped(fromLocal(epochMsOf(`${date}T00:00:00.000Z`) + DAY, zone) - 1);
}

/** The calendar date that it is in `zone` at `instant`. */
export function dateIn(instant: Instant, zone: string): string {
  return capped(toLocal(epochMsOf(instant), zone)).slice(0, 10);
}

/** How days were counted, for the record: `CALENDAR`, or the holiday calendar with its data's version, `CN@3.37.0`. */
export function calendarName(days: Days): string {
  return days.kind === 'CALENDAR' ? 'CALENDAR' : `${days.holidays}@${HOLIDAYS_VERSION}`;
}

function capped(epochMs: number): Instant {
  return instantOf(Math.min(epochMs, LAST));
}

/** The same day of the month, `months` later; the month's last where it is shorter. */
function addMonths(day: number, months: number): number {
  if (months === 0) return day;
  const [year = 0, month = 1, dayOfMonth = 1] = instantOf(day * DAY)
    .slice(0, 10)
    .split('-')
    .map(Number);
  const index = Math.min(year * 12 + (month - 1) + months, LAST_MONTH);
  return Math.min(firstOfMonth(index) + dayOfMonth, firstOfMonth(index + 1)) - 1;
}

const LAST_MONTH = 9999 * 12 + 10;

/** Day number of the first day of a month, counted in months from the year 0. */
function firstOfMonth(index: number): number {
  const year = String(Math.floor(index / 12)).padStart(4, '0');
  const month = String((index % 12) + 1).padStart(2, '0');
  return epochMsOf(`${year}-${month}-01T00:00:00.000Z`) / DAY;
}
