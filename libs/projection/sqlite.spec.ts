import Database from 'better-sqlite3';
import { sql } from 'kysely';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectionContract } from './contract.js';
import { freshLog } from '../../test/support/fresh-log.js';
import { sqliteLock } from './lock/sqlite-lock.js';
import { sqliteDatabase } from './read-models/sqlite-database.js';

describe('read models on SQLite', () => {
  projectionContract(freshLog, async () => {
    const directory = await mkdtemp(join(tmpdir(), 'recourse-read-models-'));
    return {
      open: () => sqliteDatabase(join(directory, 'read-models.db')),
      lock: (database) => sqliteLock(database, { leaseMs: 200 }),
      dispose: () => rm(directory, { recursive: true }),
    };
  });

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
