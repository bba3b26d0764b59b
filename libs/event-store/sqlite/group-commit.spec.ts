import Database from 'better-sqlite3';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collect, eventOf, eventsIn, eventsOf, listen } from '../contract/support.js';
import type { EventStore } from '../port.js';
import { openSqliteEventStore } from './event-store.js';
import { HANDFUL } from './group-writer.js';

let folder: string;
let file: string;
let store: EventStore;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'recourse-log-'));
  file = join(folder, 'events.db');
  store = await openSqliteEventStore({ file, busyTimeout: 200 });
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

/** Commits in a write-ahead log that was never begun anew: frames that name the database's size after them. */
function commits(): number {
  const log = readFileSync(`${file}-wal`);
  const page = log.readUInt32BE(8);
  let count = 0;
  for (let frame = 32; frame + 24 + page <= log.length; frame += 24 + page) {
    if (log.readUInt32BE(frame + 4) !== 0) count++;
  }
  return count;
}

test('what is appended in one turn of the event loop is committed by the handful, the first at once', async () => {
  await store.append('before', [eventOf()], 'no_stream');
  const before = commits();
  await Promise.all(
    Array.from({ length: 200 }, (_, index) => store.append(`s-${index}`, eventsOf(2), 'no_stream')),
  );
  const made = commits() - before;
  expect(made).toBeGreaterThan(1);
  expect(made).toBeLessThanOrEqual(Math.ceil(200 / HANDFUL));
});

test('what an idle writer is given in one turn, and is no handful, is one commit', async () => {
  await store.append('before', [eventOf()], 'no_stream');
  const before = commits();
  await Promise.all(
    Array.from({ length: HANDFUL - 1 }, (_, index) => store.append(`s-${index}`, eventsOf(2), 'no_stream')),
  );
  expect(commits() - before).toBe(1);
});

test('what arrives while a commit is under way is committed together after it', async () => {
  await store.append('before', [eventOf()], 'no_stream');
  const before = commits();
  const appendInTurns = async (name: number) => {
    for (let at = -1n; at < 40n; at++) {
      await store.append(`s-${name}`, [eventOf()], at < 0n ? 'no_stream' : at);
    }
  };
  await Promise.all(Array.from({ length: 32 }, (_, name) => appendInTurns(name)));
  expect(commits() - before).toBeLessThan((32 * 41) / 4);
});

test('in a long turn of the event loop the first are answered while the last are still appended', async () => {
  const appendHandful = (name: string) =>
    Array.from({ length: HANDFUL }, (_, index) => store.append(`${name}-${index}`, [eventOf()], 'no_stream'));
  const reader = new Database(file, { readonly: true });
  const events = reader.prepare<[], number>('SELECT count(*) FROM log').pluck();
  const first = appendHandful('first');
  while ((events.get() ?? 0) < HANDFUL);
  const last = appendHandful('last');
  let answered = 0;
  for (const append of first) void append.then(() => answered++);
  // Promises alone: the event loop does not turn in between.
  for (let step = 0; step < 20; step++) await Promise.resolve();
  expect(answered).toBe(HANDFUL);
  reader.close();
  await Promise.all(last);
});

test('an append is answered only when another connection can read it', async () => {
  const reader = new Database(file, { readonly: true });
  const held = reader.prepare<[string], number>(
    'SELECT count(*) FROM log l JOIN streams s ON s.id = l.stream WHERE s.name = ?',
  );
  await Promise.all(
    Array.from({ length: 50 }, async (_, index) => {
      await store.append(`s-${index}`, eventsOf(3), 'no_stream');
      expect(held.pluck().get(`s-${index}`)).toBe(3);
    }),
  );
  reader.close();
});

test('appends to one stream within a group follow each other', async () => {
  const results = await Promise.all([
    store.append('s', eventsOf(2), 'no_stream'),
    store.append('s', eventsOf(3), 1n),
    store.append('s', eventsOf(1), 4n),
  ]);
  expect(results.map(({ revision }) => revision)).toEqual([1n, 4n, 5n]);
});

