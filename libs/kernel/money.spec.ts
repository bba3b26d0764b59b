import fc from 'fast-check';
import { currencies, minorUnitOf } from './currency.js';
import { formatMoney, isMoney, money, scale } from './money.js';

const amounts = fc.nat({ max: Number.MAX_SAFE_INTEGER });
/** A ratio of at most one: what a liability ratio is. */
const ratios = fc.tuple(amounts, fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER })).map(([a, b]) => ({
  numerator: Math.min(a, b),
  denominator: Math.max(a, b),
}));

describe('Money (rule 12)', () => {
  test.each([
    ['a fraction', { amount: 1.5, currency: 'USD' }],
    ['text', { amount: '100', currency: 'USD' }],
    ['more than a float holds', { amount: 2 ** 53, currency: 'USD' }],
    ['negative zero', { amount: -0, currency: 'USD' }],
    ['no number', { amount: NaN, currency: 'USD' }],
    ['an unknown currency', { amount: 100, currency: 'XXX' }],
    ['no currency', { amount: 100 }],
    ['null', null],
    ['a number', 100],
  ])('is not: %s', (_name, value) => {
    expect(isMoney(value)).toBe(false);
  });

  test.each([0, 1, -1, Number.MAX_SAFE_INTEGER])('is: %i cents', (amount) => {
    expect(isMoney(money(amount, 'USD'))).toBe(true);
  });
});

describe('Scaling an amount (rule 12: rounding is explicit)', () => {
  test.each([
    ['a third, down', 100, 1, 3, 'DOWN', 33],
    ['a third, up', 100, 1, 3, 'UP', 34],
    ['a third, half even', 100, 1, 3, 'HALF_EVEN', 33],
    ['half of 1, half even', 1, 1, 2, 'HALF_EVEN', 0],
    ['half of 3, half even', 3, 1, 2, 'HALF_EVEN', 2],
    ['half of 5, half even', 5, 1, 2, 'HALF_EVEN', 2],
    ['more than half, half even', 1, 2, 3, 'HALF_EVEN', 1],
    ['2.95 % of 1,234.56 USD, up', 123_456, 295, 10_000, 'UP', 3_642],
    [
      'the whole of the largest amount',
      Number.MAX_SAFE_INTEGER,
      10_000,
      10_000,
      'UP',
      Number.MAX_SAFE_INTEGER,
    ],
    ['nothing of it', 100, 0, 10_000, 'UP', 0],
  ] as const)('%s', (_name, amount, numerator, denominator, rounding, expected) => {
    expect(scale(amount, numerator, denominator, rounding)).toBe(expected);
  });

  it('leaves less than one unit between down and up, with half even among them', () => {
    fc.assert(
      fc.property(amounts, ratios, (amount, { numerator, denominator }) => {
        const down = scale(amount, numerator, denominator, 'DOWN');
        const up = scale(amount, numerator, denominator, 'UP');
        const exact = (BigInt(amount) * BigInt(numerator)) % BigInt(denominator) === 0n;
        expect(up - down).toBe(exact ? 0 : 1);
        expect([down, up]).toContain(scale(amount, numerator, denominator, 'HALF_EVEN'));
      }),
    );
  });

  it('splits an amount without losing or making a unit', () => {
    fc.assert(
      fc.property(amounts, ratios, (amount, { numerator, denominator }) => {
        const one = scale(amount, numerator, denominator, 'DOWN');
        const other = scale(amount, denominator - numerator, denominator, 'UP');
        expect(one + other).toBe(amount);
      }),
    );
  });

  test.each([
    ['a negative amount', -1, 1, 2],
    ['a fraction', 0.5, 1, 2],
    ['a negative ratio', 1, -1, 2],
    ['a denominator of zero', 1, 1, 0],
    ['an unsafe integer', 2 ** 53, 1, 2],
    ['a result beyond the safe integers', Number.MAX_SAFE_INTEGER, 2, 1],
  ])('refuses %s', (_name, amount, numerator, denominator) => {
    expect(() => scale(amount, numerator, denominator, 'DOWN')).toThrow(RangeError);
  });
});

describe('Money as text', () => {
  test.each([
    [money(123_450, 'USD'), '1,234.50 USD'],
    [money(5, 'USD'), '0.05 USD'],
    [money(0, 'USD'), '0.00 USD'],
    [money(-5, 'USD'), '-0.05 USD'],
    [money(1_234, 'JPY'), '1,234 JPY'],
    [money(0, 'JPY'), '0 JPY'],
    [money(1_234_567, 'KWD'), '1,234.567 KWD'],
    [money(12_345, 'CLF'), '1.2345 CLF'],
    [money(Number.MAX_SAFE_INTEGER, 'USD'), '90,071,992,547,409.91 USD'],
  ])('%p is %s', (value, text) => {
    expect(formatMoney(value)).toBe(text);
  });

  it('reads back as the same number of minor units, in the currency’s own places', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.constantFrom(...currencies), (amount, currency) => {
        const [number = '', code] = formatMoney(money(amount, currency)).split(' ');
        expect(code).toBe(currency);
        expect(number.split('.')[1]?.length ?? 0).toBe(minorUnitOf(currency));
        expect(BigInt(number.replace(/[,.]/g, ''))).toBe(BigInt(amount));
      }),
    );
  });
});
