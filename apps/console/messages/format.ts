import { minorUnitOf } from '../../../libs/kernel/currency.js';
import type { Instant } from '../../../libs/kernel/instant.js';
import type { Money } from '../../../libs/kernel/money.js';
import { useLanguage } from './language.js';

export interface Format {
  /** `US$1,234.50`, with the minor units of ISO 4217, exact for every safe integer. */
  money(money: Money): string;
  /** In the viewer's zone. */
  moment(instant: Instant): string;
  day(instant: Instant): string;
  /** Without the year, for the axis of a picture. */
  dayOfYear(instant: Instant): string;
  /** `18 hours`; from two days on `3.5 days`. */
  duration(hours: number): string;
  /** In a named zone, with the zone's name behind it. */
  momentIn(instant: Instant, zone: string): string;
  /** `in 3 days`, `2 hours ago`. */
  fromNow(instant: Instant, now: number): string;
  number(value: number): string;
  /** Hundredths of a per cent. */
  percent(basisPoints: number): string;
  bytes(size: number): string;
}

const cache = new Map<string, Format>();

export function useFormat(): Format {
  const { locale } = useLanguage();
  const known = cache.get(locale) ?? formatOf(locale);
  cache.set(locale, known);
  return known;
}

function formatOf(locale: string): Format {
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
  const dayOfYear = new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'always' });
  const number = new Intl.NumberFormat(locale);
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 });
  return {
    money: ({ amount, currency }) => {
      const places = minorUnitOf(currency) ?? 0;
      const digits = { minimumFractionDigits: places, maximumFractionDigits: places };
      const format = new Intl.NumberFormat(locale, { style: 'currency', currency, ...digits });
      // As decimal text: a quotient would be rounded in the last place of large amounts.
      return format.format(decimalText(amount, places) as Intl.StringNumericLiteral);
    },
    moment: (instant) => moment.format(new Date(instant)),
    day: (instant) => day.format(new Date(instant)),
    dayOfYear: (instant) => dayOfYear.format(new Date(instant)),
    duration: (hours) => {
      const [unit, value] = hours < 48 ? (['hour', hours] as const) : (['day', hours / 24] as const);
      return new Intl.NumberFormat(locale, {
        style: 'unit',
        unit,
        unitDisplay: 'long',
        maximumFractionDigits: 1,
      }).format(value);
    },
    momentIn: (instant, zone) =>
      new Intl.DateTimeFormat(locale, {
        year: 'numeric',
        month: 'short',
        day: 'numeric',
        hour: '2-digit',
        minute: '2-digit',
        timeZone: zone,
        timeZoneName: 'short',
      }).format(new Date(instant)),
    fromNow: (instant, now) => {
      const seconds = (Date.parse(instant) - now) / 1000;
      const [unit, size] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? ['second', 1];
      return relative.format(Math.trunc(seconds / size), unit);
    },
    number: (value) => number.format(value),
    percent: (basisPoints) => percent.format(basisPoints / 10_000),
    bytes: (size) => {
      const [unit, divisor] = BYTES.find(([, length]) => size >= length) ?? ['byte', 1];
      return new Intl.NumberFormat(locale, {
        style: 'unit',
        unit,
        unitDisplay: 'short',
        maximumFractionDigits: 1,
      }).format(size / divisor);
    },
  };
}

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const satisfies readonly (readonly [Intl.RelativeTimeFormatUnit, number])[];

const BYTES = [
  ['gigabyte', 1e9],
  ['megabyte', 1e6],
  ['kilobyte', 1e3],
] as const;

/** Minor units as decimal text: `123450` with two places is `1234.50`. */
export function decimalText(amount: number, places: number): string {
  const digits = String(Math.abs(amount)).padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  return `${amount < 0 ? '-' : ''}${whole}${places > 0 ? `.${digits.slice(-places)}` : ''}`;
}
