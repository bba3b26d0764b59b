import Database from 'better-sqlite3';
import { sql } from 'kysely';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectionContract } from './contract.js';
import { fencing } from './contract/fencing.js';
import { staged } from './contract/support.js';
import { freshLog } from '../../test/support/fresh-log.js';
import { sqliteLock } from './lock/sqlite-lock.js';
import type { ReadModelDatabase } from './read-models/database.js';
import type * as sqlite from './read-models/sqlite-database.js';
import { sqliteDatabase } from './read-models/sqlite-database.js';

/** A thread runs what was compiled, as the engine does. */
const compiled = require('../../dist/libs/projection/read-models/sqlite-database.js') as typeof sqlite;

const underTest = (open: (file: string) => ReadModelDatabase) => async () => {
  const directory = await mkdtemp(join(tmpdir(), 'recourse-read-models-'));
  return {
    open: () => open(join(directory, 'read-models.db')),
    lock: (database: ReadModelDatabase) => sqliteLock(database, { leaseMs: 200 }),
    dispose: () => rm(directory, { recursive: true }),
  };
};

describe('read models on SQLite, read and written in threads of their own', () => {
  const open = (file: string) => compiled.sqliteDatabase(file, { inOwnThreads: true });
  // Of the contract what goes through writing: whose turn it is, and that nobody else's write counts.
  fencing(staged(freshLog, underTest(open)));

  test('what the thread cannot write says why, and what comes after it is written', async () => {
    const log = await freshLog();
    const database = open(join(log.folder, 'read-models.db'));
    const to = (statement: ReturnType<typeof sql>) => database.write([statement.compile(database.kysely)]);
    await to(sql`create table counts (count integer)`);
    const failing = to(sql`insert into nowhere values (1)`).catch((error: unknown) =>
      database.missing(error),
    );
    const [rows] = await to(sql`insert into counts values (7) returning count`);
    expect(await failing).toBe('table');
    expect(rows).toEqual([{ count: 7 }]);
    await database.close();
    await expect(to(sql`insert into counts values (8)`)).rejects.toThrow('closed');
    await log.dispose();
  });

  test('who waits for a long read is not stopped by it, and hears what is wrong with one', async () => {
    const log = await freshLog();
    const { kysely, missing, close } = open(join(log.folder, 'read-models.db'));
    let turns = 0;
    const turning = setInterval(() => turns++, 1);
    const { rows } = await sql`
      with recursive n(i) as (select 1 union all select i + 1 from n where i < ${1_000_000})
      select count(*) as count, ${'né'} as text, ${null} as absent from n`.execute(kysely);
    clearInterval(turning);
    expect(rows).toEqual([{ count: 1_000_000, text: 'né', absent: null }]);
    expect(turns).toBeGreaterThan(5);
    expect(await sql`select * from nowhere`.execute(kysely).catch(missing)).toBe('table');
    await close();
    await log.dispose();
  });
});

describe('read models on SQLite', () => {
  projectionContract(
    freshLog,
    underTest((file) => sqliteDatabase(file)),
  );

  test('a write waits for another process without stopping its own', async () => {
    const log = await freshLog();
    const file = join(log.folder, 'read-models.db');
    const database = sqliteDatabase(file);
    const other = new Database(file);
    other.exec('create table counts (count integer); begin immediate');
    const written = database.write([sql`insert into counts values (1)`.compile(database.kysely)]);
    await new Promise((resolve) => setImmediate(resolve));
    other.exec('insert into counts values (0); commit');
    await written;
    expect(other.prepare('select count from counts').pluck().all()).toEqual([0, 1]);
    other.close();
    await database.close();
    await log.dispose();
  });

  test('and fails when that takes too long', async () => {
    const log = await freshLog();
    const file = join(log.folder, 'read-models.db');
    const database = sqliteDatabase(file, { busyTimeoutMs: 20 });
    const other = new Database(file);
    other.exec('begin immediate');
    await expect(database.write([])).rejects.toMatchObject({ code: 'SQLITE_BUSY' });
    other.close();
    await database.close();
    await log.dispose();
  });
});
