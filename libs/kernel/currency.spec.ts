import { currencies, minorUnitOf } from './currency.js';

describe('ISO 4217', () => {
  test.each([
    ['USD', 2],
    ['EUR', 2],
    ['CNY', 2],
    ['JPY', 0],
    ['KRW', 0],
    ['VND', 0],
    ['ISK', 0],
    ['XAF', 0],
    ['UYI', 0],
    ['KWD', 3],
    ['TND', 3],
    ['IQD', 3],
    ['CLF', 4],
    ['UYW', 4],
    // Where the standard and what is used in shops differ, the standard counts.
    ['HUF', 2],
    ['IDR', 2],
    ['MGA', 2],
  ])('%s has %i places', (currency, places) => {
    expect(minorUnitOf(currency)).toBe(places);
  });

  test.each([
    ['BGN', 'the euro since 2026-01-01'],
    ['HRK', 'the euro since 2023'],
    ['ANG', 'replaced by XCG in 2025'],
    ['SLL', 'replaced by SLE'],
    ['ZWL', 'replaced by ZWG'],
    ['CUC', 'withdrawn in 2021'],
    ['XXX', 'no currency'],
    ['XTS', 'for testing'],
    ['XAU', 'gold'],
    ['CNH', 'not in the standard'],
    ['BTC', 'not in the standard'],
    ['usd', 'codes are upper-case'],
    ['US', 'too short'],
    ['', 'empty'],
    ['constructor', 'a property of every object'],
  ])('%s is none: %s', (currency) => {
    expect(minorUnitOf(currency)).toBeUndefined();
  });

  it('names no code that the Unicode consortium does not know as a currency', () => {
    const names = new Intl.DisplayNames('en', { type: 'currency', fallback: 'none' });
    expect(currencies.filter((code) => names.of(code) === undefined)).toEqual([]);
  });

  it('is sorted and lists each code once', () => {
    expect(currencies).toEqual([...new Set(currencies)].toSorted());
  });
});
