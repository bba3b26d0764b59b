import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http2';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  END,
  EventStoreDBClient,
  isCommandError,
  jsonEvent,
  NO_STREAM,
  START as FROM_START,
  streamNameFilter,
} from '@eventstore/db-client';
import {
  startDoubleOnSqlite,
  type DoubleOnSqlite,
} from '../../../test/support/eventstore-double/on-sqlite.js';
import { until } from '../../../test/support/until.js';
import {
  collect,
  eventOf,
  eventsIn,
  eventsOf,
  fill,
  freshPrefix,
  idsOf,
  listen,
} from '../contract/support.js';
import type { EventStore } from '../port.js';
import { openEventStoreDb } from './event-store.js';

/**
 * The traps of @eventstore/db-client 6.2.1 that ARCHITECTURE.md lists, and those that were met here. Each test shows the
 * trap with the client as it is, on the same double, and then that the adapter does not fall into it.
 */
let double: DoubleOnSqlite;
let store: EventStore;
let client: EventStoreDBClient;
beforeAll(async () => {
  double = await startDoubleOnSqlite();
});
beforeEach(() => {
  store = openEventStoreDb({ url: double.url, attemptMs: 400, giveUpMs: 1_500 });
  client = EventStoreDBClient.connectionString(double.url);
});
afterEach(async () => {
  double.faults.clear();
  await store.close();
  await client.dispose();
});
afterAll(() => double.dispose());

const someEvent = () => jsonEvent({ type: 'Noted', data: { a: 1 } });

describe('caughtUp and checkpoints', () => {
  test('the client: both are told before its reader has read the events before them', async () => {
    const prefix = freshPrefix();
    await fill(store, prefix, 10);
    let read = 0;
    const readWhenTold = { checkpoint: [] as number[], caughtUp: [] as number[] };
    const filter = streamNameFilter({
      prefixes: [prefix],
      maxSearchWindow: 5,
      checkpointReached: async () => void readWhenTold.checkpoint.push(read),
    });
    const subscription = client.subscribeToAll({ fromPosition: FROM_START, filter });
    subscription.on('caughtUp', () => readWhenTold.caughtUp.push(read));
    for await (const _ of subscription) {
      await until(() => readWhenTold.caughtUp.length > 0);
      if (++read === 10) break;
    }
    await subscription.unsubscribe();
    expect(readWhenTold.checkpoint.length).toBeGreaterThanOrEqual(2);
    expect(Math.max(...readWhenTold.checkpoint, ...readWhenTold.caughtUp)).toBe(0);
  });

  test('the adapter: they stand in line behind the events, however slowly these are read', async () => {
    const prefix = freshPrefix();
    const { last } = await fill(store, prefix, 20);
    const listener = listen(store, { filter: { streamPrefixes: [prefix] } }, () => sleep(5));
    await listener.until((messages) => messages.some(({ kind }) => kind === 'caughtUp'));
    const before = listener.messages.slice(
      0,
      listener.messages.findIndex(
        (message) => message.kind !== 'events' && message.position >= last.position,
      ),
    );
    expect(eventsIn(before)).toHaveLength(20);
    await listener.stop();
  });
});

describe('a lost subscription', () => {
  test('the client: it ends with an error, and stays ended', async () => {
    const subscription = client.subscribeToAll({ fromPosition: END });
    const caughtUp = once(subscription, 'caughtUp');
    const outcome = collect(subscription).then(
      () => 'ended',
      () => 'failed',
    );
    await caughtUp;
    double.faults.dropSubscriptions();
    expect(await outcome).toBe('failed');
    await until(() => double.openCalls() === 0);
  });

  test('the adapter: it subscribes again after what it has told, without loss or repetition', async () => {
    const prefix = freshPrefix();
    const listener = listen(store, { after: await store.head(), filter: { streamPrefixes: [prefix] } });
    await listener.until((messages) => messages.some(({ kind }) => kind === 'caughtUp'));
    const all: string[] = [];
    for (let round = 0; round < 4; round++) {
      all.push(...idsOf((await fill(store, `${prefix}${round}`, 30)).events));
      await until(() => double.faults.openSubscriptions > 0);
      double.faults.dropSubscriptions();
    }
    await listener.until(() => listener.events().length >= all.length);
    expect(idsOf(listener.events())).toEqual(all);
    await listener.stop();
  });
});

