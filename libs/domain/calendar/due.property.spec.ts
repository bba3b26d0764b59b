import fc from 'fast-check';
import { DateTime } from 'luxon';
import { epochMsOf, instantOf, type Instant } from '../../kernel/instant.js';
import { dueAfter, endOfDay } from './due.js';

const DAY = 86_400_000;
const ZONES = [
  'UTC',
  'Asia/Shanghai',
  'America/New_York',
  'Europe/Berlin',
  'Australia/Lord_Howe',
  'America/Havana',
  'Africa/Casablanca',
  'Pacific/Chatham',
];
const zones = fc.constantFrom(...ZONES);
const starts = fc
  .integer({ min: epochMsOf('2000-01-01T00:00:00.000Z'), max: epochMsOf('2060-12-31T23:59:59.999Z') })
  .map(instantOf);

/** What the wall clock shows, as luxon tells it of an instant: the direction in which there is nothing to resolve. */
const wallClock = (instant: Instant, zone: string): string =>
  DateTime.fromISO(instant, { zone }).toFormat("yyyy-MM-dd'T'HH:mm:ss.SSS");
const before = (instant: Instant, milliseconds: number): Instant =>
  instantOf(epochMsOf(instant) - milliseconds);
const laterDate = (wall: string, days: number): string =>
  instantOf(epochMsOf(`${wall.slice(0, 10)}T00:00:00.000Z`) + days * DAY).slice(0, 10);

/** The first time that the wall clock shows `expected`, or, where it never does, the first instant after. */
function isFirst(due: Instant, expected: string, zone: string): boolean {
  const shown = wallClock(due, zone);
  if (shown !== expected) return shown > expected && wallClock(before(due, 1), zone) < expected;
  return [30, 60, 120].every((minutes) => wallClock(before(due, minutes * 60_000), zone) !== expected);
}

function isDue(start: Instant, days: number, zone: string): boolean {
  const wall = wallClock(start, zone);
  const due = dueAfter(start, `P${days}D`, zone, { kind: 'CALENDAR' });
  return isFirst(due, `${laterDate(wall, days)}${wall.slice(10)}`, zone);
}

describe('Deadlines, for any start, zone and number of days', () => {
  test('the wall clock shows the same time that many days later: the first time it does, or the first after a gap', () => {
    fc.assert(
      fc.property(starts, zones, fc.integer({ min: 1, max: 500 }), (start, zone, days) =>
        isDue(start, days, zone),
      ),
      { numRuns: 1_000 },
    );
  });

  test.each(ZONES)('%s: also around every clock change of 2026, quarter by quarter of an hour', (zone) => {
    const newYear = epochMsOf('2026-01-01T00:00:00.000Z');
    const offset = (day: number) => DateTime.fromMillis(newYear + day * DAY, { zone }).offset;
    const changes = Array.from({ length: 365 }, (_, day) => day).filter(
      (day) => offset(day) !== offset(day + 1),
    );
    for (const change of changes) {
      for (let quarter = 0; quarter < 192; quarter += 1) {
        const start = instantOf(newYear + (change - 3) * DAY + quarter * 900_000);
        expect({ start, isDue: isDue(start, 2, zone) }).toEqual({ start, isDue: true });
      }
    }
  });

  test('hours are hours everywhere', () => {
    fc.assert(
      fc.property(starts, zones, fc.integer({ min: 0, max: 10_000 }), (start, zone, hours) => {
        const due = dueAfter(start, `PT${hours}H`, zone, { kind: 'CALENDAR' });
        expect(epochMsOf(due) - epochMsOf(start)).toBe(hours * 3_600_000);
      }),
    );
  });

  test('rule 15: a day ends a millisecond before the next one begins', () => {
    fc.assert(
      fc.property(starts, zones, (start, zone) => {
        const date = wallClock(start, zone).slice(0, 10);
        const end = endOfDay(date, zone);
        expect(end >= start).toBe(true);
        expect(wallClock(end, zone).slice(0, 10)).toBe(date);
        expect(wallClock(before(end, -1), zone).slice(0, 10)).toBe(laterDate(date, 1));
      }),
    );
  });

  test('working days are never a weekend, and n of them are not fewer than n days', () => {
    fc.assert(
      fc.property(
        fc
          .integer({ min: epochMsOf('2025-01-01T00:00:00.000Z'), max: epochMsOf('2027-06-30T00:00:00.000Z') })
          .map(instantOf),
        fc.integer({ min: 1, max: 60 }),
        (start, days) => {
          const due = dueAfter(start, `P${days}D`, 'Asia/Shanghai', { kind: 'WORKING', holidays: 'CN' });
          expect(DateTime.fromISO(due, { zone: 'Asia/Shanghai' }).weekday).toBeLessThan(6);
          expect(due >= dueAfter(start, `P${days}D`, 'Asia/Shanghai', { kind: 'CALENDAR' })).toBe(true);
        },
      ),
    );
  });
});
