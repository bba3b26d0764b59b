import { v7 } from 'uuid';

/** What the outside names an order, a party, a policy or a person by. */
export type Id = string;

const ID = /^[A-Za-z0-9_~-][A-Za-z0-9._~-]{0,63}$/;

/**
 * True for 1 to 64 of the characters that need no escape in a URL (RFC 3986: unreserved), without a leading dot: so an
 * id is one segment of a path, one name of a file, and the rest of a stream's name.
 */
export function isId(value: unknown): value is Id {
  return typeof value === 'string' && ID.test(value);
}

/** Where new ids come from. Passed in, as the clock is: a test and a replay give the same ones. */
export interface IdSource {
  next(): string;
}

/** UUIDs that sort by the time at which they were made (RFC 9562, version 7). */
export const timeOrderedIds: IdSource = { next: () => v7() };
