import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeEventStoreContract } from '../contract.js';
import { openSqliteEventStore } from './event-store.js';

const WRITERS = [
  { name: 'SQLite', commitsHere: false },
  { name: 'SQLite that commits in the calling thread', commitsHere: true },
];

for (const { name, commitsHere } of WRITERS) {
  describeEventStoreContract(name, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'recourse-log-'));
    const file = join(folder, 'events.db');
    return {
      store: await openSqliteEventStore({ file, commitsHere }),
      another: () => openSqliteEventStore({ file, commitsHere }),
      dispose: () => rm(folder, { recursive: true }),
    };
  });
}
