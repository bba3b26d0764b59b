import { sql, type Expression, type SqlBool } from 'kysely';
import type { Place } from '../cursor.js';
import type { Projection } from '../projection.js';
import type { Condition, Order } from '../query.js';
import type { Dialect } from './database.js';

type Test = Expression<SqlBool>;

/** SQL of checked conditions that hold together. */
export const all = (dialect: Dialect, conditions: readonly Condition[]): Test[] =>
  conditions.map((condition) => one(dialect, condition));

function one(dialect: Dialect, condition: Condition): Test {
  if ('anyOf' in condition) return any(all(dialect, condition.anyOf));
  const column = sql.ref(condition.column);
  switch (condition.op) {
    case 'eq':
      return sql<SqlBool>`${column} = ${condition.value}`;
    case 'lt':
      return sql<SqlBool>`${column} < ${condition.value}`;
    case 'lte':
      return sql<SqlBool>`${column} <= ${condition.value}`;
    case 'gt':
      return sql<SqlBool>`${column} > ${condition.value}`;
    case 'gte':
      return sql<SqlBool>`${column} >= ${condition.value}`;
    case 'in':
      return condition.value.length === 0 ? NEVER : sql<SqlBool>`${column} in (${sql.join(condition.value)})`;
    case 'prefix':
      return prefix(column, condition.value);
    case 'contains':
      return contains(dialect, column, condition.value);
    case 'isNull':
      return condition.value ? sql<SqlBool>`${column} is null` : sql<SqlBool>`${column} is not null`;
  }
}

/** Documents of which a text column, or the id, contains the text. */
export function matches(dialect: Dialect, { columns }: Projection<object>, text: string): Test {
  const names = ['id', ...columns.filter(({ type }) => type === 'text').map(({ name }) => name)];
  return any(names.map((name) => contains(dialect, sql.ref(name), text)));
}

/**
 * What comes after a place in the order, as stretches one after the other: within each, one comparison of the first
 * column says nearly all, so that an index finds its beginning. (With null at one end of the order, one condition for all
 * would be a disjunction, for which databases sort what is left of the table for every page.)
 */
export function stretchesAfter(orders: readonly Order[], place: Place): readonly (readonly Test[])[] {
  const [first, ...others] = orders;
  const [value = null, ...rest] = place;
  if (first === undefined) return [];
  const column = sql.ref(first.column);
  const isNull = sql<SqlBool>`${column} is null`;
  const ascending = first.direction === 'asc';
  if (value === null) {
    const nulls = [isNull, after(others, rest)];
    return ascending ? [nulls, [sql<SqlBool>`${column} is not null`]] : [nulls];
  }
  const tie = sql<SqlBool>`(${column} = ${value} and ${after(others, rest)})`;
  if (ascending)
    return [[sql<SqlBool>`${column} >= ${value}`, any([sql<SqlBool>`${column} > ${value}`, tie])]];
  return [[sql<SqlBool>`${column} <= ${value}`, any([sql<SqlBool>`${column} < ${value}`, tie])], [isNull]];
}

/** What comes after a place in the order, in one condition. */
function after(orders: readonly Order[], place: Place): Test {
  const equals: Test[] = [];
  const steps = orders.map(({ column, direction }, at) => {
    const value = place[at] ?? null;
    const name = sql.ref(column);
    const step = [...equals, beyond(column, direction, value)];
    equals.push(value === null ? sql<SqlBool>`${name} is null` : sql<SqlBool>`${name} = ${value}`);
    return sql<SqlBool>`(${sql.join(step, sql` and `)})`;
  });
  return any(steps);
}

/** Null is the smallest value. */
function beyond(column: string, direction: Order['direction'], value: string | number | null): Test {
  const name = sql.ref(column);
  if (direction === 'asc')
    return value === null ? sql<SqlBool>`${name} is not null` : sql<SqlBool>`${name} > ${value}`;
  return value === null ? NEVER : sql<SqlBool>`(${name} < ${value} or ${name} is null)`;
}

/** A range, which an index answers on either database, and which knows upper from lower case on both. */
function prefix(column: Expression<unknown>, value: string): Test {
  const end = successor(value);
  return end === undefined
    ? sql<SqlBool>`${column} >= ${value}`
    : sql<SqlBool>`(${column} >= ${value} and ${column} < ${end})`;
}

/** The first text, by code point, after all that begin with `prefix`; undefined when there is none. */
function successor(value: string): string | undefined {
  const points = Array.from(value, (character) => character.codePointAt(0) ?? 0);
  while (points.at(-1) === 0x10_ff_ff) points.pop();
  const last = points.pop();
  if (last === undefined) return undefined;
  return String.fromCodePoint(...points, last === 0xd7_ff ? 0xe0_00 : last + 1);
}

/** lower() changes A–Z alone on both: SQLite knows no other letters, and the columns have PostgreSQL's C collation. */
function contains(dialect: Dialect, column: Expression<unknown>, text: string): Test {
  const lower = text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  return dialect === 'sqlite'
    ? sql<SqlBool>`instr(lower(${column}), ${lower}) > 0`
    : sql<SqlBool>`strpos(lower(${column}), ${lower}) > 0`;
}

const NEVER = sql<SqlBool>`1 = 0`;

const any = (tests: readonly Test[]): Test =>
  tests.length === 0 ? NEVER : sql<SqlBool>`(${sql.join(tests, sql` or `)})`;
