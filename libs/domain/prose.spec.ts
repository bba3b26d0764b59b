import { durationInWords, enumerated, momentOf, quoted } from './prose.js';

describe('Words', () => {
  it.each([
    ['P5D', '5 days'],
    ['P1D', '1 day'],
    ['P1M', '1 month'],
    ['PT30M', '30 minutes'],
    ['P1DT12H', '1 day and 12 hours'],
    ['PT1H1M1S', '1 hour, 1 minute and 1 second'],
    ['P2W', '2 weeks'],
    ['P1Y10M', '1 year and 10 months'],
    ['P12DT15M', '12 days and 15 minutes'],
    ['whenever', 'whenever'],
    ['AP5D', 'AP5D'],
    ['P', 'P'],
  ])('for the duration %s are %s', (duration, words) => {
    expect(durationInWords(duration)).toBe(words);
  });

  it.each([
    ['2026-03-06T00:00:00.000Z', '2026-03-06 00:00 UTC'],
    ['2026-03-06T09:30:05.000Z', '2026-03-06 09:30:05 UTC'],
    ['2026-03-06T00:00:00.500Z', '2026-03-06 00:00:00.500 UTC'],
    ['2026-03-06T10:00:30.000Z', '2026-03-06 10:00:30 UTC'],
    ['2026-03-06T09:30:00.001Z', '2026-03-06 09:30:00.001 UTC'],
  ])('for the instant %s are %s', (instant, words) => {
    expect(momentOf(instant)).toBe(words);
  });

  it('enumerate', () => {
    expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(enumerated)).toEqual([
      '',
      'a',
      'a and b',
      'a, b and c',
    ]);
  });

  it('quote without cutting a character in half', () => {
    expect(quoted('  a \n b ')).toBe('“a b”');
    expect(quoted('€😀€', 3)).toBe('“€😀€”');
    expect(quoted('€😀€😀', 3)).toBe('“€😀…”');
    expect(quoted('one  two\t\nthree')).toBe('“one two three”');
    expect(quoted('a'.repeat(160))).toBe(`“${'a'.repeat(160)}”`);
    expect(quoted('a'.repeat(161))).toBe(`“${'a'.repeat(159)}…”`);
  });
});
