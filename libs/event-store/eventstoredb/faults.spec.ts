import { setTimeout as sleep } from 'node:timers/promises';
import {
  startDoubleOnSqlite,
  type DoubleOnSqlite,
} from '../../../test/support/eventstore-double/on-sqlite.js';
import { randomFaults, randomFrom } from '../../../test/support/eventstore-double/random-faults.js';
import { startEventStoreDouble } from '../../../test/support/eventstore-double/server.js';
import { until } from '../../../test/support/until.js';
import { collect, eventOf, eventsOf, fill, freshPrefix, idsOf, listen } from '../contract/support.js';
import { START, type EventStore } from '../port.js';
import { openEventStoreDb } from './event-store.js';

/** What the adapter guarantees when the store, or the way to it, fails. */
let double: DoubleOnSqlite;
let store: EventStore;
beforeEach(async () => {
  double = await startDoubleOnSqlite();
  store = openEventStoreDb({ url: double.url, attemptMs: 400, giveUpMs: 5_000 });
});
afterEach(async () => {
  double.faults.clear();
  await store.close();
  await double.dispose();
});

const readIds = async (stream: string) => idsOf(await collect(store.readStream(stream)));

describe('an append', () => {
  test.each([
    { fault: 'an answer lost after the commit', kind: 'timeoutAfterCommit' as const, times: 2 },
    { fault: 'a timeout told after the commit', kind: 'commitTimeout' as const, times: 2 },
    { fault: 'a server that is not ready', kind: 'unavailable' as const, times: 3 },
    { fault: 'a node that is not the leader', kind: 'notLeader' as const, times: 2 },
  ])('$fault: it is repeated, and written once', async ({ kind, times }) => {
    const stream = freshPrefix();
    await store.append(stream, eventsOf(2), 'no_stream');
    const events = eventsOf(3);
    double.faults.inject({ kind, times });
    const result = await store.append(stream, events, 1n);
    expect(result.revision).toBe(4n);
    expect(double.faults.list()).toEqual([]);
    expect(await store.append(stream, events, 1n)).toEqual(result);
    expect((await readIds(stream)).slice(2)).toEqual(idsOf(events));
  });

  test('a first attempt that arrives after its repetition changes nothing', async () => {
    const stream = freshPrefix();
    const events = eventsOf(2);
    const slow = { kind: 'slow', delayMs: 900, times: 1, methods: ['batchAppend'] } as const;
    double.faults.inject(slow);
    const result = await store.append(stream, events, 'no_stream');
    const later = eventsOf(1);
    await store.append(stream, later, result.revision);
    const { version } = double.log;
    await until(() => double.log.version > version);
    expect(await readIds(stream)).toEqual([...idsOf(events), ...idsOf(later)]);
  });

  test('an answer that never comes: OUTCOME_UNKNOWN; the same append later finds out', async () => {
    const stream = freshPrefix();
    const hasty = openEventStoreDb({ url: double.url, attemptMs: 100, giveUpMs: 400 });
    const events = eventsOf(1);
    double.faults.inject({ kind: 'timeoutAfterCommit' });
    const unknown = { code: 'OUTCOME_UNKNOWN' };
    await expect(hasty.append(stream, events, 'no_stream')).rejects.toMatchObject(unknown);
    double.faults.clear();
    expect(await hasty.append(stream, events, 'no_stream')).toMatchObject({ revision: 0n });
    expect(await readIds(stream)).toEqual(idsOf(events));
    await hasty.close();
  });

  test('who lost the race while the outcome was unknown gets the conflict', async () => {
    const stream = freshPrefix();
    double.faults.inject({ kind: 'frozen', methods: ['batchAppend'], times: 1 });
    const loser = store.append(stream, eventsOf(1), 'no_stream');
    await until(() => double.faults.hits('frozen') === 1);
    const winner = eventsOf(2);
    await store.append(stream, winner, 'no_stream');
    await expect(loser).rejects.toMatchObject({ code: 'REVISION_CONFLICT', actual: 1n });
    expect(await readIds(stream)).toEqual(idsOf(winner));
  });

  test('one that is never answered does not hold up the others on the same call', async () => {
    double.faults.inject({ kind: 'timeoutAfterCommit', times: 1 });
    const first = store.append(freshPrefix(), eventsOf(1), 'no_stream');
    const others = await Promise.all(
      Array.from({ length: 50 }, () => store.append(freshPrefix(), eventsOf(1), 'no_stream')),
    );
    expect(others).toHaveLength(50);
    expect(await first).toMatchObject({ revision: 0n });
  });

  test('more than the store takes: APPEND_TOO_LARGE, and appends beside it are not harmed', async () => {
    const large = (mebibytes: number) =>
      eventOf({ data: JSON.stringify('x'.repeat(mebibytes * 1024 * 1024)) });
    const tooLarge = { code: 'APPEND_TOO_LARGE' };
    const [byServer, byUs, beside] = await Promise.allSettled([
      store.append(freshPrefix(), [large(2), large(2), large(2)], 'no_stream'),
      store.append(freshPrefix(), [large(20)], 'no_stream'),
      store.append(freshPrefix(), [eventOf()], 'no_stream'),
    ]);
    expect(byServer).toMatchObject({ status: 'rejected', reason: tooLarge });
    expect(byUs).toMatchObject({ status: 'rejected', reason: tooLarge });
    expect(beside).toMatchObject({ status: 'fulfilled' });
  });

  test('to a stream that was deleted for ever: STREAM_DELETED, also when it is read', async () => {
    const stream = freshPrefix();
    await store.append(stream, eventsOf(1), 'no_stream');
    await double.log.tombstone(stream, 'any');
    const deleted = { code: 'STREAM_DELETED' };
    await expect(store.append(stream, eventsOf(1), 0n)).rejects.toMatchObject(deleted);
    await expect(readIds(stream)).rejects.toMatchObject(deleted);
  });
});

