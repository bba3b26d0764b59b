import { DateTime } from 'luxon';
import { epochMsOf, instantOf } from '../../kernel/instant.js';
import { calendarName, dateIn, dueAfter, endOfDay, type Days } from './due.js';
import { isPeriod, parsePeriod } from './period.js';
import { HOLIDAYS_VERSION, isHolidayCalendar } from './working-days.js';
import { isZone } from './zone.js';

const CALENDAR: Days = { kind: 'CALENDAR' };
const working = (holidays: string): Days => ({ kind: 'WORKING', holidays });
const due = (start: string, period: string, zone: string, days: Days = CALENDAR) =>
  dueAfter(start, period, zone, days);

afterEach(() => jest.useRealTimers());

describe('Deadlines, calendar days', () => {
  test.each([
    ['5 days are 120 hours in UTC', '2026-03-01T09:30:00.000Z', 'P5D', 'UTC', '2026-03-06T09:30:00.000Z'],
    ['a year ends', '2026-12-30T23:59:59.999Z', 'P5D', 'UTC', '2027-01-04T23:59:59.999Z'],
    ['28 February, no leap year', '2026-02-26T00:00:00.000Z', 'P3D', 'UTC', '2026-03-01T00:00:00.000Z'],
    ['29 February is a day', '2028-02-26T00:00:00.000Z', 'P3D', 'UTC', '2028-02-29T00:00:00.000Z'],
    ['29 February, a year on', '2028-02-29T12:00:00.000Z', 'P1Y', 'UTC', '2029-02-28T12:00:00.000Z'],
    ['29 February, four years on', '2028-02-29T12:00:00.000Z', 'P4Y', 'UTC', '2032-02-29T12:00:00.000Z'],
    ['31 January, a month on', '2026-01-31T12:00:00.000Z', 'P1M', 'UTC', '2026-02-28T12:00:00.000Z'],
    ['a month, then days', '2026-01-31T12:00:00.000Z', 'P1M1D', 'UTC', '2026-03-01T12:00:00.000Z'],
    ['months over the year end', '2026-11-15T00:00:00.000Z', 'P14M', 'UTC', '2028-01-15T00:00:00.000Z'],
    ['weeks', '2026-03-01T00:00:00.000Z', 'P2W', 'UTC', '2026-03-15T00:00:00.000Z'],
    ['exact time', '2026-03-01T00:00:00.000Z', 'P1DT1H30M0.5S', 'UTC', '2026-03-02T01:30:00.500Z'],
    ['nothing', '2026-03-01T00:00:00.123Z', 'P0D', 'UTC', '2026-03-01T00:00:00.123Z'],
    [
      'Shanghai has no clock changes',
      '2026-03-06T16:30:00.000Z',
      'P3D',
      'Asia/Shanghai',
      '2026-03-09T16:30:00.000Z',
    ],
    ['a local 29 February', '2028-02-28T17:00:00.000Z', 'P1Y', 'Asia/Shanghai', '2029-02-27T17:00:00.000Z'],
    ['never beyond the year 9999', '9999-12-30T00:00:00.000Z', 'P5D', 'UTC', '9999-12-31T23:59:59.999Z'],
    [
      'never beyond the year 9999, anywhere',
      '9990-12-30T00:00:00.000Z',
      'P999Y',
      'America/New_York',
      '9999-11-30T00:00:00.000Z',
    ],
  ])('%s', (_name, start, period, zone, expected) => {
    expect(due(start, period, zone)).toBe(expected);
  });
});

