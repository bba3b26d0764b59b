import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  BACKWARDS,
  binaryEvent,
  END,
  EventStoreDBClient,
  eventTypeFilter,
  excludeSystemEvents,
  FORWARDS,
  isMetastream,
  jsonEvent,
  NO_STREAM,
  START,
  STREAM_EXISTS,
  StreamDeletedError,
  StreamNotFoundError,
  streamNameFilter,
  WrongExpectedVersionError,
  type AllStreamSubscription,
  type JSONEventType,
  type ResolvedEvent,
} from '@eventstore/db-client';
import type { EventStore } from '../../../libs/event-store/port.js';
import { until } from '../until.js';
import { startDoubleOnSqlite, type DoubleOnSqlite } from './on-sqlite.js';
import { startEventStoreDouble } from './server.js';

/** What real clients see of the double: every option of the protocol that it speaks. */
let double: DoubleOnSqlite;
let client: EventStoreDBClient;
beforeAll(async () => {
  double = await startDoubleOnSqlite();
  client = EventStoreDBClient.connectionString(double.url);
});
afterAll(async () => {
  await client.dispose();
  await double.dispose();
});

type Noted = JSONEventType<'Noted', { n: number }>;
const fresh = () => `s_${randomUUID().replaceAll('-', '')}`;
const event = (n = 0, type = 'Noted') => jsonEvent<Noted>({ type: type as 'Noted', data: { n } });
const events = (count: number, from = 0) => Array.from({ length: count }, (_, index) => event(from + index));

async function all<T>(source: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of source) items.push(item);
  return items;
}
const revisions = (read: readonly { event?: { revision: bigint } }[]) =>
  read.map((one) => Number(one.event?.revision));
const numberOf = (one: ResolvedEvent) => (one.event?.data as { n: number } | undefined)?.n;
const numbers = (read: readonly ResolvedEvent[]) => read.map(numberOf);

/** Both append calls: the client takes the single one when it is given credentials. */
const calls = [
  { call: 'BatchAppend', options: {} },
  { call: 'Append', options: { credentials: { username: 'any', password: 'any' } } },
];

