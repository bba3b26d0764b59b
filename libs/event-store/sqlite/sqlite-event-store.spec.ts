import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeEventStoreContract } from '../contract.js';
import { openSqliteEventStore } from './event-store.js';

describeEventStoreContract('SQLite', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'recourse-log-'));
  const file = join(folder, 'events.db');
  return {
    store: await openSqliteEventStore({ file }),
    another: () => openSqliteEventStore({ file }),
    dispose: () => rm(folder, { recursive: true }),
  };
});