test('an append that the database refuses fails alone, with nothing of it written', async () => {
  const other = new Database(file);
  other.exec(
    `CREATE TRIGGER refuse BEFORE INSERT ON log WHEN NEW.type = 'Refused' BEGIN SELECT raise(ABORT, 'no'); END`,
  );
  other.close();
  const outcomes = await Promise.allSettled([
    store.append('a', eventsOf(2), 'no_stream'),
    store.append('b', [eventOf(), eventOf({ type: 'Refused' })], 'no_stream'),
    store.append('a', eventsOf(2), 1n),
    store.append('a', [eventOf()], 0n),
  ]);
  expect(outcomes).toMatchObject([
    { status: 'fulfilled', value: { revision: 1n } },
    { status: 'rejected', reason: { code: 'STORE_UNAVAILABLE' } },
    { status: 'fulfilled', value: { revision: 3n } },
    { status: 'rejected', reason: { code: 'REVISION_CONFLICT', actual: 3n } },
  ]);
  expect(await collect(store.readStream('b'))).toEqual([]);
  expect((await store.append('b', [eventOf()], 'no_stream')).revision).toBe(0n);
});

test('while another process writes, an append waits; when that takes too long, it fails and nothing is written', async () => {
  const patient = await openSqliteEventStore({ file, busyTimeout: 30_000 });
  const other = new Database(file);
  other.exec('BEGIN IMMEDIATE');
  const append = patient.append('s', [eventOf()], 'no_stream');
  await expect(store.append('s', [eventOf()], 'no_stream')).rejects.toMatchObject({
    code: 'STORE_UNAVAILABLE',
  });
  other.exec('COMMIT');
  expect((await append).revision).toBe(0n);
  expect(await collect(store.readStream('s'))).toHaveLength(1);
  other.close();
  await patient.close();
});

test('another connection’s append is not mistaken for none: heads are read anew', async () => {
  const other = await openSqliteEventStore({ file });
  await store.append('s', [eventOf()], 'no_stream');
  await other.append('s', [eventOf()], 0n);
  await expect(store.append('s', [eventOf()], 0n)).rejects.toMatchObject({
    code: 'REVISION_CONFLICT',
    actual: 1n,
  });
  await store.append('s', [eventOf()], 1n);
  await expect(other.append('s', [eventOf()], 1n)).rejects.toMatchObject({ actual: 2n });
  await other.close();
});

test('a retry with the same ids but other content is followed as what the log holds', async () => {
  const other = await openSqliteEventStore({ file });
  const listener = listen(store, {});
  await listener.until((messages) => messages.some(({ kind }) => kind === 'caughtUp'));
  const first = eventOf({ data: '{"try":1}' });
  await other.append('s', [first], 'no_stream');
  await store.append('s', [{ ...first, data: '{"try":2}' }], 'no_stream');
  await listener.until((messages) => eventsIn(messages).length > 0);
  expect(listener.events().map(({ data }) => data)).toEqual(['{"try":1}']);
  await listener.stop();
  await other.close();
});

test('a revision below zero is refused', async () => {
  await expect(store.append('s', [eventOf()], -1n)).rejects.toThrow(RangeError);
});

test('text that UTF-8 cannot hold is refused, since it would be read back otherwise', async () => {
  await expect(store.append('s', [eventOf({ data: '"\ud800"' })], 'no_stream')).rejects.toThrow(TypeError);
  await expect(store.append('\udc00', [eventOf()], 'no_stream')).rejects.toThrow(TypeError);
});

test('an append beyond all measure is refused with APPEND_TOO_LARGE', async () => {
  const data = JSON.stringify('x'.repeat(17 * 1024 * 1024));
  await expect(store.append('s', [eventOf({ data })], 'no_stream')).rejects.toMatchObject({
    code: 'APPEND_TOO_LARGE',
  });
});