describe.each(calls)('$call', ({ options }) => {
  test('answers the revision and position of the last event', async () => {
    const stream = fresh();
    const result = await client.appendToStream(stream, events(3), {
      ...options,
      expectedRevision: NO_STREAM,
    });
    const [last] = await all(
      client.readStream(stream, { direction: BACKWARDS, fromRevision: END, maxCount: 1 }),
    );
    expect(result).toMatchObject({ success: true, nextExpectedRevision: 2n });
    expect(result.position).toEqual(last?.event?.position);
  });

  test.each([
    { held: 2, expected: NO_STREAM, current: 1n },
    { held: 2, expected: 0n, current: 1n },
    { held: 2, expected: 5n, current: 1n },
    { held: 0, expected: 0n, current: 'no_stream' },
    { held: 0, expected: STREAM_EXISTS, current: 'no_stream' },
  ] as const)(
    '$held held, expected $expected: wrong expected version, $current',
    async ({ held, expected, current }) => {
      const stream = fresh();
      if (held) await client.appendToStream(stream, events(held));
      const error = await client
        .appendToStream(stream, event(), { ...options, expectedRevision: expected })
        .catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(WrongExpectedVersionError);
      expect(error).toMatchObject({ streamName: stream, expectedVersion: expected, actualVersion: current });
    },
  );

  test('any and stream_exists append wherever the stream is', async () => {
    const stream = fresh();
    await client.appendToStream(stream, event(0), options);
    await client.appendToStream(stream, event(1), { ...options, expectedRevision: STREAM_EXISTS });
    const { nextExpectedRevision } = await client.appendToStream(stream, event(2), options);
    expect(nextExpectedRevision).toBe(2n);
  });

  test.each(['any', NO_STREAM] as const)(
    'the same ids at %s again: the first answer',
    async (expectedRevision) => {
      const stream = fresh();
      const batch = events(3);
      const first = await client.appendToStream(stream, batch, { ...options, expectedRevision });
      await client.appendToStream(stream, event(9), options);
      expect(await client.appendToStream(stream, batch, { ...options, expectedRevision })).toEqual(first);
      expect(await all(client.readStream(stream))).toHaveLength(4);
    },
  );

  test('some of the ids again: wrong expected version', async () => {
    const stream = fresh();
    const [a, b] = [event(0), event(1)];
    await client.appendToStream(stream, [a, b], options);
    const again = client.appendToStream(stream, [a, event(2)], { ...options, expectedRevision: NO_STREAM });
    await expect(again).rejects.toBeInstanceOf(WrongExpectedVersionError);
  });

  test('more than the maximum append size: nothing is written', async () => {
    const stream = fresh();
    const large = jsonEvent({ type: 'Large', data: { text: 'x'.repeat(600_000) } });
    await expect(
      client.appendToStream(stream, [large, { ...large, id: randomUUID() }], options),
    ).rejects.toMatchObject({ type: 'maximum-append-size-exceeded', maxAppendSize: 1_048_576 });
    await expect(all(client.readStream(stream))).rejects.toBeInstanceOf(StreamNotFoundError);
  });

  test('binary data, binary metadata and none', async () => {
    const stream = fresh();
    const bytes = Uint8Array.from([0, 1, 0xff, 0xfe, 0]);
    await client.appendToStream(
      stream,
      [
        binaryEvent({ type: 'Bytes', data: bytes, metadata: bytes }),
        binaryEvent({ type: 'Empty', data: new Uint8Array() }),
        jsonEvent({ type: 'Json', data: { a: '\u0000' }, metadata: bytes }),
      ],
      options,
    );
    const [first, second, third] = await all(client.readStream(stream));
    expect(first?.event).toMatchObject({ isJson: false, data: bytes, metadata: bytes });
    expect(second?.event).toMatchObject({ isJson: false, data: new Uint8Array() });
    expect(second?.event?.metadata).toBeUndefined();
    expect(third?.event).toMatchObject({ isJson: true, data: { a: '\u0000' }, metadata: bytes });
  });
});

test('a batch of several messages is one append', async () => {
  const stream = fresh();
  const batch = Array.from({ length: 40 }, () =>
    jsonEvent({ type: 'Big', data: { text: 'x'.repeat(20_000) } }),
  );
  await client.appendToStream(stream, batch, { batchAppendSize: 100_000, expectedRevision: NO_STREAM });
  expect(revisions(await all(client.readStream(stream)))).toEqual(batch.map((_, index) => index));
});

describe('reading a stream', () => {
  const stream = fresh();
  beforeAll(() => client.appendToStream(stream, events(10)));
  const read = async (options: Parameters<EventStoreDBClient['readStream']>[1]) =>
    revisions(await all(client.readStream(stream, options)));

  test.each([
    { options: {}, yields: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] },
    { options: { fromRevision: 7n }, yields: [7, 8, 9] },
    { options: { fromRevision: 7n, maxCount: 2 }, yields: [7, 8] },
    { options: { fromRevision: 10n }, yields: [] },
    { options: { fromRevision: END }, yields: [] },
    { options: { direction: BACKWARDS, fromRevision: END, maxCount: 3 }, yields: [9, 8, 7] },
    { options: { direction: BACKWARDS, fromRevision: 2n }, yields: [2, 1, 0] },
    { options: { direction: BACKWARDS, fromRevision: 99n, maxCount: 1 }, yields: [9] },
    { options: { direction: BACKWARDS, fromRevision: START }, yields: [0] },
    { options: { direction: FORWARDS, maxCount: 1 }, yields: [0] },
    { options: { resolveLinkTos: true, maxCount: 1 }, yields: [0] },
  ] as const)('$options: $yields', async ({ options, yields }) => {
    expect(await read(options)).toEqual(yields);
  });

  test('a missing one is not found', async () => {
    await expect(all(client.readStream(fresh()))).rejects.toBeInstanceOf(StreamNotFoundError);
  });

  test('an event says its type, when it was written, and where', async () => {
    const [one] = await all(client.readStream(stream, { maxCount: 1 }));
    expect(one?.event).toMatchObject({ type: 'Noted', isJson: true, streamId: stream, data: { n: 0 } });
    expect(Math.abs(Date.now() - (one?.event?.created.getTime() ?? 0))).toBeLessThan(60_000);
    expect(one?.event?.position?.commit).toBe(one?.commitPosition);
  });

  test('while a client does not read on, the server does not, either', async () => {
    const long = fresh();
    for (let at = 0; at < 5_000; at += 500) await client.appendToStream(long, events(500, at));
    let taken = 0;
    const counting: EventStore = {
      ...double.store,
      async *readStream(...options) {
        for await (const one of double.store.readStream(...options)) {
          taken += 1;
          yield one;
        }
      },
    };
    const node = await startEventStoreDouble({ log: counting });
    const reader = EventStoreDBClient.connectionString(node.url);
    const source = reader.readStream(long)[Symbol.asyncIterator]();
    await source.next();
    let before = -1;
    await until(async () => {
      const still = taken === before;
      before = taken;
      await sleep(100);
      return still;
    });
    expect(taken).toBeLessThan(3_000);
    let rest = 0;
    while (!(await source.next()).done) rest += 1;
    expect(rest).toBe(4_999);
    await reader.dispose();
    await node.stop();
  });
});

