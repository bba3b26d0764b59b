import { Kysely, SqliteDialect } from 'kysely';
import type { ReadModelDatabase, Tables } from './database.js';
import { openSqlite, sqliteWriter, statementCache } from './sqlite-writer.js';
import { threadedSqliteWriter } from './threaded-sqlite-writer.js';

export interface SqliteDatabaseOptions {
  /** How long a writer waits for another process's transaction. Default 10,000 ms. */
  readonly busyTimeoutMs?: number;
  /**
   * Writes happen in a thread of their own: a commit may have to copy the write-ahead log into the file, or wait for the
   * disk, and who answers requests must not. It needs the compiled sources. Default false.
   */
  readonly writesInOwnThread?: boolean;
}

/**
 * Read models in an SQLite file (WAL), which any number of processes and threads may open. A commit survives the end
 * of the process; after a power cut the file is whole but may lack the last commits, documents and checkpoint together,
 * which are then folded again (`synchronous=NORMAL`: nothing here cannot be rebuilt).
 */
export function sqliteDatabase(file: string, options: SqliteDatabaseOptions = {}): ReadModelDatabase {
  const { busyTimeoutMs = 10_000, writesInOwnThread = false } = options;
  const writer = writesInOwnThread
    ? threadedSqliteWriter(file, busyTimeoutMs)
    : sqliteWriter(file, busyTimeoutMs);
  const reader = openSqlite(file, busyTimeoutMs);
  reader.pragma('query_only = on');
  const kysely = new Kysely<Tables>({
    dialect: new SqliteDialect({
      database: {
        prepare: statementCache(reader),
        close: () => reader.close(),
      },
    }),
  });
  return {
    dialect: 'sqlite',
    kysely,
    write: writer.write,
    missing(error) {
      // The addon makes its errors from the class that it was given first, which under Jest is another file's.
      const message = String((error as { message?: unknown } | undefined)?.message);
      if (message.startsWith('no such table')) return 'table';
      return message.startsWith('no such column') ? 'column' : undefined;
    },
    async close() {
      await kysely.destroy();
      await writer.close();
    },
  };
}
