import type { RecordedEvent, SubscriptionMessage } from '../../event-store/port.js';
import { liveFeed, type Batch } from './feed.js';

const event = (place: number): RecordedEvent => ({
  id: String(place),
  type: 'Happened',
  data: '{}',
  metadata: '{}',
  stream: 'a-1',
  revision: BigInt(place),
  position: String(place).padStart(4, '0'),
  created: '2026-01-01T00:00:00.000Z',
});

/** A feed on a subscription that yields what the test pushes. */
function feeding(limit: number) {
  const messages: SubscriptionMessage[] = [];
  let wake = () => undefined as void;
  let rings = 0;
  const feed = liveFeed({
    store: {
      async *subscribe({ signal }) {
        signal.addEventListener('abort', () => wake());
        while (!signal.aborted) {
          const message = messages.shift();
          if (message === undefined) await new Promise<void>((resolve) => (wake = resolve));
          else yield message;
        }
      },
      readAll: () => {
        throw new Error('a live feed reads no history');
      },
    },
    after: '',
    types: ['Happened'],
    limit,
    ready: () => (rings += 1),
  });
  return {
    feed,
    left: () => messages.length,
    rings: () => rings,
    async push(...more: SubscriptionMessage[]) {
      messages.push(...more);
      wake();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

const happened = (...places: number[]): SubscriptionMessage[] =>
  places.map((place) => ({ kind: 'events', events: [event(place)] }));
const caughtUp = (place: number): SubscriptionMessage => ({
  kind: 'caughtUp',
  position: event(place).position,
});
const checkpoint = (place: number): SubscriptionMessage => ({
  kind: 'checkpoint',
  position: event(place).position,
});
const places = (batch: Batch | undefined) => batch?.events.map(({ position }) => Number(position));

test('while it is behind it gathers full batches', async () => {
  const { feed, push, rings } = feeding(3);
  await push(...happened(1, 2), checkpoint(2));
  expect(rings()).toBe(0);
  expect(feed.take(3)).toBeUndefined();
  await push(...happened(3, 4));
  expect(rings()).toBe(1);
  const batch = feed.take(3);
  expect(places(batch)).toEqual([1, 2, 3]);
  expect(batch).toMatchObject({ through: '0003', end: false });
  await push(caughtUp(9));
  expect(feed.take(3)).toEqual({ events: [event(4)], through: '0009', end: true });
  await feed.close();
});

test('once it has caught up, whatever is there is ready at once, and so is a checkpoint', async () => {
  const { feed, push, rings } = feeding(3);
  await push(caughtUp(1));
  expect(feed.take(3)).toEqual({ events: [], through: '0001', end: true });
  expect(feed.take(3)).toBeUndefined();
  const before = rings();
  await push(...happened(2));
  expect(rings()).toBe(before + 1);
  expect(places(feed.take(3))).toEqual([2]);
  await push(checkpoint(5));
  expect(feed.take(3)).toEqual({ events: [], through: '0005', end: false });
  expect(feed.take(3)).toBeUndefined();
  await feed.close();
});

test('it reads two batches ahead and no more', async () => {
  const { feed, push, left } = feeding(2);
  await push(...happened(1, 2, 3, 4, 5, 6, 7, 8));
  expect(left()).toBe(4);
  expect(places(feed.take(2))).toEqual([1, 2]);
  expect(places(feed.take(1))).toEqual([3]);
  await push();
  expect(left()).toBeLessThan(4);
  await feed.close();
});

test('events that come together may make more than a batch', async () => {
  const { feed, push, rings } = feeding(2);
  await push({ kind: 'events', events: [1, 2, 3].map(event) });
  expect(rings()).toBe(1);
  expect(places(feed.take(2))).toEqual([1, 2]);
  await push(caughtUp(3));
  expect(feed.take(2)).toEqual({ events: [event(3)], through: '0003', end: true });
  await feed.close();
});

test('a subscription that fails is a fault, one that is closed is not', async () => {
  const { feed: closed } = feeding(1);
  await closed.close();
  expect(closed.fault).toBeUndefined();
  const fault = await new Promise<Error | undefined>((resolve) => {
    const feed = liveFeed({
      store: {
        subscribe: () => {
          throw new Error('lost');
        },
        readAll: () => {
          throw new Error('a live feed reads no history');
        },
      },
      after: '',
      types: [],
      limit: 1,
      ready: () => resolve(feed.fault),
    });
  });
  expect(fault?.message).toBe('lost');
});
