import fc from 'fast-check';
import { parseStrictJson } from './strict-json.js';

const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;

/** Values that every parser reads alike: what is accepted, has to be exactly this. */
const portable = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(null, true, false, 0, 0.1, 1e-7, Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER),
    fc.maxSafeInteger(),
    fc.double({ min: -1e6, max: 1e6, noNaN: true }).filter((value) => !Object.is(value, -0)),
    fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0')),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(
      fc
        .string({ unit: 'binary' })
        .filter((key) => !key.includes('\0') && key !== '__proto__' && key !== 'prototype'),
      tie('value'),
      { maxKeys: 5 },
    ),
  ),
})).value;

/** What JSON is made of. */
const NOISE = ['{', '}', '[', ']', '"', ',', ':', '\\', 'u', '0', 'e', '-', '+', '.', ' ', 't'];
const spaced = fc.constantFrom(undefined, 0, 1, 2, '\t');

describe('Strict JSON', () => {
  it('gives what JSON.parse gives, for text and for bytes', () => {
    fc.assert(
      fc.property(portable, spaced, (value, space) => {
        const text = JSON.stringify(value, undefined, space);
        expect(parseStrictJson(text)).toEqual({ ok: true, value: JSON.parse(text) });
        expect(parseStrictJson(Buffer.from(text))).toEqual({ ok: true, value: JSON.parse(text) });
      }),
      { numRuns: 500 },
    );
  });

  it('refuses what JSON.parse refuses, and never throws', () => {
    fc.assert(
      fc.property(
        portable,
        fc.nat(),
        fc.string({ unit: fc.constantFrom(...NOISE) }),
        (value, place, noise) => {
          const text = JSON.stringify(value);
          const at = place % (text.length + 1);
          const broken = text.slice(0, at) + noise + text.slice(at + 1);
          const read = parseStrictJson(broken);
          expect(read.ok ? JSON.parse(broken) : undefined).toEqual(read.ok ? read.value : undefined);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('names every key that stands twice, however it is spelt', () => {
    fc.assert(
      fc.property(portable, fc.string({ unit: 'binary', maxLength: 8 }), (value, key) => {
        fc.pre(!['', '__proto__', 'prototype'].includes(key) && !key.includes('\0'));
        const name = JSON.stringify(key);
        const spelt = `"${[...Array(key.length).keys()].map((i) => `\\u${key.charCodeAt(i).toString(16).padStart(4, '0')}`).join('')}"`;
        const read = parseStrictJson(`[{${name}:${JSON.stringify(value)},"":1,${spelt}:2}]`);
        expect(read).toMatchObject({ ok: false, faults: [{ code: 'JSON.DUPLICATE_KEY' }] });
      }),
    );
  });

  test.each([
    ['nothing', '', 'JSON.EMPTY', ''],
    ['white space', ' \r\n\t ', 'JSON.EMPTY', ''],
    ['a byte order mark', '\ufeff{}', 'JSON.BYTE_ORDER_MARK', ''],
    ['something after it', '{} {}', 'JSON.SYNTAX', ''],
    ['a trailing comma', '[1,]', 'JSON.SYNTAX', ''],
    ['single quotes', "{'a':1}", 'JSON.SYNTAX', ''],
    ['a comment', '{/**/}', 'JSON.SYNTAX', ''],
    ['a bare word', 'undefined', 'JSON.SYNTAX', ''],
    ['NaN', '{"a":NaN}', 'JSON.SYNTAX', ''],
    ['Infinity', '{"a":-Infinity}', 'JSON.SYNTAX', ''],
    ['a hexadecimal number', '[0x10]', 'JSON.SYNTAX', ''],
    ['a leading zero', '[007]', 'JSON.SYNTAX', ''],
    ['a plus sign', '[+1]', 'JSON.SYNTAX', ''],
    ['a raw line break in text', '["a\nb"]', 'JSON.SYNTAX', ''],
    ['half a document', '{"a":[1', 'JSON.SYNTAX', ''],
    ['a key twice', '{"a":1,"b":{"c":1,"c":1}}', 'JSON.DUPLICATE_KEY', '/b/c'],
    ['a key twice, spelt otherwise', '{"a":1,"\\u0061":1}', 'JSON.DUPLICATE_KEY', '/a'],
    ['an empty key twice', '{"":1,"":1}', 'JSON.DUPLICATE_KEY', '/'],
    [
      'a key twice that needs escaping in a pointer',
      '{"a/b~c":1,"a/b~c":1}',
      'JSON.DUPLICATE_KEY',
      '/a~1b~0c',
    ],
    ['__proto__', '{"a":[{"__proto__":{"admin":true}}]}', 'JSON.FORBIDDEN_KEY', '/a/0/__proto__'],
    ['__proto__, spelt otherwise', '{"__proto\\u005f_":1}', 'JSON.FORBIDDEN_KEY', '/__proto__'],
    [
      'constructor.prototype',
      '{"constructor":{"prototype":{}}}',
      'JSON.FORBIDDEN_KEY',
      '/constructor/prototype',
    ],
    ['33 levels', nested(33), 'JSON.TOO_DEEP', '/0'.repeat(32)],
    ['100,000 levels', nested(100_000), 'JSON.TOO_DEEP', '/0'.repeat(32)],
    ['levels of objects', `${'{"a":'.repeat(40)}1${'}'.repeat(40)}`, 'JSON.TOO_DEEP', '/a'.repeat(32)],
    ['2^53', '[9007199254740992]', 'JSON.NUMBER_TOO_LARGE', '/0'],
    ['2^53 + 1', '{"amount":9007199254740993}', 'JSON.NUMBER_TOO_LARGE', '/amount'],
    ['−2^53', '[-9007199254740992]', 'JSON.NUMBER_TOO_LARGE', '/0'],
    ['1e16', '[1e16]', 'JSON.NUMBER_TOO_LARGE', '/0'],
    ['1e400', '[1e400]', 'JSON.NUMBER_TOO_LARGE', '/0'],
    ['-1E+400', '[-1E+400]', 'JSON.NUMBER_TOO_LARGE', '/0'],
    ['more digits than fit', '[1.0000000000000000001]', 'JSON.NUMBER_TOO_LONG', '/0'],
    ['a fraction that would vanish', '[9007199254740990.1]', 'JSON.NUMBER_TOO_LONG', '/0'],
    ['a number that would be zero', '[1e-400]', 'JSON.NUMBER_TOO_LONG', '/0'],
    ['a negative number that would be zero', '[-1e-400]', 'JSON.NEGATIVE_ZERO', '/0'],
    ['negative zero', '{"amount":-0}', 'JSON.NEGATIVE_ZERO', '/amount'],
    ['negative zero, in full', '[-0.0e+5]', 'JSON.NEGATIVE_ZERO', '/0'],
    ['half a surrogate pair, escaped', '{"a":["x","\\ud83d"]}', 'JSON.LONE_SURROGATE', '/a/1'],
    ['half a surrogate pair', '["\udc00"]', 'JSON.LONE_SURROGATE', '/0'],
    ['half a surrogate pair as a key', '{"\\udc00":1}', 'JSON.LONE_SURROGATE', '/\udc00'],
    ['a pair the wrong way round', '["\\ude00\\ud83d"]', 'JSON.LONE_SURROGATE', '/0'],
    ['U+0000', '{"name":"a\\u0000b"}', 'JSON.NULL_CHARACTER', '/name'],
  ])('refuses %s', (_name, text, code, pointer) => {
    const read = parseStrictJson(text);
    expect(read).toMatchObject({ ok: false, faults: [{ code, pointer }] });
  });

  test.each([
    ['an overlong encoding', [0x22, 0xc0, 0xaf, 0x22]],
    ['half a surrogate pair as bytes', [0x22, 0xed, 0xa0, 0x80, 0x22]],
    ['a character cut short', [0x22, 0xe2, 0x82, 0x22]],
    ['Latin-1', [0x22, 0xe9, 0x22]],
  ])('refuses bytes that are no UTF-8: %s', (_name, bytes) => {
    expect(parseStrictJson(Buffer.from(bytes))).toMatchObject({
      ok: false,
      faults: [{ code: 'JSON.NOT_UTF8' }],
    });
  });

  it('refuses UTF-16', () => {
    expect(parseStrictJson(Buffer.from('{"a":1}', 'utf16le'))).toMatchObject({ ok: false });
  });

  test.each([
    ['32 levels', nested(32)],
    ['the largest integers', '[9007199254740991,-9007199254740991]'],
    ['zero', '[0,0.0,0e5]'],
    ['integers written as decimals', '[12.50e1,1.0,100e-2,-3.0]'],
    ['decimals', '[0.1,-1.5,2.5e-3,123456.789]'],
    ['surrogate pairs', '["\\ud83d\\ude00","😀"]'],
    ['a key in two objects', '[{"a":{"a":1}},{"a":1}]'],
    ['constructor alone', '{"constructor":"ACME","prototype":1}'],
    ['quotes and backslashes', String.raw`{"\"\\":"\\\"\/\b\f\n\r\t"}`],
    ['a value alone', ' "text" '],
    ['null', 'null'],
  ])('accepts %s', (_name, text) => {
    expect(parseStrictJson(text)).toEqual({ ok: true, value: JSON.parse(text) });
  });

  it('names every fault, and where it is', () => {
    const read = parseStrictJson('{"a":-0,"b":[1,"\\ud800",{"c":1,"c":9007199254740993}],"a":1}');
    expect(read).toMatchObject({
      ok: false,
      faults: [
        { code: 'JSON.NEGATIVE_ZERO', pointer: '/a' },
        { code: 'JSON.LONE_SURROGATE', pointer: '/b/1' },
        { code: 'JSON.DUPLICATE_KEY', pointer: '/b/2/c' },
        { code: 'JSON.NUMBER_TOO_LARGE', pointer: '/b/2/c' },
        { code: 'JSON.DUPLICATE_KEY', pointer: '/a' },
      ],
    });
  });

  it('stops counting before the answer is larger than the body', () => {
    const read = parseStrictJson(`[${Array(10_000).fill('-0').join(',')}]`);
    expect(read.ok ? [] : read.faults).toHaveLength(50);
  });

  it('says where a body goes wrong, where JSON.parse tells', () => {
    const read = parseStrictJson("{'a':1}");
    expect(read.ok ? '' : read.faults[0]?.message).toMatch(/character 1\b/);
  });

  it('does not quote the body', () => {
    expect(JSON.stringify(parseStrictJson('{"iban":"DE89370400440532013000",}'))).not.toContain('DE89');
  });
});