describe('the revision of a conflict', () => {
  test('the client: with throwOnAppendFailure=false a batch append says 1, whatever it is', async () => {
    const quiet = EventStoreDBClient.connectionString(`${double.url}&throwOnAppendFailure=false`);
    const stream = freshPrefix();
    await fill(store, stream, 7);
    const result = await quiet.appendToStream(stream, someEvent(), { expectedRevision: NO_STREAM });
    expect(result).toMatchObject({ success: false, nextExpectedRevision: 1n });
    await quiet.dispose();
  });

  test('the adapter: it is the actual one', async () => {
    const stream = freshPrefix();
    await fill(store, stream, 7);
    await expect(store.append(stream, [eventOf()], 'no_stream')).rejects.toMatchObject({
      code: 'REVISION_CONFLICT',
      actual: 6n,
    });
  });
});

describe('a frozen server', () => {
  test('the client holds an append beyond its deadline; the adapter gives it up in time', async () => {
    await client.appendToStream(freshPrefix(), someEvent());
    double.faults.inject({ kind: 'frozen' });
    let settled = false;
    client
      .appendToStream(freshPrefix(), someEvent(), { deadline: 100 })
      .catch(() => undefined)
      .finally(() => (settled = true));
    await expect(store.append(freshPrefix(), [eventOf()], 'no_stream')).rejects.toMatchObject({
      code: 'OUTCOME_UNKNOWN',
    });
    expect(settled).toBe(false);
  });

  test('the adapter gives up reads, pings and heads in time, too', async () => {
    double.faults.inject({ kind: 'frozen' });
    const unavailable = { code: 'STORE_UNAVAILABLE' };
    await expect(collect(store.readStream('any'))).rejects.toMatchObject(unavailable);
    await expect(store.head()).rejects.toMatchObject(unavailable);
    await expect(store.ping()).rejects.toMatchObject(unavailable);
  });

  test('an append goes through when it thaws', async () => {
    const stream = freshPrefix();
    const patient = openEventStoreDb({ url: double.url, attemptMs: 200 });
    const before = double.faults.hits('frozen');
    double.faults.inject({ kind: 'frozen' });
    const result = patient.append(stream, eventsOf(2), 'no_stream');
    await until(() => double.faults.hits('frozen') >= before + 2);
    double.faults.clear();
    expect(await result).toMatchObject({ revision: 1n });
    await patient.close();
  });
});

describe('a server that is down', () => {
  const down = 'esdb://127.0.0.1:1?tls=false';

  test('the client: a raw gRPC error of code 14, none of its own', async () => {
    const nobody = EventStoreDBClient.connectionString(down);
    const error = await nobody.appendToStream('any', someEvent()).catch((thrown: Error) => thrown);
    expect(error).toMatchObject({ code: 14 });
    expect(isCommandError(error as Error)).toBe(false);
    await nobody.dispose();
  });

  test('the adapter: STORE_UNAVAILABLE, since nothing was sent', async () => {
    const nobody = openEventStoreDb({ url: down, connectMs: 200, giveUpMs: 600 });
    const unavailable = { code: 'STORE_UNAVAILABLE' };
    await expect(nobody.append('any', [eventOf()], 'no_stream')).rejects.toMatchObject(unavailable);
    await expect(nobody.ping()).rejects.toMatchObject(unavailable);
    await expect(nobody.head()).rejects.toMatchObject(unavailable);
    await expect(collect(nobody.readStream('any'))).rejects.toMatchObject(unavailable);
    await nobody.close();
  });
});

describe('two stores in one process', () => {
  let other: DoubleOnSqlite;
  beforeAll(async () => {
    other = await startDoubleOnSqlite();
  });
  afterAll(() => other.dispose());

  /** An append on one node is under way while the connection to another is cut. */
  const cutTheOther = async (appendHere: () => Promise<unknown>, appendThere: () => Promise<unknown>) => {
    await appendThere();
    await appendHere();
    double.faults.inject({ kind: 'slow', delayMs: 300, times: 1, methods: ['batchAppend'] });
    const here = appendHere().then(
      () => 'appended',
      () => 'failed',
    );
    await until(() => double.faults.list().length === 0);
    other.cutConnections();
    return here;
  };

  test('the client: a connection lost on one fails what is under way on the other', async () => {
    const there = EventStoreDBClient.connectionString(other.url);
    const outcome = await cutTheOther(
      () => client.appendToStream(freshPrefix(), someEvent()),
      () => there.appendToStream(freshPrefix(), someEvent()),
    );
    expect(outcome).toBe('failed');
    await there.dispose();
  });

  test('the adapter: each has its own', async () => {
    const there = openEventStoreDb({ url: other.url });
    const outcome = await cutTheOther(
      () => store.append(freshPrefix(), [eventOf()], 'no_stream'),
      () => there.append(freshPrefix(), [eventOf()], 'no_stream'),
    );
    expect(outcome).toBe('appended');
    await there.close();
  });
});