describe('Deadlines, clock changes', () => {
  test.each([
    // New York: 2026-03-08 02:00 EST → 03:00 EDT, 2026-11-01 02:00 EDT → 01:00 EST.
    [
      '5 days keep the local time over the lost hour',
      '2026-03-05T17:00:00.000Z',
      'P5D',
      'America/New_York',
      '2026-03-10T16:00:00.000Z',
    ],
    [
      '5 days keep the local time over the gained hour',
      '2026-10-29T16:00:00.000Z',
      'P5D',
      'America/New_York',
      '2026-11-03T17:00:00.000Z',
    ],
    [
      '120 hours do not',
      '2026-03-05T17:00:00.000Z',
      'PT120H',
      'America/New_York',
      '2026-03-10T17:00:00.000Z',
    ],
    [
      '02:30 does not exist: the first instant after the gap',
      '2026-03-07T07:30:00.000Z',
      'P1D',
      'America/New_York',
      '2026-03-08T07:00:00.000Z',
    ],
    [
      '01:30 comes twice: the first',
      '2026-10-31T05:30:00.000Z',
      'P1D',
      'America/New_York',
      '2026-11-01T05:30:00.000Z',
    ],
    [
      'the second 01:30, a day on',
      '2026-11-01T06:30:00.000Z',
      'P1D',
      'America/New_York',
      '2026-11-02T06:30:00.000Z',
    ],
    [
      '01:59:59.999 comes twice: the first',
      '2026-10-31T05:59:59.999Z',
      'P1D',
      'America/New_York',
      '2026-11-01T05:59:59.999Z',
    ],
    ['02:00 comes once', '2026-10-31T06:00:00.000Z', 'P1D', 'America/New_York', '2026-11-01T07:00:00.000Z'],
    // Berlin: 2026-03-29 02:00 CET → 03:00 CEST, 2026-10-25 03:00 CEST → 02:00 CET.
    ['Berlin, the gap', '2026-03-28T01:15:00.000Z', 'P1D', 'Europe/Berlin', '2026-03-29T01:00:00.000Z'],
    ['Berlin, the overlap', '2026-10-24T00:15:00.000Z', 'P1D', 'Europe/Berlin', '2026-10-25T00:15:00.000Z'],
    [
      'Berlin, 30 days over the change',
      '2026-03-10T11:00:00.000Z',
      'P30D',
      'Europe/Berlin',
      '2026-04-09T10:00:00.000Z',
    ],
    // Lord Howe moves by half an hour: 2026-10-04 02:00 → 02:30.
    [
      'a gap of half an hour',
      '2026-10-02T15:45:00.000Z',
      'P1D',
      'Australia/Lord_Howe',
      '2026-10-03T15:30:00.000Z',
    ],
    // Samoa skipped 30 December 2011.
    [
      'a day that a zone left out',
      '2011-12-29T22:00:00.000Z',
      'P1D',
      'Pacific/Apia',
      '2011-12-30T10:00:00.000Z',
    ],
  ])('%s', (_name, start, period, zone, expected) => {
    expect(due(start, period, zone)).toBe(expected);
  });

  test('luxon resolves an ambiguous local time by the present clock; a due instant does not depend on it', () => {
    const local = { year: 2026, month: 11, day: 1, hour: 1, minute: 30 };
    const answers = ['2026-01-15T12:00:00.000Z', '2026-07-15T12:00:00.000Z'].map((now) => {
      jest.useFakeTimers({ now: epochMsOf(now) });
      return {
        luxon: DateTime.fromObject(local, { zone: 'America/New_York' }).toUTC().toISO(),
        overlap: due('2026-10-31T05:30:00.000Z', 'P1D', 'America/New_York'),
        gap: due('2026-03-07T07:30:00.000Z', 'P1D', 'America/New_York'),
        endOfDay: endOfDay('2026-11-01', 'America/Havana'),
      };
    });
    expect(answers[0]?.luxon).not.toBe(answers[1]?.luxon);
    expect({ ...answers[0], luxon: '' }).toEqual({ ...answers[1], luxon: '' });
    expect(answers[0]).toMatchObject({
      overlap: '2026-11-01T05:30:00.000Z',
      gap: '2026-03-08T07:00:00.000Z',
    });
  });

  test('what is remembered of a zone answers as the zone itself does, hour by hour over its changes', () => {
    for (const [zone, from, hours] of [
      ['America/New_York', '2026-10-30T00:00:00.000Z', 96],
      ['Europe/Berlin', '2026-03-27T00:00:00.000Z', 96],
      ['Pacific/Apia', '2011-12-28T00:00:00.000Z', 96],
    ] as const) {
      for (let hour = 0; hour < hours; hour += 1) {
        const instant = instantOf(epochMsOf(from) + hour * 3_600_000);
        expect(dateIn(instant, zone)).toBe(DateTime.fromISO(instant).setZone(zone).toISODate());
      }
    }
  });
});