describe('reading all', () => {
  const streams = [fresh(), fresh()] as const;
  let positions: { commit: bigint; prepare: bigint }[];
  beforeAll(async () => {
    for (let n = 0; n < 10; n++) await client.appendToStream(streams[n % 2] ?? '', event(n));
    const ours = (await all(client.readAll())).filter(({ event: one }) =>
      streams.includes(one?.streamId ?? ''),
    );
    positions = ours.flatMap(({ event: one }) => (one ? [one.position] : []));
  });
  const read = async (options: Parameters<EventStoreDBClient['readAll']>[0]) =>
    numbers(await all(client.readAll(options)));

  test('forwards a position is inclusive, backwards exclusive', async () => {
    const fromPosition = positions[6];
    expect(fromPosition).toBeDefined();
    expect(await read({ fromPosition, maxCount: 2 })).toEqual([6, 7]);
    expect(await read({ fromPosition, maxCount: 3, direction: BACKWARDS })).toEqual([5, 4, 3]);
  });

  test('from the end backwards, the last first; from the end forwards, nothing', async () => {
    expect(await read({ fromPosition: END, direction: BACKWARDS, maxCount: 3 })).toEqual([9, 8, 7]);
    expect(await read({ fromPosition: END })).toEqual([]);
  });

  test('positions rise', () => {
    const commits = positions.map(({ commit }) => commit);
    expect(commits).toEqual(commits.toSorted((a, b) => (a < b ? -1 : 1)));
    expect(new Set(commits).size).toBe(10);
  });
});

/** Collects what a subscription says, in the order in which it says it. */
function heard(subscription: AllStreamSubscription | ReturnType<EventStoreDBClient['subscribeToStream']>) {
  const said: (number | string)[] = [];
  subscription
    .on('confirmation', () => said.push('confirmation'))
    .on('caughtUp', () => said.push('caughtUp'))
    .on('data', (one: ResolvedEvent) => said.push(numberOf(one) ?? 'no event'))
    .on('error', (error: Error) => said.push(error.constructor.name));
  return said;
}

