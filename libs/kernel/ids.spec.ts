import fc from 'fast-check';
import { isId, timeOrderedIds } from './ids.js';

describe('An id', () => {
  test.each(['1', 'B1', 'o-2026.03~x_Y', '-', '~', 'a'.repeat(64), '3f0c1b9e-7c41-5d0e-8b5a-0f6f7a1c2d3e'])(
    'may be %s',
    (value) => {
      expect(isId(value)).toBe(true);
    },
  );

  test.each([
    ['empty', ''],
    ['65 characters long', 'a'.repeat(65)],
    ['a dot', '.'],
    ['two dots', '..'],
    ['hidden', '.env'],
    ['a path', 'a/b'],
    ['a path of Windows', 'a\\b'],
    ['escaped', 'a%2Fb'],
    ['two lines', 'a\nb'],
    ['ended by a line break', 'a\n'],
    ['a system stream', '$all'],
    ['a letter outside of ASCII', 'é'],
    ['a letter that only looks like one', 'а'],
    ['blank', 'a b'],
    ['with U+0000', 'a\0'],
    ['a number', 1],
    ['a list', ['a']],
    ['nothing', undefined],
  ])('is not %s', (_name, value) => {
    expect(isId(value)).toBe(false);
  });

  it('needs no escape in a URL', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 3 }), (text) => {
        expect(!isId(text) || encodeURIComponent(text) === text).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('New ids', () => {
  it('are ids, none twice, and sort by the order in which they were made', () => {
    const ids = Array.from({ length: 10_000 }, () => timeOrderedIds.next());
    expect(ids.every(isId)).toBe(true);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.toSorted()).toEqual(ids);
  });
});
