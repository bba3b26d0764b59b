import { sql, type Kysely, type RawBuilder } from 'kysely';
import { ProjectionError } from '../projection-error.js';
import type { Projection } from '../projection.js';
import type { Dialect, ReadModelDatabase, Statement } from './database.js';

/** A table of documents as queries see it; its other columns are the projection's own. */
export interface DocumentTable {
  id: string;
  doc: string;
  [column: string]: string | number | null;
}

/** The database as tables of documents by name, which no type can list. */
export const documentsOf = ({ kysely }: ReadModelDatabase): Kysely<Record<string, DocumentTable>> =>
  kysely as unknown as Kysely<Record<string, DocumentTable>>;

/**
 * `case-file`, version 1 → `case_file_v1`; its later generations have their number behind. A name is used once only:
 * a reader that has not yet heard of a take-over meets no table, never a half-built one.
 */
export function tableName({ name, version }: Projection<object>, generation: number): string {
  return `${name.replaceAll('-', '_')}_v${version}${generation === 1 ? '' : `_${generation}`}`;
}

/** What is compared to find out that a projection's columns were changed. */
export const columnSignature = ({ columns }: Projection<object>): string =>
  JSON.stringify(
    columns.map(({ name, type }) => [name, type]).toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1)),
  );

/** Throws INVALID_PROJECTION for one that cannot be made into tables. */
export function checkProjection(projection: Projection<object>): void {
  const { name, version, columns } = projection;
  const names = columns.map((column) => column.name);
  const wrong =
    (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) && 'its name is not in kebab case') ||
    ((!Number.isSafeInteger(version) || version < 1) && 'its version is no positive integer') ||
    (new Set([...names, 'id', 'doc']).size < names.length + 2 &&
      'a column is there twice, or called id or doc') ||
    names
      .map((column) => !/^[a-z][a-z0-9_]*$/.test(column) && `column ${column} is not in snake case`)
      .find(Boolean) ||
    names
      .map((column) => name.length + column.length > 40 && `the name of column ${column} is too long`)
      .find(Boolean);
  if (wrong) throw new ProjectionError('INVALID_PROJECTION', `${name}: ${wrong}`);
}

/** Creates what is missing of the tables beside those of documents. */
export function createTables({ kysely, dialect }: ReadModelDatabase): Statement[] {
  const { schema } = kysely;
  const text = textType(dialect);
  const statements = [
    schema
      .createTable('checkpoints')
      .ifNotExists()
      .addColumn('table_name', text, (column) => column.primaryKey())
      .addColumn('projection', text, (column) => column.notNull())
      .addColumn('version', 'bigint', (column) => column.notNull())
      .addColumn('generation', 'bigint', (column) => column.notNull())
      .addColumn('position', text, (column) => column.notNull())
      .addColumn('events', 'bigint', (column) => column.notNull())
      .addColumn('created', text)
      .addColumn('columns', text, (column) => column.notNull())
      .addUniqueConstraint('checkpoints_generation', ['projection', 'generation']),
    schema
      .createTable('active')
      .ifNotExists()
      .addColumn('projection', text, (column) => column.primaryKey())
      .addColumn('table_name', text, (column) => column.notNull()),
    schema
      .createTable('parked')
      .ifNotExists()
      .addColumn('table_name', text, (column) => column.notNull())
      .addColumn('kind', text, (column) => column.notNull())
      .addColumn('id', text, (column) => column.notNull())
      .addColumn('stream', text, (column) => column.notNull())
      .addColumn('revision', text, (column) => column.notNull())
      .addColumn('position', text, (column) => column.notNull())
      .addColumn('type', text, (column) => column.notNull())
      .addColumn('message', text, (column) => column.notNull())
      .addColumn('pending', 'bigint', (column) => column.notNull())
      .addColumn('attempts', 'bigint', (column) => column.notNull())
      .addColumn('replay', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('parked_key', ['table_name', 'kind', 'id']),
    schema
      .createTable('locks')
      .ifNotExists()
      .addColumn('name', text, (column) => column.primaryKey())
      .addColumn('token', 'bigint', (column) => column.notNull())
      .addColumn('holder', text, (column) => column.notNull())
      .addColumn('expires_at', 'bigint', (column) => column.notNull()),
  ].map((builder) => builder.compile());
  return [...oneAtATime({ kysely, dialect }), ...statements];
}

/** Creates a generation's table of documents, with an index for each column that also gives the order of pages. */
export function createDocumentTable(
  database: ReadModelDatabase,
  table: string,
  projection: Projection<object>,
): Statement[] {
  const { kysely, dialect } = database;
  const text = textType(dialect);
  const start = kysely.schema
    .createTable(table)
    .addColumn('id', text, (column) => column.primaryKey().notNull());
  // The document comes last: to reach a column, SQLite then reads none of the pages that a large one goes on to.
  const create = projection.columns
    .reduce((builder, { name, type }) => builder.addColumn(name, type === 'text' ? text : 'bigint'), start)
    .addColumn('doc', 'text', (column) => column.notNull());
  // SQLite has null as the smallest value anyway; PostgreSQL has it as the largest unless told.
  const nulls = dialect === 'postgres' ? sql` nulls first` : sql``;
  const indexed = projection.columns.filter((column) => column.indexed !== false);
  const indexes = indexed.map(({ name }) =>
    sql`create index ${sql.ref(`${table}_${name}`)} on ${sql.table(table)} (${sql.ref(name)}${nulls}, id)`.compile(
      kysely,
    ),
  );
  return [create.compile(), ...(dialect === 'postgres' ? [uncompressed(database, table)] : []), ...indexes];
}

/** Documents are written far more often than they are read, and compressing one takes longer than writing it. */
const uncompressed = ({ kysely }: ReadModelDatabase, table: string): Statement =>
  sql`alter table ${sql.table(table)} alter column doc set storage external`.compile(kysely);

/**
 * Makes documents text in those of the tables where PostgreSQL has them as json, as the first releases did: they are written
 * and read as text only, and that each is JSON it would find out anew, a sixth of the work of writing it. A table is
 * written anew for that, once; an engine of before goes on with it.
 */
export async function documentsAsText(
  database: ReadModelDatabase,
  tables: readonly string[],
): Promise<readonly Statement[]> {
  const { kysely, dialect } = database;
  if (dialect === 'sqlite' || tables.length === 0) return [];
  const { rows } = await sql<{ table_name: string }>`
    select table_name from information_schema.columns
    where table_schema = current_schema() and column_name = 'doc' and data_type = 'json'
    and table_name in (${sql.join(tables)})`.execute(kysely);
  return rows.flatMap(({ table_name: table }) => [
    sql`alter table ${sql.table(table)} alter column doc type text`.compile(kysely),
    uncompressed(database, table),
  ]);
}

/** Makes what follows in the transaction wait for others that change tables; SQLite's writers are one at a time anyway. */
export function oneAtATime({ kysely, dialect }: Pick<ReadModelDatabase, 'kysely' | 'dialect'>): Statement[] {
  return dialect === 'postgres' ? [sql`select pg_advisory_xact_lock(7263577)`.compile(kysely)] : [];
}

/** By code point on either database: comparisons, sorting and prefixes are then the same on both. */
const textType = (dialect: Dialect): 'text' | RawBuilder<unknown> =>
  dialect === 'postgres' ? sql`text collate "C"` : 'text';
