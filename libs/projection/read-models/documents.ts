import { sql, type Expression, type SqlBool } from 'kysely';
import { decodeCursor, encodeCursor } from '../cursor.js';
import { ProjectionError } from '../projection-error.js';
import type { Projection } from '../projection.js';
import { checkConditions, checkQuery, totalOrder, type Order, type Page, type Query } from '../query.js';
import { all, matches, stretchesAfter } from './conditions.js';
import type { ReadModelDatabase } from './database.js';
import { documentsOf } from './schema.js';

/** Reads a projection's documents from whichever of its generations serves at the time. */
export interface Documents<Doc extends object> {
  get(id: string): Promise<Doc | undefined>;
  /** One page. Going through all pages meets every document that does not change meanwhile exactly once. */
  query(query: Query): Promise<Page<{ readonly id: string; readonly document: Doc }>>;
  /** How many documents meet the conditions and the search. */
  count(query?: Pick<Query, 'where' | 'search'>): Promise<number>;
}

/** The columns that a page is ordered by, and the document's JSON. */
interface Found {
  readonly doc: string;
  readonly [column: string]: string | number | null;
}

export function documents<Doc extends object>(
  database: ReadModelDatabase,
  pointing: Pointers,
  projection: Projection<Doc>,
): Documents<Doc> {
  const { dialect } = database;
  const tables = documentsOf(database);
  const json = dialect === 'postgres' ? sql<string>`doc::text` : sql<string>`doc`;
  const parse = (text: string) => JSON.parse(text) as Doc;
  const reading = <T>(read: (table: string) => Promise<T>) =>
    onActiveTable(database, pointing, projection, read);

  const conditions = ({ where = [], search }: Pick<Query, 'where' | 'search'>) => [
    ...all(dialect, where),
    ...(search === undefined || search === '' ? [] : [matches(dialect, projection, search)]),
  ];

  /** Finds ids first: where no index gives the order, what is sorted is small. */
  const pick = (
    table: string,
    orders: readonly Order[],
    tests: readonly Expression<SqlBool>[],
    limit: number,
  ) => {
    const order = sql.join(orders.map((one) => sql`${sql.ref(one.column)} ${direction(dialect, one)}`));
    const ids = tests
      .reduce((builder, test) => builder.where(test), tables.selectFrom(table).select('id'))
      .orderBy(order)
      .limit(limit);
    const columns = orders.map(({ column }) => column);
    return tables
      .selectFrom(table)
      .select(columns)
      .select(json.as('doc'))
      .where('id', 'in', ids)
      .orderBy(order)
      .execute();
  };

  return {
    get: (id) =>
      reading(async (table) => {
        const row = await tables
          .selectFrom(table)
          .select(json.as('json'))
          .where('id', '=', id)
          .executeTakeFirst();
        return row === undefined ? undefined : parse(row.json);
      }),

    async query(query) {
      checkQuery(projection, query);
      const { cursor, limit } = query;
      const orders = totalOrder(query);
      const place =
        cursor === undefined || cursor === null ? undefined : decodeCursor(projection, query, cursor);
      const stretches = place === undefined ? [[]] : stretchesAfter(orders, place);
      const rows = await reading(async (table) => {
        const found: Found[] = [];
        for (const stretch of stretches) {
          const wanted = limit + 1 - found.length;
          const tests = [...conditions(query), ...stretch];
          if (wanted > 0) found.push(...(await pick(table, orders, tests, wanted)));
        }
        return found;
      });
      const items = rows.slice(0, limit).map(({ id, doc }) => ({ id: String(id), document: parse(doc) }));
      const last = rows.length > limit ? rows[limit - 1] : undefined;
      const end = last && orders.map(({ column }) => last[column] ?? null);
      return { items, nextCursor: end === undefined ? null : encodeCursor(projection, query, end) };
    },

    async count(query = {}) {
      checkConditions(projection, query.where ?? []);
      return reading(async (table) => {
        const select = tables.selectFrom(table).select(sql<number>`count(*)`.as('count'));
        const row = await conditions(query)
          .reduce((builder, test) => builder.where(test), select)
          .executeTakeFirstOrThrow();
        return row.count;
      });
    },
  };
}

/** Which table serves, remembered until a read finds it gone. */
export interface Pointers {
  /** Throws UNKNOWN_PROJECTION when the projection has no documents here. */
  tableOf(projection: string): Promise<string>;
  forget(projection: string): void;
}

export function pointers({ kysely }: ReadModelDatabase): Pointers {
  const known = new Map<string, string>();
  return {
    async tableOf(projection) {
      const remembered = known.get(projection);
      if (remembered !== undefined) return remembered;
      const query = kysely.selectFrom('active').select('table_name').where('projection', '=', projection);
      const row = await query.executeTakeFirst();
      if (row === undefined)
        throw new ProjectionError('UNKNOWN_PROJECTION', `${projection} has no documents here`);
      known.set(projection, row.table_name);
      return row.table_name;
    },
    forget: (projection) => void known.delete(projection),
  };
}

/** A table that is gone was taken over from: the pointer says by which. */
async function onActiveTable<T>(
  database: ReadModelDatabase,
  { tableOf, forget }: Pointers,
  projection: Projection<object>,
  read: (table: string) => Promise<T>,
): Promise<T> {
  const { name, version } = projection;
  const table = await tableOf(name);
  try {
    return await read(table);
  } catch (error) {
    const missing = database.missing(error);
    if (missing === 'column') {
      throw new ProjectionError('COLUMN_NOT_BUILT', `version ${version} of ${name} is still being built`, {
        cause: error,
      });
    }
    if (missing !== 'table') throw error;
    forget(name);
    if ((await tableOf(name)) === table) throw error;
    return onActiveTable(database, { tableOf, forget }, projection, read);
  }
}

/** As the indexes have it: see createDocumentTable. The id is never null. */
function direction(dialect: ReadModelDatabase['dialect'], order: Order) {
  if (dialect === 'sqlite' || order.column === 'id') return order.direction === 'asc' ? sql`asc` : sql`desc`;
  return order.direction === 'asc' ? sql`asc nulls first` : sql`desc nulls last`;
}
