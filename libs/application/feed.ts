import { LRUCache } from 'lru-cache';
import type { Caller } from '../domain/decision.js';
import type { OrderEventOf } from '../domain/order/events.js';
import { mayBeTold, opensEverySeal } from '../domain/order/dispute/seal.js';
import { parseStream } from '../domain/streams.js';
import type { Role } from '../domain/vocabulary.js';
import type { Envelope } from '../event-store/envelope.js';
import type { EventFilter, Position, RecordedEvent } from '../event-store/port.js';
import type { OrderRunner } from './runners.js';
import type { RunnerServices } from './runner-services.js';

/** Who is given events of all streams in order. */
const SERVICES: ReadonlySet<Role> = new Set<Role>([
  'agent',
  'arbitrator',
  'appeal_arbitrator',
  'payments',
  'logistics',
  'risk',
  'policy_admin',
  'auditor',
]);

/** An event for a caller. */
export interface Told {
  readonly envelope: Envelope;
  /** It is about evidence whose seal holds for the caller now: to be announced, and not described. */
  readonly sealed: boolean;
}

export interface FeedPage {
  readonly events: readonly Told[];
  /** Ask for what comes after it next; it moves on also when nothing was for the caller. */
  readonly next: Position;
}

export interface FeedRequest {
  readonly caller: Caller;
  /** Exclusive. */
  readonly after: Position;
  /** Absent: every type. */
  readonly types?: readonly string[];
}

/** What follows next in a live feed. */
export type FeedMessage =
  | { readonly kind: 'event'; readonly event: Told }
  /** Everything for the caller up to here was given. */
  | { readonly kind: 'reached'; readonly position: Position };

/** Every event in order, for other services; to a buyer or a supplier, those of its own orders. */
export interface Feed {
  /** False for those who are given no events at all. */
  admits(caller: Caller): boolean;
  page(request: FeedRequest & { readonly limit: number }): Promise<FeedPage>;
  /** Ends when the signal is aborted; rejects when the store is lost. */
  follow(request: FeedRequest, signal: AbortSignal): AsyncIterable<FeedMessage>;
}

/** One page looks at no more events than this, however few of them are for the caller. */
const LOOKED_AT = 5_000;
const REMEMBERED_ORDERS = 100_000;

export function createFeed(
  { store, codec }: Pick<RunnerServices, 'store' | 'codec'>,
  orders: Pick<OrderRunner, 'read'>,
): Feed {
  const parties = new LRUCache<string, { readonly buyer: string; readonly supplier: string }>({
    max: REMEMBERED_ORDERS,
  });

  /** An order's parties never change, and stand in its first event. */
  const partiesOf = async (stream: string) => {
    const known = parties.get(stream);
    if (known !== undefined) return known;
    for await (const recorded of store.readStream(stream, { limit: 1 })) {
      const { data } = codec.decode(recorded).event as OrderEventOf<'OrderDrafted'>;
      const found = { buyer: data.buyer.id, supplier: data.supplierId };
      parties.set(stream, found);
      return found;
    }
    return undefined;
  };

  const isFor = async ({ role, id }: Caller, stream: string): Promise<boolean> => {
    if (SERVICES.has(role)) return true;
    const found = await partiesOf(stream);
    return (role === 'buyer' && found?.buyer === id) || (role === 'supplier' && found?.supplier === id);
  };

  /** Evidence is told as its seal is now: the order itself is asked, for such events only. */
  const tell = async (caller: Caller, recorded: RecordedEvent): Promise<Told> => {
    const envelope = codec.decode(recorded);
    if (envelope.event.type !== 'EvidenceSubmitted' || opensEverySeal(caller))
      return { envelope, sealed: false };
    const { state } = await orders.read(orderIdIn(recorded.stream));
    return { envelope, sealed: state === undefined || !mayBeTold(envelope.event, state, caller) };
  };

  const filterOf = ({ caller, types }: FeedRequest): EventFilter => ({
    types,
    streamPrefixes: SERVICES.has(caller.role) ? undefined : ['order-'],
  });

  return {
    admits: ({ role }) => SERVICES.has(role) || role === 'buyer' || role === 'supplier',

    async page({ limit, ...request }) {
      const head = await store.head();
      const events: Told[] = [];
      let last = request.after;
      let lookedAt = 0;
      for await (const recorded of store.readAll({
        after: last,
        filter: filterOf(request),
        limit: LOOKED_AT,
      })) {
        last = recorded.position;
        lookedAt++;
        if (await isFor(request.caller, recorded.stream)) events.push(await tell(request.caller, recorded));
        if (events.length === limit) break;
      }
      const exhausted = events.length < limit && lookedAt < LOOKED_AT;
      return { events, next: exhausted && head > last ? head : last };
    },

    async *follow(request, signal) {
      for await (const message of store.subscribe({
        after: request.after,
        filter: filterOf(request),
        signal,
      })) {
        if (message.kind !== 'events') {
          yield { kind: 'reached', position: message.position };
          continue;
        }
        for (const event of message.events) {
          if (!(await isFor(request.caller, event.stream))) continue;
          yield { kind: 'event', event: await tell(request.caller, event) };
        }
      }
    },
  };
}

const orderIdIn = (stream: string): string => parseStream(stream)?.id ?? '';