describe('handlers', () => {
  test('the client: on(data, async) runs them at the same time; the adapter waits for each', async () => {
    const prefix = freshPrefix();
    await fill(store, prefix, 10);
    const counter = () => {
      let running = 0;
      const seen = { most: 0, done: 0 };
      const handle = async () => {
        seen.most = Math.max(seen.most, ++running);
        await sleep(5);
        running -= 1;
        seen.done += 1;
      };
      return { seen, handle };
    };
    const byEvents = counter();
    client.readStream(prefix).on('data', byEvents.handle);
    await until(() => byEvents.seen.done === 10);
    expect(byEvents.seen.most).toBeGreaterThan(1);

    const byIteration = counter();
    const listener = listen(store, { filter: { streamPrefixes: [prefix] } }, byIteration.handle);
    await until(() => byIteration.seen.done > 0);
    for (let more = 0; more < 5; more++) await store.append(`${prefix}${more}`, [eventOf()], 'no_stream');
    await listener.until((messages) => eventsIn(messages).length === 15);
    await until(() => byIteration.seen.done === listener.messages.length);
    expect(byIteration.seen.done).toBeGreaterThan(2);
    expect(byIteration.seen.most).toBe(1);
    await listener.stop();
  });
});

describe('flow control', () => {
  test('the client: 64 KiB may be under way; the adapter lets a server send ahead', async () => {
    const server = createServer();
    const windows: (number | undefined)[] = [];
    server.on('session', (session) => {
      session.once('remoteSettings', ({ initialWindowSize }) => windows.push(initialWindowSize));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `esdb://127.0.0.1:${(server.address() as AddressInfo).port}?tls=false`;
    const narrow = EventStoreDBClient.connectionString(url);
    void collect(narrow.readStream('any')).catch(() => undefined);
    await until(() => windows.length === 1);
    const wide = openEventStoreDb({ url, attemptMs: 200, giveUpMs: 200 });
    await wide.ping().catch(() => undefined);
    await until(() => windows.length === 2);
    expect(windows).toEqual([65_535, 2_097_152]);
    await wide.close();
    await narrow.dispose();
    server.close();
  });
});

describe('leaving', () => {
  test('the client leaves its calls open unless disposed; the adapter closes all with it', async () => {
    await until(() => double.openCalls() === 0);
    await client.appendToStream(freshPrefix(), someEvent());
    expect(double.openCalls()).toBe(1);
    await client.dispose();
    await until(() => double.openCalls() === 0);

    const listener = listen(store, { after: await store.head() });
    await store.append(freshPrefix(), [eventOf()], 'no_stream');
    await until(() => double.openCalls() === 2);
    await store.close();
    await until(() => double.openCalls() === 0);
    await expect(listener.ended).rejects.toMatchObject({ code: 'SUBSCRIPTION_LOST' });
  });
});

describe('a server whose clock is ahead', () => {
  test('the client: its appends are too late before they come; the adapter sends no deadline', async () => {
    const ahead = await double.another({ clockAheadMs: 3_600_000 });
    const hasty = EventStoreDBClient.connectionString(ahead.url);
    await expect(hasty.appendToStream(freshPrefix(), someEvent())).rejects.toMatchObject({
      type: 'deadline-exceeded',
    });
    await hasty.dispose();

    const patient = openEventStoreDb({ url: ahead.url });
    await patient.append(freshPrefix(), [eventOf()], 'no_stream');
    await patient.close();
  });
});

test('the client is given a uuid that is maintained', () => {
  const ofTheClient = createRequire(require.resolve('@eventstore/db-client'));
  const { version } = ofTheClient('uuid/package.json') as { version: string };
  expect(Number(version.split('.')[0])).toBeGreaterThanOrEqual(11);
});

test('an event id is kept as it was given', async () => {
  const stream = freshPrefix();
  const id = randomUUID();
  await store.append(stream, [eventOf({ id })], 'no_stream');
  expect(idsOf(await collect(store.readStream(stream)))).toEqual([id]);
});
