import Holidays from 'date-holidays';
import { version } from 'date-holidays/package.json';
import { epochMsOf, instantOf } from '../../kernel/instant.js';
import { DAY } from './zone.js';

/** Holiday data: the package date-holidays (CC BY 3.0, its contributors). Recorded with every deadline it decided. */
export const HOLIDAYS_VERSION: string = version;

/** True for a country (`CN`) or a subdivision (`DE-BY`) by its ISO 3166 code, where there is holiday data for it. */
export function isHolidayCalendar(value: unknown): value is string {
  if (typeof value !== 'string' || !/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/.test(value)) return false;
  const [country = '', subdivision] = value.split('-');
  if (!Object.hasOwn(atlas().getCountries(), country)) return false;
  return subdivision === undefined || Object.hasOwn(atlas().getStates(country) ?? {}, subdivision);
}

/**
 * The day that is `count` working days after `day` (days since 1970-01-01). Saturdays, Sundays and whole public holidays
 * are off; holidays of some hours are not. The day itself does not count, so from a weekend one working day is Monday.
 * The data names no make-up working days, so there are none. A calendar without data has no holidays.
 */
export function addWorkingDays(day: number, count: number, calendar: string): number {
  let reached = day;
  for (let left = count; left > 0 && reached < LAST_DAY;) {
    reached += 1;
    if (!isOff(reached, calendar)) left -= 1;
  }
  return reached;
}

const LAST_DAY = Math.floor(epochMsOf('9999-12-31T00:00:00.000Z') / DAY);

function isOff(day: number, calendar: string): boolean {
  const weekday = (((day + 4) % 7) + 7) % 7;
  if (weekday === 0 || weekday === 6) return true;
  const date = instantOf(day * DAY);
  const year = Number(date.slice(0, 4));
  // A holiday of several days may have begun in December.
  return (
    holidaysOf(calendar, year).has(day) ||
    (date.slice(5, 7) === '01' && holidaysOf(calendar, year - 1).has(day))
  );
}

const remembered = new Map<string, ReadonlySet<number>>();
const REMEMBERED_YEARS = 500;

/** Days covered by the public holidays that begin in `year`. Never the present year by default: the year is always named. */
function holidaysOf(calendar: string, year: number): ReadonlySet<number> {
  const key = `${calendar}/${year}`;
  let days = remembered.get(key);
  if (days === undefined) {
    days = computeHolidays(calendar, year);
    if (remembered.size >= REMEMBERED_YEARS) remembered.clear();
    remembered.set(key, days);
  }
  return days;
}

function computeHolidays(calendar: string, year: number): ReadonlySet<number> {
  const [country = '', subdivision] = calendar.split('-');
  // In UTC, start and end are the local wall clock, whatever the zone of this machine.
  const options = { timezone: 'UTC', types: ['public' as const] };
  const source =
    subdivision === undefined ? new Holidays(country, options) : new Holidays(country, subdivision, options);
  const days = new Set<number>();
  for (const { start, end } of source.getHolidays(year)) {
    if (+end - +start < DAY) continue;
    // Some calendars begin a day at the sunset before: it is the day whose noon it covers.
    for (let day = Math.round(+start / DAY); (day + 0.5) * DAY < +end; day += 1) days.add(day);
  }
  return days;
}

let knownCountries: Holidays | undefined;
const atlas = () => (knownCountries ??= new Holidays());
