import { isUtf8 } from 'node:buffer';
import type { Fault } from './problem.js';

/** Containers within containers; what a command needs is a handful. */
const MAX_DEPTH = 32;
/** A hostile body may have a fault in every token; so many are enough to mend it by. */
const MAX_FAULTS = 50;

export type StrictJson =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly faults: readonly Fault[] };

/**
 * Parses JSON (RFC 8259) that everyone reads alike. Whatever is accepted has the value that `JSON.parse` gives; beyond
 * what is no JSON at all, it refuses what parsers disagree about or silently change (I-JSON, RFC 7493): duplicate keys,
 * integers beyond ±(2^53 − 1), numbers rounded to an integer, negative zero, lone surrogates, a byte order mark, bytes
 * that are no UTF-8; and what harms those behind: `__proto__` and `constructor.prototype` as keys, U+0000 (PostgreSQL
 * has no text with it), more than 32 levels. Every fault points at its place.
 *
 * `JSON.parse` makes the value and knows the syntax; one pass over the text that it accepted makes the checks. The
 * packages for this find duplicate keys only, or build the value in JavaScript at a tenth of the speed.
 */
export function parseStrictJson(body: string | Buffer): StrictJson {
  if (typeof body !== 'string' && !isUtf8(body)) {
    return refused({ code: 'JSON.NOT_UTF8', message: 'The body is no UTF-8.' });
  }
  const text = typeof body === 'string' ? body : body.toString('utf8');
  if (text.trim() === '') return refused({ code: 'JSON.EMPTY', message: 'The body is empty.' });
  if (text.startsWith('\ufeff')) {
    return refused({ code: 'JSON.BYTE_ORDER_MARK', message: 'The body starts with a byte order mark.' });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return refused({ code: 'JSON.SYNTAX', message: `The body is no JSON${placeOf(error)}.` });
  }
  const faults = faultsIn(text);
  return faults.length === 0 ? { ok: true, value } : { ok: false, faults };
}

/** The empty pointer is the whole document. */
const refused = (fault: Fault): StrictJson => ({ ok: false, faults: [{ ...fault, pointer: '' }] });

