import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteEventStore } from '../../libs/event-store/sqlite/event-store.js';

/** An event store of a test's own, on the embedded log. */
export async function freshLog() {
  const folder = await mkdtemp(join(tmpdir(), 'recourse-log-'));
  const store = await openSqliteEventStore({ file: join(folder, 'events.db') });
  return {
    store,
    folder,
    async dispose() {
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
}
