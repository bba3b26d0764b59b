import { sql } from 'kysely';
import type { Projection } from '../projection.js';
import { binaryBigints, binaryTexts } from './binary-array.js';
import type { ReadModelDatabase, Statement } from './database.js';
import { documentsOf } from './schema.js';

/** A document as it is stored: its JSON, and a value for each of the projection's columns, in their order. */
export interface DocumentRow {
  readonly id: string;
  readonly json: string;
  readonly columns: readonly (string | number | null)[];
  /** Places of those that differ from what is stored; absent when the document is not, or may not be, stored. */
  readonly changed?: readonly number[];
}

/** The reads and writes that folding a generation takes, prepared once. */
export interface DocumentRows {
  /** JSON of those of the documents that exist, in one query. */
  load(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  upsert(rows: readonly DocumentRow[]): Statement[];
  remove(ids: readonly string[]): Statement[];
}

export function documentRows(
  database: ReadModelDatabase,
  table: string,
  projection: Projection<object>,
): DocumentRows {
  return database.dialect === 'sqlite'
    ? sqliteRows(database, table, projection)
    : postgresRows(database, table, projection);
}

/** SQLite runs in this process, where a prepared statement a row is the fastest there is. */
function sqliteRows(
  database: ReadModelDatabase,
  table: string,
  { columns }: Projection<object>,
): DocumentRows {
  const documents = documentsOf(database);
  const blank = Object.fromEntries(columns.map(({ name }) => [name, null]));
  const upsert = documents
    .insertInto(table)
    .values({ id: '', doc: '', ...blank })
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet((eb) =>
          Object.fromEntries(
            ['doc', ...Object.keys(blank)].map((name) => [name, eb.ref(`excluded.${name}`)]),
          ),
        ),
    )
    .compile().sql;
  const remove = documents.deleteFrom(table).where('id', '=', '').compile().sql;
  const updates = new Map<string, string>();
  const updateOf = (changed: readonly number[]): string => {
    const key = changed.join();
    const known = updates.get(key);
    if (known !== undefined) return known;
    const names = ['doc', ...changed.map((at) => columns[at]?.name ?? '')];
    const made = documents
      .updateTable(table)
      .set(Object.fromEntries(names.map((name) => [name, ''])))
      .where('id', '=', '')
      .compile().sql;
    updates.set(key, made);
    return made;
  };
  // An index costs many times what the document does, and SQLite renews that of each column which is named, changed or not.
  const save = ({ id, json, columns: values, changed }: DocumentRow): Statement =>
    changed === undefined
      ? { sql: upsert, parameters: [id, json, ...values] }
      : { sql: updateOf(changed), parameters: [json, ...changed.map((at) => values[at] ?? null), id] };
  return {
    async load(ids) {
      if (ids.length === 0) return new Map();
      const list = sql<string>`(select value from json_each(${JSON.stringify(ids)}))`;
      const rows = await documents.selectFrom(table).select(['id', 'doc']).where('id', 'in', list).execute();
      return new Map(rows.map(({ id, doc }) => [id, doc]));
    },
    upsert: (rows) => rows.map(save),
    remove: (ids) => ids.map((id) => ({ sql: remove, parameters: [id] })),
  };
}

/**
 * PostgreSQL is a round trip away, so all rows go in one statement, a column an array. Each is unnested by itself, which goes
 * hand in hand for arrays of one length: as tables of a FROM they would first be written down, a third of the work.
 */
function postgresRows(
  database: ReadModelDatabase,
  table: string,
  { columns }: Projection<object>,
): DocumentRows {
  const { kysely } = database;
  const names = ['id', 'doc', ...columns.map(({ name }) => name)];
  const target = sql`${sql.table(table)} (${sql.join(names.map((name) => sql.ref(name)))})`;
  const changes = sql.join(
    names.slice(1).map((name) => sql`${sql.ref(name)} = ${sql.ref(`excluded.${name}`)}`),
  );
  return {
    async load(ids) {
      if (ids.length === 0) return new Map();
      const { rows } = await sql<{ id: string; doc: string }>`
        select id, doc::text as doc from ${sql.table(table)}
        where id = any(${binaryTexts(ids)}::text[])`.execute(kysely);
      return new Map(rows.map(({ id, doc }) => [id, doc]));
    },
    upsert(rows) {
      if (rows.length === 0) return [];
      const arrays = [
        sql`unnest(${binaryTexts(rows.map(({ id }) => id))}::text[])`,
        sql`unnest(${binaryTexts(rows.map(({ json }) => json))}::text[])`,
        ...columns.map(({ type }, at) => {
          const values = rows.map((row) => row.columns[at] ?? null);
          return type === 'text'
            ? sql`unnest(${binaryTexts(values as (string | null)[])}::text[])`
            : sql`unnest(${binaryBigints(values as (number | null)[])}::bigint[])`;
        }),
      ];
      return [
        sql`insert into ${target} select ${sql.join(arrays)}
            on conflict (id) do update set ${changes}`.compile(kysely),
      ];
    },
    remove: (ids) =>
      ids.length === 0
        ? []
        : [sql`delete from ${sql.table(table)} where id = any(${binaryTexts(ids)}::text[])`.compile(kysely)],
  };
}