describe('subscribing to all', () => {
  test('is exclusive, confirms, tells history, catches up, and goes on live', async () => {
    const stream = fresh();
    await client.appendToStream(stream, events(5));
    const [second] = await all(client.readStream(stream, { fromRevision: 1n, maxCount: 1 }));
    const filter = streamNameFilter({ prefixes: [stream] });
    const subscription = client.subscribeToAll({ fromPosition: second?.event?.position, filter });
    const said = heard(subscription);
    await until(() => said.includes('caughtUp'));
    await client.appendToStream(stream, events(2, 5));
    await until(() => said.includes(6));
    expect(said).toEqual(['confirmation', 2, 3, 4, 'caughtUp', 5, 6]);
    await subscription.unsubscribe();
  });

  test('from the end: only what comes', async () => {
    const stream = fresh();
    await client.appendToStream(stream, events(2));
    const subscription = client.subscribeToAll({ fromPosition: END });
    const said = heard(subscription);
    await until(() => said.includes('caughtUp'));
    await client.appendToStream(stream, event(7));
    await until(() => said.includes(7));
    expect(said).toEqual(['confirmation', 'caughtUp', 7]);
    await subscription.unsubscribe();
  });

  test.each([
    {
      by: 'stream prefixes',
      filterOf: (p: string) => streamNameFilter({ prefixes: [`${p}a`, `${p}c`] }),
      yields: [0, 1, 4, 5],
    },
    {
      by: 'a stream pattern',
      filterOf: (p: string) => streamNameFilter({ regex: `^${p}[bc]$` }),
      yields: [2, 3, 4, 5],
    },
    {
      by: 'type prefixes',
      filterOf: (p: string) => eventTypeFilter({ prefixes: [`${p}Even`] }),
      yields: [0, 2, 4],
    },
    {
      by: 'a type pattern',
      filterOf: (p: string) => eventTypeFilter({ regex: `^${p}O` }),
      yields: [1, 3, 5],
    },
  ])('filters by $by', async ({ filterOf, yields }) => {
    const prefix = fresh();
    for (const [index, name] of ['a', 'b', 'c'].entries()) {
      await client.appendToStream(`${prefix}${name}`, [
        event(2 * index, `${prefix}Even`),
        event(2 * index + 1, `${prefix}Odd`),
      ]);
    }
    const subscription = client.subscribeToAll({ fromPosition: START, filter: filterOf(prefix) });
    const said = heard(subscription);
    await until(() => said.includes('caughtUp'));
    expect(said).toEqual(['confirmation', ...yields, 'caughtUp']);
    await subscription.unsubscribe();
  });

  test('a checkpoint comes each window times interval events, passing the filter or not', async () => {
    const stream = fresh();
    const after = await client.appendToStream(fresh(), event());
    await client.appendToStream(stream, events(50));
    const checkpoints: bigint[] = [];
    const filter = eventTypeFilter({
      prefixes: ['None'],
      maxSearchWindow: 5,
      checkpointInterval: 2,
      checkpointReached: async (_, { commit }) => void checkpoints.push(commit),
    });
    const subscription = client.subscribeToAll({ fromPosition: after.position, filter });
    const said = heard(subscription);
    await until(() => said.includes('caughtUp'));
    const start = after.position?.commit ?? 0n;
    expect(checkpoints.map((commit) => Number(commit - start))).toEqual([10, 20, 30, 40, 50, 50]);
    await client.appendToStream(stream, events(10));
    await until(() => checkpoints.length === 7);
    await subscription.unsubscribe();
  });

  test('system events can be left out', async () => {
    const stream = fresh();
    const after = await client.appendToStream(fresh(), event());
    await client.setStreamMetadata(stream, { maxCount: 5 });
    await client.appendToStream(stream, event(3));
    const fromPosition = after.position;
    const streamsOf = async (filter?: ReturnType<typeof excludeSystemEvents>) => {
      const seen: string[] = [];
      for await (const { event: one } of client.subscribeToAll({ fromPosition, filter })) {
        seen.push(one?.streamId ?? '');
        if (one?.streamId === stream) return seen;
      }
      return seen;
    };
    expect((await streamsOf()).some(isMetastream)).toBe(true);
    expect(await streamsOf(excludeSystemEvents())).toEqual([stream]);
  });

  test('a client that reads slowly while live is told that it fell behind, and that it has caught up again', async () => {
    const stream = fresh();
    const subscription = client.subscribeToAll({
      fromPosition: END,
      filter: streamNameFilter({ prefixes: [stream] }),
    });
    const said: string[] = [];
    subscription.on('caughtUp', () => said.push('caughtUp')).on('fellBehind', () => said.push('fellBehind'));
    const iterator = subscription[Symbol.asyncIterator]();
    await until(() => said.includes('caughtUp'));
    for (let at = 0; at < 4_000; at += 500) await client.appendToStream(stream, events(500, at));
    for (let n = 0; n < 4_000; n++) {
      const { value } = (await iterator.next()) as { value: ResolvedEvent };
      expect(numberOf(value)).toBe(n);
    }
    await until(() => said.length > 1 && said.at(-1) === 'caughtUp');
    expect(said).toEqual(said.map((_, index) => (index % 2 === 0 ? 'caughtUp' : 'fellBehind')));
    await subscription.unsubscribe();
  });
});

