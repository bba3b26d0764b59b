import { ProjectionError } from './projection-error.js';
import type { Column, Projection } from './projection.js';

/**
 * What a document's columns must be. Conditions of a list hold together; those of `anyOf` one at a time.
 * Text compares by code point, the same on every database; null is in no comparison but `isNull`.
 */
export type Condition =
  | {
      readonly column: string;
      readonly op: 'eq' | 'lt' | 'lte' | 'gt' | 'gte';
      readonly value: string | number;
    }
  | { readonly column: string; readonly op: 'in'; readonly value: readonly (string | number)[] }
  | { readonly column: string; readonly op: 'prefix'; readonly value: string }
  /** A part of the text; the letters A–Z match in either case. */
  | { readonly column: string; readonly op: 'contains'; readonly value: string }
  | { readonly column: string; readonly op: 'isNull'; readonly value: boolean }
  | { readonly anyOf: readonly Condition[] };

export interface Order {
  /** A column of the projection, or `id`. */
  readonly column: string;
  readonly direction: 'asc' | 'desc';
}

export interface Query {
  readonly where?: readonly Condition[];
  /** Documents of which any text column, or the id, contains this; the letters A–Z match in either case. */
  readonly search?: string;
  /** Null sorts as the smallest value. The id breaks ties, in the direction of the last column. Default: by id. */
  readonly orderBy?: readonly Order[];
  /** `nextCursor` of the page before, from the same query. */
  readonly cursor?: string | null;
  /** 1 to {@link MAX_LIMIT}. */
  readonly limit: number;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  /** null on the last page. */
  readonly nextCursor: string | null;
}

export const MAX_LIMIT = 1_000;

/** The type of a column, `id` among them; throws INVALID_QUERY for a name that the projection does not have. */
export function columnType(projection: Projection<object>, name: string): Column<object>['type'] {
  if (name === 'id') return 'text';
  const column = projection.columns.find((candidate) => candidate.name === name);
  if (column === undefined) throw invalid(`${projection.name} has no column ${name}`);
  return column.type;
}

/**
 * The order with the id as its end, which makes it total. The id goes the way of the last column, so that one index
 * gives both.
 */
export function totalOrder({ orderBy = [] }: Pick<Query, 'orderBy'>): readonly Order[] {
  const id = orderBy.findIndex(({ column }) => column === 'id');
  if (id >= 0) return orderBy.slice(0, id + 1);
  return [...orderBy, { column: 'id', direction: orderBy.at(-1)?.direction ?? 'asc' }];
}

/** Throws INVALID_QUERY for a query that the projection's columns cannot answer. */
export function checkQuery(projection: Projection<object>, query: Query): void {
  const { limit, orderBy = [], search } = query;
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT)
    throw invalid(`limit must be 1 to ${MAX_LIMIT}`);
  if (search !== undefined && typeof search !== 'string') throw invalid('search must be text');
  checkConditions(projection, query.where ?? []);
  orderBy.forEach(({ column, direction }) => {
    columnType(projection, column);
    if (direction !== 'asc' && direction !== 'desc') throw invalid(`no direction ${String(direction)}`);
  });
  const columns = orderBy.map(({ column }) => column);
  if (new Set(columns).size < columns.length) throw invalid('a column is ordered by twice');
}

/** Throws INVALID_QUERY for a condition that the projection's columns cannot answer. */
export function checkConditions(projection: Projection<object>, conditions: readonly Condition[]): void {
  conditions.forEach((condition) => checkCondition(projection, condition));
}

function checkCondition(projection: Projection<object>, condition: Condition): void {
  if ('anyOf' in condition) return checkConditions(projection, condition.anyOf);
  const type = columnType(projection, condition.column);
  switch (condition.op) {
    case 'eq':
    case 'lt':
    case 'lte':
    case 'gt':
    case 'gte':
      return checkValue(condition.column, type, condition.value);
    case 'in':
      if (condition.value.length > MAX_LIMIT)
        throw invalid(`${condition.column} in more than ${MAX_LIMIT} values`);
      return condition.value.forEach((value) => checkValue(condition.column, type, value));
    case 'prefix':
    case 'contains':
      if (type !== 'text') throw invalid(`${condition.column} is no text`);
      return checkValue(condition.column, 'text', condition.value);
    case 'isNull':
      if (typeof condition.value !== 'boolean') throw invalid('isNull is true or false');
      return;
    default: {
      const unknown: never = condition;
      throw invalid(`no such condition: ${JSON.stringify(unknown)}`);
    }
  }
}

function checkValue(column: string, type: Column<object>['type'], value: unknown): void {
  const fits = type === 'text' ? typeof value === 'string' : Number.isSafeInteger(value);
  if (!fits) throw invalid(`${column} compares with ${type === 'text' ? 'text' : 'a safe integer'}`);
}

const invalid = (message: string) => new ProjectionError('INVALID_QUERY', message);
