import Database from 'better-sqlite3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventOf, eventsOf } from '../contract/support.js';
import type { EventStore } from '../port.js';
import { openSqliteEventStore } from './event-store.js';

let folder: string;
let file: string;
let store: EventStore;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'recourse-log-'));
  file = join(folder, 'events.db');
  store = await openSqliteEventStore({ file, busyTimeout: 200, commitsHere: true });
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

test('what one turn of the event loop appends is one commit, at its end', async () => {
  const reader = new Database(file, { readonly: true });
  const version = reader.prepare<[], number>('PRAGMA data_version').pluck();
  const count = reader.prepare<[], number>('SELECT count(*) FROM log').pluck();
  const before = version.get() ?? 0;
  const appends = Array.from({ length: 200 }, (_, index) =>
    store.append(`s-${index}`, eventsOf(2), 'no_stream'),
  );
  await Promise.resolve();
  expect(count.get()).toBe(0);
  await Promise.all(appends);
  expect(count.get()).toBe(400);
  expect(version.get()).toBe(before + 1);
  reader.close();
});

test('of the appends of one turn one that does not fit fails alone', async () => {
  const results = await Promise.allSettled([
    store.append('s', eventsOf(2), 'no_stream'),
    store.append('s', eventsOf(1), 7n),
    store.append('s', eventsOf(1), 1n),
  ]);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

test('while another process writes for longer than the patience nothing is written, and later it is', async () => {
  const other = new Database(file);
  other.exec('BEGIN IMMEDIATE');
  await expect(store.append('s', [eventOf()], 'no_stream')).rejects.toMatchObject({
    code: 'STORE_UNAVAILABLE',
  });
  other.exec('COMMIT');
  other.close();
  await expect(store.append('s', [eventOf()], 'no_stream')).resolves.toMatchObject({ revision: 0n });
});

test('closing commits what was appended before', async () => {
  const appended = store.append('s', [eventOf()], 'no_stream');
  await Promise.all([appended, store.close()]);
  store = await openSqliteEventStore({ file, commitsHere: true });
  await expect(store.append('s', [eventOf()], 0n)).resolves.toMatchObject({ revision: 1n });
});
