import { InvalidArgumentError } from 'commander';
import { openEventStoreDb } from '../../libs/event-store/eventstoredb/event-store.js';
import type { EventStore } from '../../libs/event-store/port.js';
import { openSqliteEventStore } from '../../libs/event-store/sqlite/event-store.js';

/** Where a log is: a file of the embedded store, or an EventStoreDB. */
export type StoreAddress =
  | { readonly kind: 'sqlite'; readonly file: string }
  | { readonly kind: 'eventstoredb'; readonly url: string };

export const STORE_ADDRESS = 'sqlite:<file>, a file, or esdb://…';

/** `sqlite:data/events.db`, `data/events.db`, `esdb://…`, `esdb+discover://…`. Throws for what is none. */
export function storeAddress(text: string): StoreAddress {
  if (/^(esdb|kurrentdb)(\+discover)?:\/\//.test(text)) return { kind: 'eventstoredb', url: text };
  const file = text.replace(/^sqlite:/, '');
  if (file === '' || /^[a-z+]+:\/\//i.test(file)) throw new InvalidArgumentError(`it is ${STORE_ADDRESS}`);
  return { kind: 'sqlite', file };
}

/** For people: without credentials. */
export const shownAddress = (address: StoreAddress): string =>
  address.kind === 'sqlite' ? address.file : address.url.replace(/\/\/[^/]*@/, '//').replace(/\?.*$/, '');

/** A log to read; a file has to be there. */
export const openSource = async (address: StoreAddress): Promise<EventStore> =>
  address.kind === 'sqlite'
    ? openSqliteEventStore({ file: address.file, readOnly: true })
    : openEventStoreDb({ url: address.url });

/** A log to copy to; a file is made when it is not there. */
export interface Target {
  readonly store: EventStore;
  /** Tries once. */
  readonly append: EventStore['append'];
  close(): Promise<void>;
}

/** For one attempt of an append that waits behind a window of others. */
const ATTEMPT_MS = 15_000;

export async function openTarget(address: StoreAddress): Promise<Target> {
  if (address.kind === 'sqlite') {
    const store = await openSqliteEventStore({ file: address.file });
    return { store, append: store.append, close: () => store.close() };
  }
  const store = openEventStoreDb({ url: address.url });
  const once = openEventStoreDb({ url: address.url, giveUpMs: 0, attemptMs: ATTEMPT_MS });
  const close = async () => void (await Promise.all([store.close(), once.close()]));
  return { store, append: once.append, close };
}

/**
 * How much of a log lies before a position, from 0 to 1: only to guess how long the rest takes. Positions are opaque, but
 * those of both stores begin with a number that grows with the log.
 */
export function shareOf(position: string, head: string): number {
  const number = (text: string) => Number(/^\d+/.exec(text)?.[0] ?? 0);
  return number(head) === 0 ? 1 : Math.min(1, number(position) / number(head));
}
