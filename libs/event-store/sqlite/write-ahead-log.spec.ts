import Database from 'better-sqlite3';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collect, eventOf, freshPrefix, listen } from '../contract/support.js';
import type { EventStore } from '../port.js';
import { openSqliteEventStore } from './event-store.js';

const KIB = 1024;
const CHECKPOINT = 256 * KIB;
const data = JSON.stringify({ text: 'x'.repeat(2 * KIB) });

let folder: string;
let file: string;
let store: EventStore;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'recourse-log-'));
  file = join(folder, 'events.db');
  store = await openSqliteEventStore({ file, checkpointBytes: CHECKPOINT });
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

/** Appends from many sides at once, and gives the largest size of the write-ahead log on the way. */
async function load(appends: number): Promise<number> {
  let largest = 0;
  let left = appends;
  const one = async (name: string) => {
    for (let at = -1n; left-- > 0; at++) {
      await store.append(name, [eventOf({ data })], at < 0n ? 'no_stream' : at);
      largest = Math.max(largest, statSync(`${file}-wal`).size);
    }
  };
  await Promise.all(Array.from({ length: 32 }, (_, index) => one(`${freshPrefix()}${index}`)));
  return largest;
}

test('stays bounded under load that never pauses, with readers about', async () => {
  const listener = listen(store, {});
  const largest = await load(6_000);
  expect(6_000 * data.length).toBeGreaterThan(40 * CHECKPOINT);
  expect(largest).toBeLessThan(8 * CHECKPOINT);
  expect(await collect(store.readAll())).toHaveLength(6_000);
  await listener.stop();
});

test('is bounded again after a reader that held it open has gone', async () => {
  await store.append('first', [eventOf()], 'no_stream');
  const reader = new Database(file, { readonly: true });
  reader.exec('BEGIN');
  reader.prepare('SELECT count(*) FROM log').get();
  expect(await load(1_000)).toBeGreaterThan(8 * CHECKPOINT);
  reader.exec('COMMIT');
  reader.close();
  await load(1_000);
  expect(await load(1_000)).toBeLessThan(8 * CHECKPOINT);
});

test('is gone after the last close, and everything is in the database', async () => {
  await load(200);
  await store.close();
  expect(existsSync(`${file}-wal`)).toBe(false);
  const database = new Database(file, { readonly: true });
  expect(database.prepare('SELECT count(*) FROM log').pluck().get()).toBe(200);
  expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
  database.close();
});
