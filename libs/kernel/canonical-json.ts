export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/**
 * Canonical JSON (RFC 8785). Two equal values have equal text, so a hash of the text is a hash of the value.
 * Properties that are undefined are left out, as JSON does; `toJSON` is honoured.
 * Throws a TypeError for what JSON cannot say: bigint, NaN, infinities, functions, symbols, lone surrogates.
 *
 * Every event and every command's body passes through here, which is why this is not the `canonicalize` package: that
 * one takes more than twice as long, and writes lone surrogates. The spec holds both to the same text.
 */
export function canonicalJson(value: unknown): string {
  const ordered = inOrder(value);
  if (ordered !== NO_ORDER) {
    const text = JSON.stringify(ordered);
    // Only a lone surrogate, or a text that has these letters after a backslash, comes out of JSON.stringify like this.
    if (!text.includes('\\ud')) return text;
  }
  return spelledOut(value);
}

const NO_ORDER = Symbol('an object of JavaScript cannot hold its keys in this order');

/** A copy with the keys in order, so that JSON.stringify, which is native, does the writing; or NO_ORDER. */
function inOrder(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return checked(value);
  if (hasToJson(value)) return inOrder(value.toJSON());
  if (Array.isArray(value)) {
    const items: unknown[] = [];
    for (const item of value) {
      const ordered = item === undefined ? null : inOrder(item);
      if (ordered === NO_ORDER) return NO_ORDER;
      items.push(ordered);
    }
    return items;
  }
  const copy: Record<string, unknown> = {};
  for (const key of sortedKeys(value)) {
    if (isAwkward(key)) return NO_ORDER;
    const member = (value as Record<string, unknown>)[key];
    if (member === undefined) continue;
    const ordered = inOrder(member);
    if (ordered === NO_ORDER) return NO_ORDER;
    copy[key] = ordered;
  }
  return copy;
}

/** Keys that begin with a digit may be indices, which objects put first; `__proto__` would set the prototype. */
function isAwkward(key: string): boolean {
  const first = key.charCodeAt(0);
  return (first >= 48 && first <= 57) || key === '__proto__';
}

/** The same text for every value, in plain steps: what `inOrder` leaves out. */
function spelledOut(value: unknown): string {
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new TypeError('a lone surrogate has no JSON form');
    return JSON.stringify(value);
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(checked(value));
  if (hasToJson(value)) return spelledOut(value.toJSON());
  if (Array.isArray(value)) {
    return `[${value.map((item) => (item === undefined ? 'null' : spelledOut(item))).join(',')}]`;
  }
  const members = sortedKeys(value).flatMap((key) => {
    const member = (value as Record<string, unknown>)[key];
    return member === undefined ? [] : [`${spelledOut(key)}:${spelledOut(member)}`];
  });
  return `{${members.join(',')}}`;
}

function checked(value: unknown): unknown {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new TypeError(`${typeof value === 'number' ? String(value) : typeof value} has no JSON form`);
}

const hasToJson = (value: object): value is { toJSON(): unknown } =>
  typeof (value as { toJSON?: unknown }).toJSON === 'function';

/** By UTF-16 code units, as RFC 8785 asks and as `<` compares. Events have few keys, where insertion is fastest. */
function sortedKeys(object: object): string[] {
  const keys = Object.keys(object);
  if (keys.length > 32) return keys.toSorted();
  for (let end = 1; end < keys.length; end++) {
    const key = keys[end] as string;
    let at = end;
    for (; at > 0 && (keys[at - 1] as string) > key; at--) keys[at] = keys[at - 1] as string;
    keys[at] = key;
  }
  return keys;
}
