import { freshLog } from '../../../test/support/fresh-log.js';
import {
  startDoubleOnSqlite,
  type DoubleOnSqlite,
} from '../../../test/support/eventstore-double/on-sqlite.js';
import { randomFaults, randomFrom } from '../../../test/support/eventstore-double/random-faults.js';
import { chainedEvent, writeChainedLog } from '../../../test/support/chained-log.js';
import { openEventStoreDb } from '../eventstoredb/event-store.js';
import { GENESIS_HASH } from '../hash-chain.js';
import type { EventStore, EventToAppend, RecordedEvent } from '../port.js';
import { copyLog, type CopyOptions } from './copy-log.js';
import { verifyLog } from './verify-log.js';

// A busy machine takes its time; what is waited for are conditions.
jest.setTimeout(300_000);

/** The copy between the embedded log and the real client over a socket, and back. */
let embedded: Awaited<ReturnType<typeof freshLog>>;
let back: Awaited<ReturnType<typeof freshLog>>;
let double: DoubleOnSqlite;
let remote: EventStore;
let once: EventStore;

beforeEach(async () => {
  embedded = await freshLog();
  back = await freshLog();
  double = await startDoubleOnSqlite();
  remote = openEventStoreDb({ url: double.url });
  once = openEventStoreDb({ url: double.url, giveUpMs: 0 });
});
afterEach(async () => {
  await remote.close();
  await once.close();
  await double.dispose();
  await embedded.dispose();
  await back.dispose();
});

const toRemote = (options: Partial<CopyOptions> = {}) =>
  copyLog({ source: embedded.store, target: remote, append: once.append, ...options });
const toBack = () => copyLog({ source: remote, target: back.store, append: back.store.append });

async function all(store: EventStore): Promise<Omit<RecordedEvent, 'position' | 'created'>[]> {
  const events = [];
  for await (const { position: _, created: __, ...event } of store.readAll()) events.push(event);
  return events;
}

test('there and back every event is the same, in the same order, and so are the chains', async () => {
  const random = randomFrom(11);
  const events = await writeChainedLog(embedded.store, {
    streams: 200,
    appends: 2_500,
    random,
    padding: 500,
  });
  const there = await toRemote();
  expect(there).toMatchObject({ found: 0, copied: events, events, sourceGrew: false });
  const again = await toBack();
  expect(again).toMatchObject({ copied: events, events, streams: there.streams, heads: there.heads });
  const original = await all(embedded.store);
  expect(original).toHaveLength(events);
  expect(await all(remote)).toEqual(original);
  expect(await all(back.store)).toEqual(original);
  expect(await verifyLog(back.store)).toEqual({
    intact: true,
    events,
    streams: there.streams,
    heads: there.heads,
  });
});

test('a second copy finds what is there, and copies what is new', async () => {
  const random = randomFrom(3);
  const first = await writeChainedLog(embedded.store, { streams: 5, appends: 20, random });
  await toRemote();
  expect(await toRemote()).toMatchObject({ found: first, copied: 0 });
  const { event } = chainedEvent('order-new', 0n, GENESIS_HASH, '{}');
  await embedded.store.append('order-new', [event], 'no_stream');
  expect(await toRemote()).toMatchObject({ found: first, copied: 1, events: first + 1 });
});

test('an empty log is copied, too', async () => {
  expect(await toRemote()).toMatchObject({ found: 0, copied: 0, events: 0, streams: 0 });
});

test('a copy whose writes fail again and again comes to the same end, in the same order', async () => {
  const random = randomFrom(5);
  const events = await writeChainedLog(embedded.store, { streams: 50, appends: 3_000, random, padding: 200 });
  const { faults, cutConnections } = double;
  const raging = randomFaults(faults, { seed: 5, forMs: 4_000, everyMs: 150, cutConnections });
  const copied = await toRemote();
  const counts = await raging;
  expect(Object.keys(counts).length).toBeGreaterThan(3);
  expect(copied).toMatchObject({ copied: events });
  expect(await all(remote)).toEqual(await all(embedded.store));
});

