import Database from 'better-sqlite3';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collect, eventOf, eventsIn, fill, idsOf, listen } from '../contract/support.js';
import { START } from '../port.js';
import { openSqliteEventStore } from './event-store.js';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recourse-log-'));
  file = join(folder, 'deep/down/events.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

test('makes the file and its folders; an empty log has its head at the start', async () => {
  const store = await openSqliteEventStore({ file });
  expect(await store.head()).toBe(START);
  expect(await collect(store.readAll())).toEqual([]);
  await store.close();
});

test('many may open a new file at the same moment', async () => {
  const open = () => openSqliteEventStore({ file });
  const stores = await Promise.all([open(), open(), open(), open()]);
  await Promise.all(stores.map((store, index) => store.append(`s-${index}`, [eventOf()], 'no_stream')));
  expect(await collect(stores[0].readAll())).toHaveLength(4);
  await Promise.all(stores.map((store) => store.close()));
});

test('refuses a database of something else, and leaves it as it is', async () => {
  const foreign = join(folder, 'foreign.db');
  const database = new Database(foreign);
  database.exec('CREATE TABLE other (x)');
  database.close();
  await expect(openSqliteEventStore({ file: foreign })).rejects.toThrow('no event log of Recourse');
  await expect(openSqliteEventStore({ file: foreign, readOnly: true })).rejects.toThrow(
    'no event log of Recourse',
  );
  const after = new Database(foreign);
  expect(after.pragma('journal_mode', { simple: true })).toBe('delete');
  after.close();

  writeFileSync(join(folder, 'text.db'), 'not a database, but long enough to be taken for one'.repeat(20));
  await expect(openSqliteEventStore({ file: join(folder, 'text.db') })).rejects.toThrow('not a database');
});

test('refuses the layout of another release', async () => {
  const store = await openSqliteEventStore({ file });
  await store.close();
  const database = new Database(file);
  database.pragma('user_version = 2');
  database.close();
  await expect(openSqliteEventStore({ file })).rejects.toThrow('layout 2');
});

test('a position of another store is refused', async () => {
  const store = await openSqliteEventStore({ file });
  await expect(collect(store.readAll({ after: '12/12' }))).rejects.toThrow(TypeError);
  await store.close();
});

test('a log that can no longer be read says so by code, to readers and to those who follow it', async () => {
  const store = await openSqliteEventStore({ file });
  await store.append('s', [eventOf()], 'no_stream');
  const listener = listen(store, { after: await store.head() });
  await listener.until((messages) => messages.some(({ kind }) => kind === 'caughtUp'));
  const vandal = new Database(file);
  vandal.exec('DROP TABLE log');
  vandal.close();
  await expect(listener.ended).rejects.toMatchObject({ code: 'SUBSCRIPTION_LOST' });
  await expect(collect(store.readAll())).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  await expect(store.head()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  await expect(store.append('s', [eventOf()], 0n)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  await store.close();
});

describe('read-only', () => {
  test('reads a log that nobody has open, and one that is being written, and follows it', async () => {
    const writer = await openSqliteEventStore({ file });
    const { events } = await fill(writer, 's', 10);
    await writer.close();

    const reader = await openSqliteEventStore({ file, readOnly: true });
    expect(idsOf(await collect(reader.readStream('s')))).toEqual(idsOf(events));
    await reader.ping();

    const again = await openSqliteEventStore({ file });
    const listener = listen(reader, {});
    await listener.until((messages) => messages.some(({ kind }) => kind === 'caughtUp'));
    const { events: more } = await fill(again, 't', 10);
    await listener.until((messages) => eventsIn(messages).length >= 20);
    expect(idsOf(listener.events())).toEqual(idsOf([...events, ...more]));
    await listener.stop();
    await again.close();
    await reader.close();
  });

  test('an append is refused with ACCESS_DENIED', async () => {
    await (await openSqliteEventStore({ file })).close();
    const reader = await openSqliteEventStore({ file, readOnly: true });
    await expect(reader.append('s', [eventOf()], 'no_stream')).rejects.toMatchObject({
      code: 'ACCESS_DENIED',
    });
    await reader.close();
  });

  test('makes no file', async () => {
    await expect(openSqliteEventStore({ file, readOnly: true })).rejects.toThrow('directory does not exist');
  });
});
