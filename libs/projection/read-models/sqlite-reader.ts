import {
  DummyDriver,
  SqliteAdapter,
  SqliteDialect,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
} from 'kysely';
import type { SqliteThread } from './sqlite-thread.js';
import { openSqlite, statementCache } from './sqlite-writer.js';

/** Reads in the thread that asks. */
export function sqliteReader(file: string, busyTimeoutMs: number) {
  const database = openSqlite(file, busyTimeoutMs);
  database.pragma('query_only = on');
  return { prepare: statementCache(database), close: () => void database.close() };
}

export const readingHere = (file: string, busyTimeoutMs: number): Dialect =>
  new SqliteDialect({ database: sqliteReader(file, busyTimeoutMs) });

/** Reads in another thread, in the order in which they are asked for. There are no transactions: nothing is written. */
export function readingIn(thread: SqliteThread): Dialect {
  const connection: DatabaseConnection = {
    async executeQuery({ sql, parameters }: CompiledQuery) {
      const [rows] = await thread.run([{ sql, parameters }]);
      // Whoever asks says what the rows are.
      return { rows: rows as never[] };
    },
    streamQuery: () => {
      throw new Error('rows come all together');
    },
  };
  class ThreadDriver extends DummyDriver {
    override acquireConnection = async () => connection;
    override destroy = () => thread.close();
  }
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new ThreadDriver(),
    createIntrospector: (kysely) => new SqliteIntrospector(kysely),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}