describe('a server that goes away', () => {
  test('appends resume within 5 s of its return, and a subscription goes on', async () => {
    const prefix = freshPrefix();
    const patient = openEventStoreDb({ url: double.url, giveUpMs: 20_000 });
    const listener = listen(patient, { filter: { streamPrefixes: [prefix] } });
    const { events } = await fill(patient, `${prefix}a`, 5);
    await double.stop();
    const waiting = eventsOf(1);
    const append = patient.append(`${prefix}b`, waiting, 'no_stream');
    await expect(store.ping()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await sleep(3_000);
    const back = await double.another({ port: double.port });
    const since = Date.now();
    await append;
    expect(Date.now() - since).toBeLessThan(5_000);
    await listener.until(() => listener.events().length >= 6);
    expect(idsOf(listener.events())).toEqual([...idsOf(events), ...idsOf(waiting)]);
    await listener.stop();
    await patient.close();
    await back.stop();
  });

  test('for good: the subscription is SUBSCRIPTION_LOST', async () => {
    const backOff = { firstMs: 10, maxMs: 20, attempts: 3 };
    const hasty = openEventStoreDb({ url: double.url, connectMs: 100, backOff });
    const listener = listen(hasty, { after: START });
    await listener.until((messages) => messages.some(({ kind }) => kind === 'caughtUp'));
    await double.stop();
    await expect(listener.ended).rejects.toMatchObject({ code: 'SUBSCRIPTION_LOST' });
    await hasty.close();
  });

  test('in the midst of a read: it goes on after the last event', async () => {
    const stream = freshPrefix();
    const { events } = await fill(store, stream, 2_000);
    const seen: string[] = [];
    for await (const event of store.readStream(stream)) {
      seen.push(event.id);
      if (seen.length % 500 === 100) double.cutConnections();
    }
    expect(seen).toEqual(idsOf(events));
  });
});

test('abort ends a subscription that is waiting to be resumed', async () => {
  const backOff = { firstMs: 60_000, maxMs: 60_000, attempts: 3 };
  const sleeper = openEventStoreDb({ url: double.url, backOff });
  const listener = listen(sleeper, { after: START });
  await listener.until((messages) => messages.some(({ kind }) => kind === 'caughtUp'));
  double.faults.dropSubscriptions();
  await until(() => double.openCalls() === 0);
  await listener.stop();
  await sleeper.close();
});

test('a 23.10 server, which drops whoever is too slow: nothing is lost', async () => {
  const old = await startEventStoreDouble({ log: double.log, generation: '23.10' });
  const slow = openEventStoreDb({ url: old.url });
  const prefix = freshPrefix();
  let letGo = () => undefined as void;
  const held = new Promise<void>((resolve) => (letGo = resolve));
  const listener = listen(
    slow,
    { after: await slow.head(), filter: { streamPrefixes: [prefix] } },
    () => held,
  );
  await listener.until((messages) => messages.some(({ kind }) => kind === 'caughtUp'));
  const { events } = await fill(slow, prefix, 4_000);
  letGo();
  await listener.until(() => listener.events().length >= events.length);
  expect(idsOf(listener.events())).toEqual(idsOf(events));
  await listener.stop();
  await slow.close();
  await old.stop();
});

/** The real test of a minute runs with processes; this is its short form. */
test('faults at random: every acknowledged append is there once, and subscriptions tell each once, in order', async () => {
  const seed = 20_260_301;
  const random = randomFrom(seed);
  const prefix = freshPrefix();
  const stores = Array.from({ length: 3 }, () =>
    openEventStoreDb({ url: double.url, attemptMs: 400, giveUpMs: 30_000 }),
  );
  const [first = store] = stores;
  const listener = listen(first, { filter: { streamPrefixes: [prefix] } });
  const filtered = listen(first, { filter: { types: ['Even'], streamPrefixes: [prefix] } });
  let running = true;
  let longestMs = 0;
  const written = stores.flatMap((writer, number) =>
    Array.from({ length: 4 }, async (_, lane) => {
      const stream = `${prefix}${number}-${lane}`;
      const ids: string[] = [];
      for (let at = -1n; running;) {
        const events = eventsOf(1 + Math.floor(random() * 3), { type: ids.length % 2 ? 'Odd' : 'Even' });
        const since = Date.now();
        const { revision } = await writer.append(stream, events, at < 0n ? 'no_stream' : at);
        longestMs = Math.max(longestMs, Date.now() - since);
        expect(revision).toBe(at + BigInt(events.length));
        at = revision;
        ids.push(...idsOf(events));
      }
      return { stream, ids };
    }),
  );
  const { cutConnections } = double;
  const counts = await randomFaults(double.faults, { seed, forMs: 12_000, everyMs: 120, cutConnections });
  running = false;
  const lanes = await Promise.all(written);

  expect(Object.keys(counts).length).toBeGreaterThanOrEqual(6);
  for (const { stream, ids } of lanes) expect(await readIds(stream)).toEqual(ids);
  const log = await collect(store.readAll({ filter: { streamPrefixes: [prefix] } }));
  expect(log.length).toBe(lanes.flatMap(({ ids }) => ids).length);
  await listener.until(() => listener.events().length >= log.length);
  expect(idsOf(listener.events())).toEqual(idsOf(log));
  const even = log.filter(({ type }) => type === 'Even');
  await filtered.until(() => filtered.events().length >= even.length);
  expect(idsOf(filtered.events())).toEqual(idsOf(even));
  expect(longestMs).toBeLessThan(5_000);
  await Promise.all([listener.stop(), filtered.stop()]);
  await Promise.all(stores.map((writer) => writer.close()));
});
