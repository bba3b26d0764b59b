import Database from 'better-sqlite3';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/** "RCRS": tells `file` and us whose database this is. */
const APPLICATION_ID = 0x52435253;
const LAYOUT = 1;

/**
 * Streams are numbered in the order in which they began, so that the index of revisions grows where orders are young instead
 * of everywhere: a third of the pages to write. Rows are never changed or removed. A position is given inside the one
 * write transaction that there is at a time, so positions become visible in their order, and nobody who reads on from
 * a position can miss an earlier one.
 */
const TABLES = `
  CREATE TABLE IF NOT EXISTS streams (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
  ) STRICT;
  CREATE TABLE IF NOT EXISTS log (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    stream INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    created INTEGER NOT NULL,
    type TEXT NOT NULL,
    id TEXT NOT NULL,
    metadata TEXT NOT NULL,
    data TEXT NOT NULL,
    UNIQUE (stream, revision)
  ) STRICT;
`;

/**
 * Of a new file. Twice SQLite's own: a commit then writes fewer pages, and each costs two system calls, however large. Larger
 * ones gain nothing more, and the index has a page for each order that a commit touches.
 */
const PAGE_BYTES = 8_192;

export interface ReadConnectionOptions {
  readonly file: string;
  readonly readOnly: boolean;
  readonly busyTimeout: number;
}

/** Opens the log for reading; unless read-only, makes it first when there is none. Throws for a file of something else. */
export function openForReading({ file, readOnly, busyTimeout }: ReadConnectionOptions): Database.Database {
  if (!readOnly) mkdirSync(dirname(file), { recursive: true });
  const database = new Database(file, { readonly: readOnly, fileMustExist: readOnly, timeout: busyTimeout });
  try {
    if (!readOnly) prepare(database, busyTimeout);
    checkLayout(database, file);
    database.pragma('cache_size = -65536');
    database.pragma('query_only = ON');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function prepare(database: Database.Database, busyTimeout: number): void {
  const isEmpty = () => database.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() === 0;
  if (!isEmpty()) return;
  database.pragma(`page_size = ${PAGE_BYTES}`);
  untilFree(() => database.pragma('journal_mode = WAL'), busyTimeout);
  database
    .transaction(() => {
      if (!isEmpty()) return;
      database.exec(TABLES);
      database.pragma(`user_version = ${LAYOUT}`);
      database.pragma(`application_id = ${APPLICATION_ID}`);
    })
    .immediate();
}

/** SQLite does not wait for other processes that are about to change the journal's mode, too. */
function untilFree(act: () => void, busyTimeout: number): void {
  const pause = new Int32Array(new SharedArrayBuffer(4));
  const deadline = performance.now() + busyTimeout;
  for (;;) {
    try {
      return act();
    } catch (error) {
      if ((error as { code?: string }).code !== 'SQLITE_BUSY' || performance.now() > deadline) throw error;
      Atomics.wait(pause, 0, 0, 5);
    }
  }
}

function checkLayout(database: Database.Database, file: string): void {
  if (database.pragma('application_id', { simple: true }) !== APPLICATION_ID) {
    throw new Error(`${file} is no event log of Recourse`);
  }
  const layout = database.pragma('user_version', { simple: true });
  if (layout !== LAYOUT)
    throw new Error(`${file} has layout ${String(layout)}; this release reads layout ${LAYOUT}`);
}
