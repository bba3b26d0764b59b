import Database from 'better-sqlite3';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ProjectionError } from '../projection-error.js';
import type { ReadModelDatabase, Row, Statement } from './database.js';

/** What changes a file of read models. */
export type SqliteWriter = Pick<ReadModelDatabase, 'write' | 'close'>;

/** Of a new file; twice SQLite's own. A document often fits into one page then, and a commit writes fewer of them. */
const PAGE_BYTES = 8_192;
/**
 * Pages of the write-ahead log at which a commit copies it into the file: 8 MiB, so that the disk is never busy with it for
 * long. The log of events is on the same disk, and its commits wait for it.
 */
const CHECKPOINT_PAGES = 1_000;

/** Writes in the thread that asks. */
export function sqliteWriter(file: string, busyTimeoutMs: number): SqliteWriter {
  const database = openSqlite(file, busyTimeoutMs);
  database.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
  // Whoever writes waits in `write`: SQLite's own way to wait would stop all else that this thread does.
  database.pragma('busy_timeout = 0');
  const statement = statementCache(database);
  const begin = database.prepare('begin immediate');
  const commit = database.prepare('commit');
  const rollback = database.prepare('rollback');
  return {
    // Not a moment is awaited between begin and commit: the connection is shared by all who write.
    async write(statements) {
      const deadline = performance.now() + busyTimeoutMs;
      while (!begins(begin, deadline)) await sleep(1 + Math.random() * 4);
      try {
        const results = statements.map((one) => run(statement(one.sql), one));
        commit.run();
        return results;
      } catch (error) {
        if (database.inTransaction) rollback.run();
        throw error;
      }
    },
    async close() {
      database.close();
    },
  };
}

/** A connection in WAL mode, whose folder is made if need be. */
export function openSqlite(file: string, busyTimeoutMs: number): Database.Database {
  mkdirSync(dirname(file), { recursive: true });
  const database = new Database(file, { timeout: busyTimeoutMs });
  database.pragma(`page_size = ${PAGE_BYTES}`);
  untilFree(() => database.pragma('journal_mode = wal'), busyTimeoutMs);
  database.pragma('synchronous = normal');
  database.pragma('cache_size = -65536');
  return database;
}

/** Statements are prepared once a connection; those of tables that were dropped go with the oldest. */
export function statementCache(database: Database.Database): (sql: string) => Database.Statement {
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
