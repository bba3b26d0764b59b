import Database from 'better-sqlite3';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Kysely, SqliteDialect } from 'kysely';
import { ProjectionError } from '../projection-error.js';
import type { ReadModelDatabase, Row, Statement, Tables } from './database.js';

export interface SqliteDatabaseOptions {
  /** How long a writer waits for another process's transaction. Default 10,000 ms. */
  readonly busyTimeoutMs?: number;
  /**
   * False where somebody else who has the file open folds: then it is his commits that copy the write-ahead log into the
   * file, which takes up to a second, and not those of a thread that answers requests. Default true.
   */
  readonly folds?: boolean;
}

/** Pages of the write-ahead log at which a commit copies it into the file: 64 MiB. */
const CHECKPOINT_PAGES = 16_000;

/**
 * Read models in an SQLite file (WAL), which any number of processes and threads may open. A commit survives the end
 * of the process; after a power cut the file is whole but may lack the last commits, documents and checkpoint together,
 * which are then folded again (`synchronous=NORMAL`: nothing here cannot be rebuilt).
 */
export function sqliteDatabase(file: string, options: SqliteDatabaseOptions = {}): ReadModelDatabase {
  const { busyTimeoutMs = 10_000, folds = true } = options;
  const writer = open(file, busyTimeoutMs);
  // Not never: he who folds may be away for long.
  writer.pragma(`wal_autocheckpoint = ${folds ? CHECKPOINT_PAGES : 10 * CHECKPOINT_PAGES}`);
  const reader = open(file, busyTimeoutMs);
  // Whoever writes waits in `write`: SQLite's own way to wait would stop all else that this thread does.
  writer.pragma('busy_timeout = 0');
  reader.pragma('query_only = on');
  const statement = statementCache(writer);
  const begin = writer.prepare('begin immediate');
  const commit = writer.prepare('commit');
  const rollback = writer.prepare('rollback');
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
    // Not a moment is awaited between begin and commit: the connection is shared by all who write.
    async write(statements) {
      const deadline = performance.now() + busyTimeoutMs;
      while (!begins(begin, deadline)) await sleep(1 + Math.random() * 4);
      try {
        const results = statements.map((one) => run(statement(one.sql), one));
        commit.run();
        return results;
      } catch (error) {
        if (writer.inTransaction) rollback.run();
        throw error;
      }
    },
    missing(error) {
      // The addon makes its errors from the class that it was given first, which under Jest is another file's.
      const message = String((error as { message?: unknown } | undefined)?.message);
      if (message.startsWith('no such table')) return 'table';
      return message.startsWith('no such column') ? 'column' : undefined;
    },
    async close() {
      await kysely.destroy();
      writer.close();
    },
  };
}

function open(file: string, busyTimeoutMs: number): Database.Database {
  mkdirSync(dirname(file), { recursive: true });
  const database = new Database(file, { timeout: busyTimeoutMs });
  untilFree(() => database.pragma('journal_mode = wal'), busyTimeoutMs);
  database.pragma('synchronous = normal');
  database.pragma('cache_size = -65536');
  return database;
}

/** False while another thread or process writes: before the next try everybody else in this one is to have a turn. */
function begins(begin: Database.Statement, deadline: number): boolean {
  try {
    begin.run();
    return true;
  } catch (error) {
    if (!isBusy(error) || performance.now() > deadline) throw error;
    return false;
  }
}

const isBusy = (error: unknown): boolean =>
  String((error as { code?: unknown }).code).startsWith('SQLITE_BUSY');

/** For others who change the journal's mode, when all open a new file at a time, SQLite does not wait by itself. */
function untilFree(act: () => void, timeoutMs: number): void {
  const pause = new Int32Array(new SharedArrayBuffer(4));
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    try {
      return act();
    } catch (error) {
      if (!isBusy(error) || performance.now() > deadline) throw error;
      Atomics.wait(pause, 0, 0, 5);
    }
  }
}

/** Statements are prepared once a connection; those of tables that were dropped go with the oldest. */
function statementCache(database: Database.Database): (sql: string) => Database.Statement {
  const cache = new Map<string, Database.Statement>();
  return (sql) => {
    let prepared = cache.get(sql);
    if (prepared === undefined) {
      prepared = database.prepare(sql);
      if (cache.size >= 512) cache.delete(cache.keys().next().value ?? '');
      cache.set(sql, prepared);
    }
    return prepared;
  };
}

function run(prepared: Database.Statement, { parameters, fence }: Statement): readonly Row[] {
  if (prepared.reader) {
    const rows = prepared.all(...parameters) as Row[];
    if (fence && rows.length !== 1) throw lockLost();
    return rows;
  }
  const { changes } = prepared.run(...parameters);
  if (fence && changes !== 1) throw lockLost();
  return [];
}

const lockLost = () => new ProjectionError('LOCK_LOST', 'another holder has the lock; nothing was written');
