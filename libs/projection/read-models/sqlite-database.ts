import { Kysely } from 'kysely';
import type { ReadModelDatabase, Tables } from './database.js';
import { readingHere, readingIn } from './sqlite-reader.js';
import { sqliteThread } from './sqlite-thread.js';
import { sqliteWriter, type SqliteWriter } from './sqlite-writer.js';

export interface SqliteDatabaseOptions {
  /** How long a writer waits for another process's transaction. Default 10,000 ms. */
  readonly busyTimeoutMs?: number;
  /**
   * Reads have a thread, and writes have one: a search may have to look at every document, a commit to copy the write-ahead
   * log into the file, or to wait for the disk, and who answers requests must not. It needs the compiled sources. Default
   * false.
   */
  readonly inOwnThreads?: boolean;
}

/**
 * Read models in an SQLite file (WAL), which any number of processes and threads may open. A commit survives the end
 * of the process; after a power cut the file is whole but may lack the last commits, documents and checkpoint together,
 * which are then folded again (`synchronous=NORMAL`: nothing here cannot be rebuilt).
 */
export function sqliteDatabase(file: string, options: SqliteDatabaseOptions = {}): ReadModelDatabase {
  const { busyTimeoutMs = 10_000, inOwnThreads = false } = options;
  const threadThat = (does: 'reads' | 'writes') => sqliteThread({ file, busyTimeoutMs, does });
  const writer = inOwnThreads ? writingIn(threadThat('writes')) : sqliteWriter(file, busyTimeoutMs);
  const kysely = new Kysely<Tables>({
    dialect: inOwnThreads ? readingIn(threadThat('reads')) : readingHere(file, busyTimeoutMs),
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

const writingIn = ({ run, close }: ReturnType<typeof sqliteThread>): SqliteWriter => ({ write: run, close });