/** Where V8 stopped. Its message also quotes the body, which is nobody's business in a log. */
function placeOf(error: unknown): string {
  const place = /at position (\d+)/.exec((error as Error).message)?.[1];
  return place === undefined ? '' : `: it breaks off or goes wrong at character ${place}`;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const COMMA = 0x2c;
const MINUS = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;
const LETTER_F = 0x66;

/** What is wrong with text that JSON.parse accepted: the syntax is known to be right, so it is only followed. */
function faultsIn(text: string): Fault[] {
  const faults: Fault[] = [];
  const path: (string | number)[] = [];
  /** Whether text may be ill-formed although it is not escaped. */
  const dubious = !text.isWellFormed();
  let at = 0;

  const fault = (code: string, message: string) => {
    if (faults.length < MAX_FAULTS) faults.push({ code, message, pointer: pointerTo(path) });
  };

  /** Returns false when it gave up. */
  const readValue = (): boolean => {
    const code = skipSpace();
    if (code === QUOTE) readText();
    else if (code === MINUS || (code >= ZERO && code <= NINE)) readNumber();
    else if (code === OPEN_OBJECT) return readObject();
    else if (code === OPEN_ARRAY) return readArray();
    else at += code === LETTER_F ? 5 : 4;
    return true;
  };

  const readObject = (): boolean => {
    if (tooDeep()) return false;
    const keys = new Keys();
    const within = path.at(-1);
    at++;
    while (skipSpace() !== CLOSE_OBJECT) {
      const start = at;
      const escaped = skipText();
      const key = textFrom(start, escaped);
      path.push(key);
      if (!keys.add(key)) fault('JSON.DUPLICATE_KEY', 'The key stands twice in one object.');
      if (key === '__proto__' || (key === 'prototype' && within === 'constructor')) {
        fault('JSON.FORBIDDEN_KEY', 'The key would reach into the prototype of objects.');
      }
      if (escaped || dubious) checkText(key);
      skipSpace();
      at++;
      if (!readValue()) return false;
      path.pop();
      if (skipSpace() === COMMA) at++;
    }
    at++;
    return true;
  };

  const readArray = (): boolean => {
    if (tooDeep()) return false;
    at++;
    for (let index = 0; skipSpace() !== CLOSE_ARRAY; index++) {
      path.push(index);
      if (!readValue()) return false;
      path.pop();
      if (skipSpace() === COMMA) at++;
    }
    at++;
    return true;
  };

  const tooDeep = (): boolean => {
    if (path.length < MAX_DEPTH) return false;
    fault('JSON.TOO_DEEP', `There are more than ${MAX_DEPTH} levels.`);
    return true;
  };

  /** Goes behind the string that starts here. Only what is escaped, or ill-formed text, can be anything but text. */
  const readText = () => {
    const start = at;
    const escaped = skipText();
    if (escaped || dubious) checkText(textFrom(start, escaped));
  };

  /** Returns whether there is an escape in the string. */
  const skipText = (): boolean => {
    let end = at + 1;
    let escaped = false;
    for (let code = text.charCodeAt(end); code !== QUOTE; code = text.charCodeAt(end)) {
      if (code === BACKSLASH) {
        escaped = true;
        end++;
      }
      end++;
    }
    at = end + 1;
    return escaped;
  };

  const textFrom = (start: number, escaped: boolean): string =>
    escaped ? (JSON.parse(text.slice(start, at)) as string) : text.slice(start + 1, at - 1);

  const checkText = (value: string) => {
    if (!value.isWellFormed()) fault('JSON.LONE_SURROGATE', 'The text has half of a surrogate pair.');
    if (value.includes('\0')) fault('JSON.NULL_CHARACTER', 'The text has the character U+0000.');
  };

  const readNumber = () => {
    const start = at;
    let digitsOnly = true;
    for (let code = text.charCodeAt(++at); isPartOfNumber(code); code = text.charCodeAt(++at)) {
      digitsOnly &&= code >= ZERO && code <= NINE;
    }
    // Nearly every number: too short to be beyond the safe integers, and not "-0".
    if (digitsOnly && at - start < 16 && text.charCodeAt(start) !== MINUS) return;
    const problem = problemOf(text.slice(start, at));
    if (problem !== undefined) fault(...problem);
  };

  const skipSpace = (): number => {
    let code = text.charCodeAt(at);
    while (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) code = text.charCodeAt(++at);
    return code;
  };

  readValue();
  return faults;
}

/** Digits, sign, point and exponent: JSON.parse has seen to their order. */
function isPartOfNumber(code: number): boolean {
  return (
    (code >= ZERO && code <= NINE) ||
    code === 0x2e ||
    code === 0x45 ||
    code === 0x65 ||
    code === 0x2b ||
    code === MINUS
  );
}

function problemOf(number: string): readonly [code: string, message: string] | undefined {
  const value = Number(number);
  if (Object.is(value, -0)) return ['JSON.NEGATIVE_ZERO', 'Negative zero is no amount.'];
  if (Math.abs(value) > Number.MAX_SAFE_INTEGER) {
    return ['JSON.NUMBER_TOO_LARGE', 'Beyond 2^53 − 1 numbers are not exact.'];
  }
  if (Number.isInteger(value) && !isInteger(number)) {
    return ['JSON.NUMBER_TOO_LONG', `The number has more digits than can be held: it would become ${value}.`];
  }
  return undefined;
}

/** Whether the decimal number as written is an integer: `12.50e1` is, `1.0000000000000000001` is not. */
function isInteger(number: string): boolean {
  const [mantissa = '', exponent = '0'] = number.toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const digits = `${whole}${fraction}`.replace(/^-?0*/, '');
  const significant = digits.replace(/0+$/, '');
  return significant === '' || digits.length - significant.length + Number(exponent) - fraction.length >= 0;
}

/** JSON Pointer (RFC 6901). */
export function pointerTo(path: readonly (string | number)[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** The keys of one object. Most have a handful, which are compared faster than they are hashed. */
class Keys {
  private readonly few: string[] = [];
  private many: Set<string> | undefined;

  /** Returns false for a key that was there. */
  add(key: string): boolean {
    if (this.many === undefined && this.few.length < 12) {
      if (this.few.includes(key)) return false;
      this.few.push(key);
      return true;
    }
    this.many ??= new Set(this.few);
    const size = this.many.size;
    return this.many.add(key).size > size;
  }
}