test('a broken link stops the copy, which says where; what stands before it was copied', async () => {
  const [one, two] = [
    chainedEvent('order-1', 0n, GENESIS_HASH, '{"n":1}'),
    chainedEvent('order-2', 0n, GENESIS_HASH, '{"n":1}'),
  ];
  const forged = chainedEvent('order-1', 1n, one.hash, '{"n":2}').event;
  const tampered: EventToAppend = { ...forged, data: '{"n":3}' };
  await embedded.store.append('order-1', [one.event], 'no_stream');
  await embedded.store.append('order-2', [two.event], 'no_stream');
  await embedded.store.append('order-1', [tampered], 0n);
  await embedded.store.append(
    'order-3',
    [chainedEvent('order-3', 0n, GENESIS_HASH, '{}').event],
    'no_stream',
  );
  await expect(toRemote()).rejects.toMatchObject({
    code: 'BROKEN_CHAIN',
    at: { stream: 'order-1', revision: 1n, reason: 'HASH_MISMATCH' },
  });
  expect((await all(remote)).map(({ stream }) => stream)).toEqual(['order-1', 'order-2']);
  expect(await verifyLog(embedded.store)).toMatchObject({
    intact: false,
    events: 2,
    broken: { stream: 'order-1', revision: 1n },
  });
});

describe('a target that holds anything else is refused and left as it is', () => {
  const foreign = chainedEvent('order-x', 0n, GENESIS_HASH, '{}').event;

  beforeEach(async () => {
    await writeChainedLog(embedded.store, { streams: 5, appends: 30, random: randomFrom(9) });
  });
  const refused = async (sentence: RegExp) => {
    const before = await all(remote);
    await expect(toRemote()).rejects.toMatchObject({
      code: 'TARGET_DIFFERS',
      message: expect.stringMatching(sentence),
    });
    expect(await all(remote)).toEqual(before);
  };

  test('events of a stream that the source lacks', async () => {
    await remote.append('order-x', [foreign], 'no_stream');
    await refused(/holds Type0 of order-x at revision 0 .*; the source has Type0 of order-/);
  });

  test('another event in the same place', async () => {
    const [first] = await all(embedded.store);
    await remote.append(first?.stream ?? '', [foreign], 'no_stream');
    await refused(/its id is not the source's/);
  });

  test('other bytes of the same event', async () => {
    const [first] = await all(embedded.store);
    const { id, type, data, metadata } = first as RecordedEvent;
    const stream = first?.stream ?? '';
    await remote.append(stream, [{ id, type, data: data.replace('"2"', ' "2"'), metadata }], 'no_stream');
    await refused(/its data is not the source's/);
  });

  test('more than the source has', async () => {
    await toRemote();
    await remote.append('order-x', [foreign], 'no_stream');
    await refused(/the source has no more events/);
  });

  test('what somebody else writes while the copy runs', async () => {
    let written: Promise<unknown> | undefined;
    const append: EventStore['append'] = async (...given) => {
      written ??= remote.append('order-x', [foreign], 'no_stream');
      await written;
      return once.append(...given);
    };
    await expect(toRemote({ append })).rejects.toMatchObject({ code: 'TARGET_DIFFERS' });
  });
});

test('a target that stays away is given up, and the copy goes on later', async () => {
  const events = await writeChainedLog(embedded.store, { streams: 5, appends: 30, random: randomFrom(2) });
  double.faults.inject({ kind: 'unavailable', methods: ['batchAppend'] });
  await expect(toRemote({ giveUpMs: 300 })).rejects.toMatchObject({ code: 'TARGET_UNAVAILABLE' });
  double.faults.clear();
  expect(await toRemote()).toMatchObject({ copied: events });
});

test('an event that the target finds too large is named, and nothing after it goes over', async () => {
  const large = chainedEvent('order-1', 0n, GENESIS_HASH, JSON.stringify('x'.repeat(1_200_000)));
  await embedded.store.append(
    'order-0',
    [chainedEvent('order-0', 0n, GENESIS_HASH, '{}').event],
    'no_stream',
  );
  await embedded.store.append('order-1', [large.event], 'no_stream');
  await embedded.store.append(
    'order-2',
    [chainedEvent('order-2', 0n, GENESIS_HASH, '{}').event],
    'no_stream',
  );
  await expect(toRemote()).rejects.toMatchObject({
    code: 'TARGET_REFUSES',
    message: expect.stringContaining('order-1 at revision 0'),
    cause: { code: 'APPEND_TOO_LARGE' },
  });
  expect((await all(remote)).map(({ stream }) => stream)).toEqual(['order-0']);
});