describe('Deadlines, working days', () => {
  test.each([
    ['over a weekend', '2026-03-05T01:00:00.000Z', 'P2D', 'CN', 'Asia/Shanghai', '2026-03-09T01:00:00.000Z'],
    [
      'from a Saturday, one working day is Monday',
      '2026-03-07T04:00:00.000Z',
      'P1D',
      'CN',
      'Asia/Shanghai',
      '2026-03-09T04:00:00.000Z',
    ],
    [
      'from a Sunday, five working days are Friday',
      '2026-03-08T04:00:00.000Z',
      'P5D',
      'CN',
      'Asia/Shanghai',
      '2026-03-13T04:00:00.000Z',
    ],
    // The weekend is the zone's: Friday 23:00 UTC is Saturday 07:00 in Shanghai.
    [
      'from a weekend that has begun there only',
      '2026-03-06T23:00:00.000Z',
      'P1D',
      'CN',
      'Asia/Shanghai',
      '2026-03-08T23:00:00.000Z',
    ],
    // Chinese New Year 2026: 16 (Monday) to 18 February are public holidays.
    [
      'Chinese New Year 2026',
      '2026-02-12T02:00:00.000Z',
      'P3D',
      'CN',
      'Asia/Shanghai',
      '2026-02-20T02:00:00.000Z',
    ],
    [
      'from within Chinese New Year 2026',
      '2026-02-17T02:00:00.000Z',
      'P1D',
      'CN',
      'Asia/Shanghai',
      '2026-02-19T02:00:00.000Z',
    ],
    // Chinese New Year 2027: 5 (Friday) to 7 February.
    [
      'Chinese New Year 2027',
      '2027-02-03T02:00:00.000Z',
      'P3D',
      'CN',
      'Asia/Shanghai',
      '2027-02-09T02:00:00.000Z',
    ],
    [
      'half a holiday (8 March, from noon) is a working day',
      '2027-03-05T02:00:00.000Z',
      'P1D',
      'CN',
      'Asia/Shanghai',
      '2027-03-08T02:00:00.000Z',
    ],
    ['National Day', '2026-09-30T02:00:00.000Z', 'P1D', 'CN', 'Asia/Shanghai', '2026-10-05T02:00:00.000Z'],
    ['a year end', '2026-12-31T02:00:00.000Z', 'P1D', 'CN', 'Asia/Shanghai', '2027-01-04T02:00:00.000Z'],
    [
      '29 February 2028, a Tuesday',
      '2028-02-28T02:00:00.000Z',
      'P2D',
      'CN',
      'Asia/Shanghai',
      '2028-03-01T02:00:00.000Z',
    ],
    [
      'a substitute day',
      '2026-12-24T10:00:00.000Z',
      'P1D',
      'GB',
      'Europe/London',
      '2026-12-29T10:00:00.000Z',
    ],
    [
      'a holiday of one part of a country',
      '2026-06-03T10:00:00.000Z',
      'P1D',
      'DE-BY',
      'Europe/Berlin',
      '2026-06-05T10:00:00.000Z',
    ],
    [
      'no holiday in the other',
      '2026-06-03T10:00:00.000Z',
      'P1D',
      'DE-BE',
      'Europe/Berlin',
      '2026-06-04T10:00:00.000Z',
    ],
    [
      'days that begin at sunset (Eid al-Fitr 2026: 20 to 22 March)',
      '2026-03-18T10:00:00.000Z',
      'P2D',
      'EG',
      'Africa/Cairo',
      '2026-03-23T10:00:00.000Z',
    ],
    [
      'local time kept over a clock change',
      '2026-03-27T11:00:00.000Z',
      'P1D',
      'DE',
      'Europe/Berlin',
      '2026-03-30T10:00:00.000Z',
    ],
    [
      'hours are hours',
      '2026-03-06T20:00:00.000Z',
      'PT48H',
      'CN',
      'Asia/Shanghai',
      '2026-03-08T20:00:00.000Z',
    ],
  ])('%s', (_name, start, period, holidays, zone, expected) => {
    expect(due(start, period, zone, working(holidays))).toBe(expected);
  });

  test('the holidays of a year do not depend on the present clock, nor on which years were asked before', () => {
    const answers = ['1999-06-01T00:00:00.000Z', '2026-02-17T00:00:00.000Z', '2040-12-31T23:59:59.999Z'].map(
      (now, index) => {
        jest.useFakeTimers({ now: epochMsOf(now) });
        let answer: readonly string[] = [];
        jest.isolateModules(() => {
          const fresh = jest.requireActual<typeof import('./due.js')>('./due.js');
          const starts = ['2021-02-05T02:00:00.000Z', '2026-02-12T02:00:00.000Z', '2027-02-03T02:00:00.000Z'];
          if (index === 1) starts.reverse();
          answer = starts
            .map((start) => fresh.dueAfter(start, 'P3D', 'Asia/Shanghai', working('CN')))
            .toSorted();
        });
        return answer;
      },
    );
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
  });

  test('the calendar is recorded with the version of its data', () => {
    expect(calendarName(CALENDAR)).toBe('CALENDAR');
    expect(calendarName(working('CN'))).toBe(`CN@${HOLIDAYS_VERSION}`);
    expect(HOLIDAYS_VERSION).toMatch(/^\d+\.\d+\.\d+$/);
  });

  test('a calendar is a country or its subdivision', () => {
    expect(['CN', 'US', 'DE-BY', 'US-CA'].filter((name) => !isHolidayCalendar(name))).toEqual([]);
    expect(['XX', 'cn', 'DE-ZZ', 'DE-BY-A', '', 'toString', 7].filter(isHolidayCalendar)).toEqual([]);
  });
});

