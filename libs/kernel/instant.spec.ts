import fc from 'fast-check';
import { epochMsOf, instantOf, isInstant } from './instant.js';

const instants = fc
  .date({
    min: new Date('0000-01-01T00:00:00.000Z'),
    max: new Date('9999-12-31T23:59:59.999Z'),
    noInvalidDate: true,
  })
  .map((date) => date.getTime());

describe('An instant', () => {
  it('is text that comes back as the same millisecond', () => {
    fc.assert(
      fc.property(instants, (epochMs) => {
        expect(isInstant(instantOf(epochMs))).toBe(true);
        expect(epochMsOf(instantOf(epochMs))).toBe(epochMs);
      }),
    );
  });

  it('sorts as text as it does in time', () => {
    fc.assert(fc.property(instants, instants, (a, b) => instantOf(a) < instantOf(b) === a < b));
  });

  test.each([
    ['no fraction', '2026-03-01T00:00:00Z'],
    ['two fractional digits', '2026-03-01T00:00:00.00Z'],
    ['microseconds', '2026-03-01T00:00:00.000000Z'],
    ['an offset', '2026-03-01T00:00:00.000+00:00'],
    ['local time', '2026-03-01T00:00:00.000'],
    ['lower case', '2026-03-01t00:00:00.000z'],
    ['a date', '2026-03-01'],
    ['31 February', '2026-02-31T00:00:00.000Z'],
    ['29 February outside of a leap year', '2027-02-29T00:00:00.000Z'],
    ['24 o’clock', '2026-03-01T24:00:00.000Z'],
    ['a leap second', '2026-06-30T23:59:60.000Z'],
    ['a thirteenth month', '2026-13-01T00:00:00.000Z'],
    ['a year of five digits', '+012026-03-01T00:00:00.000Z'],
    ['something after it', '2026-03-01T00:00:00.000Z\n'],
    ['a number', 1_772_323_200_000],
    ['nothing', undefined],
  ])('is not: %s', (_name, value) => {
    expect(isInstant(value)).toBe(false);
  });

  test.each([
    NaN,
    Infinity,
    epochMsOf('9999-12-31T23:59:59.999Z') + 1,
    epochMsOf('0000-01-01T00:00:00.000Z') - 1,
  ])('has no text at %p ms: it would not sort', (epochMs) => {
    expect(() => instantOf(epochMs)).toThrow(RangeError);
  });
});