describe('subscribing to a stream', () => {
  test('is exclusive, and waits for a stream that is not there yet', async () => {
    const stream = fresh();
    const fromStart = client.subscribeToStream(stream);
    const saidFromStart = heard(fromStart);
    await until(() => saidFromStart.includes('caughtUp'));
    await client.appendToStream(stream, events(3));
    const fromFirst = client.subscribeToStream(stream, { fromRevision: 0n });
    const saidFromFirst = heard(fromFirst);
    const fromEnd = client.subscribeToStream(stream, { fromRevision: END });
    const saidFromEnd = heard(fromEnd);
    await until(() => saidFromFirst.includes('caughtUp') && saidFromEnd.includes('caughtUp'));
    await client.appendToStream(stream, event(3));
    for (const said of [saidFromStart, saidFromFirst, saidFromEnd]) await until(() => said.includes(3));
    expect(saidFromStart).toEqual(['confirmation', 'caughtUp', 0, 1, 2, 3]);
    expect(saidFromFirst).toEqual(['confirmation', 1, 2, 'caughtUp', 3]);
    expect(saidFromEnd).toEqual(['confirmation', 'caughtUp', 3]);
    await Promise.all([fromStart, fromFirst, fromEnd].map((one) => one.unsubscribe()));
  });

  test('ends when the stream is tombstoned', async () => {
    const stream = fresh();
    await client.appendToStream(stream, event());
    const said = heard(client.subscribeToStream(stream));
    await until(() => said.includes('caughtUp'));
    await client.tombstoneStream(stream);
    await until(() => said.includes('StreamDeletedError'));
  });
});

describe('deleting', () => {
  test('soft: not found, until it is written again; revisions go on, old events stay hidden', async () => {
    const stream = fresh();
    await client.appendToStream(stream, events(3));
    const { position } = await client.deleteStream(stream, { expectedRevision: 2n });
    expect(position?.commit).toBeGreaterThan(0n);
    await expect(all(client.readStream(stream))).rejects.toBeInstanceOf(StreamNotFoundError);
    const again = await client.appendToStream(stream, events(2, 3), { expectedRevision: NO_STREAM });
    expect(again.nextExpectedRevision).toBe(4n);
    expect(revisions(await all(client.readStream(stream)))).toEqual([3, 4]);
    expect(
      revisions(await all(client.readStream(stream, { direction: BACKWARDS, fromRevision: END }))),
    ).toEqual([4, 3]);
    expect((await client.getStreamMetadata(stream)).metadata).toMatchObject({ truncateBefore: 3 });
  });

  test('soft: metadata brings the stream back, empty', async () => {
    const stream = fresh();
    await client.appendToStream(stream, events(3));
    await client.deleteStream(stream);
    await client.setStreamMetadata(stream, { maxCount: 10 });
    expect(await all(client.readStream(stream))).toEqual([]);
    await client.appendToStream(stream, event(3), { expectedRevision: 2n });
    expect(revisions(await all(client.readStream(stream)))).toEqual([3]);
  });

  test('soft: stream_exists is refused', async () => {
    const stream = fresh();
    await client.appendToStream(stream, events(1));
    await client.deleteStream(stream);
    const append = client.appendToStream(stream, event(), { expectedRevision: STREAM_EXISTS });
    await expect(append).rejects.toBeInstanceOf(StreamDeletedError);
  });

  test.each(calls)('hard: for ever, and said so by $call', async ({ options }) => {
    const stream = fresh();
    await client.appendToStream(stream, events(2));
    await client.tombstoneStream(stream, { expectedRevision: 1n });
    await expect(all(client.readStream(stream))).rejects.toBeInstanceOf(StreamDeletedError);
    await expect(client.appendToStream(stream, event(), options)).rejects.toMatchObject({
      type: 'stream-deleted',
      streamName: stream,
    });
    await expect(client.tombstoneStream(stream)).rejects.toBeInstanceOf(StreamDeletedError);
    const [last] = await all(client.readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 1 }));
    expect(last?.event).toMatchObject({
      type: '$streamDeleted',
      streamId: stream,
      revision: 9_223_372_036_854_775_807n,
    });
  });

  test.each(['deleteStream', 'tombstoneStream'] as const)(
    '%s at the wrong revision is refused',
    async (method) => {
      const stream = fresh();
      await client.appendToStream(stream, events(2));
      await expect(client[method](stream, { expectedRevision: 0n })).rejects.toMatchObject({
        type: 'wrong-expected-version',
        expectedVersion: 0n,
        actualVersion: 1n,
      });
      expect(await all(client.readStream(stream))).toHaveLength(2);
    },
  );
});