describe('Deadlines, the last moment of a promised day (rule 15)', () => {
  test.each([
    ['2026-03-31', 'UTC', '2026-03-31T23:59:59.999Z'],
    ['2026-03-31', 'Asia/Shanghai', '2026-03-31T15:59:59.999Z'],
    ['2026-03-08', 'America/New_York', '2026-03-09T03:59:59.999Z'],
    ['2026-11-01', 'America/New_York', '2026-11-02T04:59:59.999Z'],
    ['2028-02-29', 'UTC', '2028-02-29T23:59:59.999Z'],
    ['2026-12-31', 'Europe/Berlin', '2026-12-31T22:59:59.999Z'],
    // São Paulo 2018-11-04 began at 01:00, Havana 2026-11-01 had its first hour twice.
    ['2018-11-03', 'America/Sao_Paulo', '2018-11-04T02:59:59.999Z'],
    ['2026-10-31', 'America/Havana', '2026-11-01T03:59:59.999Z'],
    ['9999-12-31', 'America/New_York', '9999-12-31T23:59:59.999Z'],
  ])('%s in %s', (date, zone, expected) => {
    expect(endOfDay(date, zone)).toBe(expected);
    expect(dateIn(expected, zone)).toBe(date);
  });
});

describe('Periods and zones', () => {
  test('a period is a whole, non-negative ISO 8601 duration', () => {
    expect(['P5D', 'P1Y2M3W4DT5H6M7.008S', 'PT36H', 'P0D'].filter((text) => !isPeriod(text))).toEqual([]);
    expect(
      [
        '',
        'P',
        'PT',
        'P5',
        '5D',
        'P-5D',
        '-P5D',
        'P1.5D',
        'P5DT',
        'PT1.0005S',
        'p5d',
        'P5D ',
        'P9999999D',
        5,
      ].filter(isPeriod),
    ).toEqual([]);
    expect(parsePeriod('P1Y2M3W4DT5H6M7.08S')).toEqual({
      months: 14,
      weeks: 3,
      days: 4,
      milliseconds: 18_367_080,
    });
  });

  test('another text is refused', () => {
    expect(() => due('2026-03-01T00:00:00.000Z', 'five days', 'UTC')).toThrow(RangeError);
    expect(() => due('2026-03-01T00:00:00.000Z', 'P5D', 'Mars/Olympus')).toThrow(RangeError);
  });

  test('a zone is one of the IANA database', () => {
    expect(
      ['UTC', 'Asia/Shanghai', 'America/Argentina/Buenos_Aires'].filter((zone) => !isZone(zone)),
    ).toEqual([]);
    expect(['Mars/Olympus', '+08:00', 'UTC+8', 'local', 'system', '', null].filter(isZone)).toEqual([]);
  });
});
