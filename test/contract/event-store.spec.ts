import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeEventStoreContract } from '../../libs/event-store/contract.js';
import type { StoreUnderTest } from '../../libs/event-store/contract/support.js';
import { openEventStoreDb } from '../../libs/event-store/eventstoredb/event-store.js';
import { openSqliteEventStore } from '../../libs/event-store/sqlite/event-store.js';
import { startDoubleOnSqlite } from '../support/eventstore-double/on-sqlite.js';

/** The stores that the contract runs on: a file, the client over a socket, and a real server when EVENTSTORE_URL names one. */
const stores: Record<string, () => Promise<StoreUnderTest>> = {
  SQLite: async () => {
    const folder = await mkdtemp(join(tmpdir(), 'recourse-log-'));
    const another = async () => openSqliteEventStore({ file: join(folder, 'events.db') });
    return { store: await another(), another, dispose: () => rm(folder, { recursive: true }) };
  },
  'EventStoreDB client, protocol double': async () => {
    const double = await startDoubleOnSqlite();
    return onServer(double.url, () => double.dispose());
  },
};
const server = process.env['EVENTSTORE_URL'];
if (server) stores['EventStoreDB client, server'] = async () => onServer(server, async () => undefined);

const onServer = (url: string, dispose: () => Promise<void>): StoreUnderTest => ({
  store: openEventStoreDb({ url }),
  another: async () => openEventStoreDb({ url }),
  dispose,
});

const ran = new Map<string, number>();

for (const [name, open] of Object.entries(stores)) {
  describe(`on ${name}`, () => {
    afterEach(() => void ran.set(name, (ran.get(name) ?? 0) + 1));
    describeEventStoreContract(name, open);
  });
}

test('each store ran the same number of contract tests', () => {
  const lines = [...ran].map(([name, count]) => `  ${String(count).padStart(4)}  ${name}`);
  process.stdout.write(`\nevent store contract, tests run:\n${lines.join('\n')}\n`);
  expect(ran.size).toBe(Object.keys(stores).length);
  expect(new Set(ran.values()).size).toBe(1);
});