describe('stream metadata', () => {
  test('is a stream of its own, read back as it was set', async () => {
    const stream = fresh();
    expect(await client.getStreamMetadata(stream)).toEqual({ streamName: stream });
    await client.setStreamMetadata(stream, { maxCount: 3, colour: 'red' }, { expectedRevision: NO_STREAM });
    expect((await client.getStreamMetadata(stream)).metadata).toEqual({ maxCount: 3, colour: 'red' });
    expect(revisions(await all(client.readStream(`$$${stream}`)))).toEqual([0]);
    const stale = client.setStreamMetadata(stream, {}, { expectedRevision: NO_STREAM });
    await expect(stale).rejects.toBeInstanceOf(WrongExpectedVersionError);
  });

  test('$maxCount hides all but the last, $tb what is before, and the stricter one counts', async () => {
    const stream = fresh();
    await client.appendToStream(stream, events(10));
    const readBoth = async () => [
      revisions(await all(client.readStream(stream))),
      revisions(await all(client.readStream(stream, { direction: BACKWARDS, fromRevision: END }))),
    ];
    await client.setStreamMetadata(stream, { maxCount: 3 });
    expect(await readBoth()).toEqual([
      [7, 8, 9],
      [9, 8, 7],
    ]);
    await client.setStreamMetadata(stream, { maxCount: 3, truncateBefore: 9 });
    expect(await readBoth()).toEqual([[9], [9]]);
    await client.setStreamMetadata(stream, { truncateBefore: 6 });
    expect(await readBoth()).toEqual([
      [6, 7, 8, 9],
      [9, 8, 7, 6],
    ]);
    expect(revisions(await all(client.readStream(stream, { fromRevision: 2n, maxCount: 2 })))).toEqual([
      6, 7,
    ]);
    expect(
      (await client.appendToStream(stream, event(), { expectedRevision: 9n })).nextExpectedRevision,
    ).toBe(10n);
  });

  test('$maxAge hides what is older', async () => {
    const stream = fresh();
    await client.appendToStream(stream, events(2));
    await client.setStreamMetadata(stream, { maxAge: 3_600 });
    expect(await all(client.readStream(stream))).toHaveLength(2);
    const later = await double.another({ clockAheadMs: 3_700_000 });
    const inAnHour = EventStoreDBClient.connectionString(later.url);
    expect(await all(inAnHour.readStream(stream))).toEqual([]);
    await inAnHour.dispose();
  });

  test('nothing of it hides events from a read of all', async () => {
    const stream = fresh();
    const { position } = await client.appendToStream(stream, event(0));
    await client.appendToStream(stream, events(3, 1));
    await client.setStreamMetadata(stream, { maxCount: 1 });
    await client.deleteStream(stream);
    const ours = (await all(client.readAll({ fromPosition: position }))).filter(
      ({ event: one }) => one?.streamId === stream,
    );
    expect(numbers(ours)).toEqual([0, 1, 2, 3]);
  });
});
