import { createHash } from 'node:crypto';
import { ProjectionError } from './projection-error.js';
import type { Projection } from './projection.js';
import { columnType, totalOrder, type Query } from './query.js';

/** Where a page ended: the last document's values in sort order, then its id. */
export type Place = readonly (string | number | null)[];

/**
 * An opaque cursor that is good only for the same query (projection, conditions, search and order; the page size may
 * change) on any version of the projection that has its columns.
 */
export function encodeCursor(projection: Projection<object>, query: Query, place: Place): string {
  const text = JSON.stringify(place);
  return Buffer.from(`${seal(projection, query, text)}${text}`, 'utf8').toString('base64url');
}

/** The place that a cursor stands for. Throws INVALID_CURSOR for any that {@link encodeCursor} did not make here. */
export function decodeCursor(projection: Projection<object>, query: Query, cursor: string): Place {
  const plain = Buffer.from(cursor, 'base64url').toString('utf8');
  const text = plain.slice(SEAL_LENGTH);
  const canonical = Buffer.from(plain, 'utf8').toString('base64url') === cursor;
  const genuine = canonical && plain.slice(0, SEAL_LENGTH) === seal(projection, query, text);
  const place = genuine ? parse(text) : undefined;
  const types = totalOrder(query).map(({ column }) => columnType(projection, column));
  if (
    !Array.isArray(place) ||
    place.length !== types.length ||
    !types.every((type, at) => fits(type, place[at]))
  ) {
    throw new ProjectionError('INVALID_CURSOR', 'the cursor does not belong to this query');
  }
  return place as Place;
}

const SEAL_LENGTH = 16;

/** A checksum, not a secret: whoever computes one himself gets no further than to another page of his own query. */
function seal(
  projection: Projection<object>,
  { where = [], search = '', orderBy = [] }: Query,
  text: string,
): string {
  const query = JSON.stringify([
    projection.name,
    where,
    search,
    orderBy.map((order) => [order.column, order.direction]),
  ]);
  return createHash('sha256').update(query).update('\0').update(text).digest('hex').slice(0, SEAL_LENGTH);
}

function fits(type: 'text' | 'integer', value: unknown): boolean {
  return value === null || (type === 'text' ? typeof value === 'string' : Number.isSafeInteger(value));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
