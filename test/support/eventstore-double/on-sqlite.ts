import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventStore } from '../../../libs/event-store/port.js';
import { openSqliteEventStore } from '../../../libs/event-store/sqlite/event-store.js';
import { startEventStoreDouble, type DoubleOptions, type EventStoreDouble } from './server.js';

export interface DoubleOnSqlite extends EventStoreDouble {
  readonly store: EventStore;
  /** A second node on the same log, or this one again after it was stopped: `port` says which. */
  another(options?: Omit<DoubleOptions, 'log'>): Promise<EventStoreDouble>;
  /** Stops every node, closes the store and removes its file. */
  dispose(): Promise<void>;
}

/** The double on a SQLite log in a folder of its own, for one test file. */
export async function startDoubleOnSqlite(options: Omit<DoubleOptions, 'log'> = {}): Promise<DoubleOnSqlite> {
  const folder = await mkdtemp(join(tmpdir(), 'eventstore-double-'));
  const store = await openSqliteEventStore({ file: join(folder, 'log.db') });
  const double = await startEventStoreDouble({ ...options, log: store });
  const others: EventStoreDouble[] = [];
  return {
    ...double,
    store,
    async another(more = {}) {
      const other = await startEventStoreDouble({ ...more, log: double.log });
      others.push(other);
      return other;
    },
    async dispose() {
      for (const node of [double, ...others]) await node.stop();
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
