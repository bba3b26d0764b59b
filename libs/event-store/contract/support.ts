import { randomUUID } from 'node:crypto';
import type {
  AppendResult,
  EventStore,
  EventToAppend,
  RecordedEvent,
  SubscribeOptions,
  SubscriptionMessage,
} from '../port.js';

/** What an adapter hands to the contract. */
export interface StoreUnderTest {
  readonly store: EventStore;
  /** One more store on the same log, as another process would open it. The suite closes it. */
  another(): Promise<EventStore>;
  /** Removes what opening made. Called last, after the store was closed. */
  dispose(): Promise<void>;
}

export type Subject = () => StoreUnderTest;

/** A stream name that nobody used before; `prefix` alone selects the streams of one test. */
export const freshPrefix = (): string => `contract_${randomUUID().replaceAll('-', '')}_`;

export const eventOf = (over: Partial<EventToAppend> = {}): EventToAppend => ({
  id: randomUUID(),
  type: 'SomethingHappened',
  data: '{"amount":100}',
  metadata: '{"actor":"buyer"}',
  ...over,
});

export const eventsOf = (count: number, over: Partial<EventToAppend> = {}): EventToAppend[] =>
  Array.from({ length: count }, (_, index) => eventOf({ data: `{"n":${index}}`, ...over }));

export async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of source) all.push(one);
  return all;
}

/** The appended part of a recorded event. */
export const written = ({ id, type, data, metadata }: RecordedEvent): EventToAppend => ({
  id,
  type,
  data,
  metadata,
});

export const idsOf = (events: readonly { readonly id: string }[]): string[] => events.map(({ id }) => id);

/** Appends one stream of `count` events in appends of at most 100. */
export async function fill(
  store: EventStore,
  stream: string,
  count: number,
  over: Partial<EventToAppend> = {},
) {
  const events = eventsOf(count, over);
  let last: AppendResult | undefined;
  for (let at = 0; at < count; at += 100) {
    last = await store.append(stream, events.slice(at, at + 100), last?.revision ?? 'no_stream');
  }
  if (last === undefined) throw new RangeError('fill needs at least one event');
  return { events, last };
}

/** A subscription that is read in the background into `messages`. */
export interface Listener {
  readonly messages: readonly SubscriptionMessage[];
  events(): RecordedEvent[];
  /** Resolves when the condition holds; rejects when the subscription ends before that. */
  until(condition: (messages: readonly SubscriptionMessage[]) => boolean): Promise<void>;
  /** Aborts, and resolves when the iteration has returned normally. */
  stop(): Promise<void>;
  /** Settles when the iteration ends, however it ends. */
  readonly ended: Promise<void>;
}

export function listen(
  store: EventStore,
  options: Omit<SubscribeOptions, 'signal'>,
  onMessage: (message: SubscriptionMessage) => Promise<void> | void = () => undefined,
): Listener {
  const controller = new AbortController();
  const messages: SubscriptionMessage[] = [];
  const waiting = new Set<() => void>();
  const ended = (async () => {
    for await (const message of store.subscribe({ ...options, signal: controller.signal })) {
      messages.push(message);
      for (const check of waiting) check();
      await onMessage(message);
    }
  })();
  ended.catch(() => undefined);
  return {
    messages,
    ended,
    events: () => eventsIn(messages),
    until: (condition) =>
      new Promise((resolve, reject) => {
        const check = () => {
          if (!condition(messages)) return;
          waiting.delete(check);
          resolve();
        };
        waiting.add(check);
        ended.then(() => reject(new Error('the subscription ended before its condition held')), reject);
        check();
      }),
    stop: async () => {
      controller.abort();
      await ended;
    },
  };
}

export const eventsIn = (messages: readonly SubscriptionMessage[]): RecordedEvent[] =>
  messages.flatMap((message) => (message.kind === 'events' ? message.events : []));

/** The furthest position that the messages speak for. */
export const reached = (messages: readonly SubscriptionMessage[]): string =>
  messages.reduce((furthest, message) => {
    const position = message.kind === 'events' ? message.events.at(-1)?.position : message.position;
    return position !== undefined && position > furthest ? position : furthest;
  }, '');
