import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { canonicalJson } from './canonical-json.js';

describe('canonical JSON (RFC 8785)', () => {
  test('sorts keys by UTF-16 code units: the example of section 3.2.3', () => {
    const value = {
      '€': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      1: 'One',
      '😀': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      ö: 'Latin Small Letter O With Diaeresis',
    };
    expect(canonicalJson(value)).toBe(
      '{"\\r":"Carriage Return","1":"One","\u0080":"Control","ö":"Latin Small Letter O With Diaeresis",' +
        '"€":"Euro Sign","😀":"Emoji: Grinning Face","\ufb33":"Hebrew Letter Dalet With Dagesh"}',
    );
  });

  test('writes numbers and literals as section 3.2.2 has them', () => {
    const value = {
      numbers: [JSON.parse('333333333.33333329'), 1e30, 4.5, 2e-3, 1e-27, -0],
      literals: [null, true, false],
    };
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27,0]}',
    );
  });

  test('keys that an object of JavaScript would reorder or swallow stay in order', () => {
    expect(canonicalJson({ b: 1, 10: 1, 9: 1, a: { 2: 1, 11: 1 } })).toBe(
      '{"10":1,"9":1,"a":{"11":1,"2":1},"b":1}',
    );
    expect(canonicalJson(JSON.parse('{"z":[{"__proto__":{"x":1}}]}'))).toBe('{"z":[{"__proto__":{"x":1}}]}');
  });

  test('leaves undefined out of objects, and honours toJSON', () => {
    expect(canonicalJson({ b: undefined, a: [undefined, new Date(0)] })).toBe(
      '{"a":[null,"1970-01-01T00:00:00.000Z"]}',
    );
  });

  test('text that only looks like an escaped surrogate is text', () => {
    expect(canonicalJson(['\\ud800'])).toBe('["\\\\ud800"]');
  });

  test.each([
    ['a bigint', { a: 1n }],
    ['NaN', [Number.NaN]],
    ['an infinity', { 1: Number.POSITIVE_INFINITY }],
    ['a function', { a: () => 1 }],
    ['a symbol', [Symbol('x')]],
    ['undefined', undefined],
    ['a lone surrogate', { a: 'x\ud800' }],
    ['a lone surrogate as a key', { '\udc00': 1 }],
  ])('refuses %s', (_, value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError);
  });

  test('has the same text as the canonicalize package for any JSON', () => {
    const key = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 6 }),
      fc.constantFrom('__proto__', 'toString', '0', '10', '9', '-1', '01', ''),
    );
    const { json } = fc.letrec((tie) => ({
      json: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom(null, true, false),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.integer(),
        fc.string({ unit: 'grapheme' }),
        fc.array(tie('json'), { maxLength: 5 }),
        fc
          .uniqueArray(fc.tuple(key, tie('json')), { selector: ([name]) => name, maxLength: 40 })
          .map((entries) =>
            // As a parser makes it: an own property even for __proto__.
            entries.reduce((object, [name, value]) => {
              Object.defineProperty(object, name, {
                value,
                enumerable: true,
                configurable: true,
                writable: true,
              });
              return object;
            }, {}),
          ),
      ),
    }));
    fc.assert(
      fc.property(json, (value) => {
        const text = canonicalJson(value);
        expect(text).toBe(canonicalize(value));
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
      { numRuns: 1_000 },
    );
  });
});
