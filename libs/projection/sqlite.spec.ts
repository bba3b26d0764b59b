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
});
