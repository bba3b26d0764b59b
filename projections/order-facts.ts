import type { Caller } from '../libs/domain/decision.js';
import type { OrderEvent, OrderEventOf } from '../libs/domain/order/events.js';
import type { Envelope } from '../libs/event-store/envelope.js';
import type { Instant } from '../libs/kernel/instant.js';
import { orderEventOf } from './order-stream.js';

export type OrderEventType = OrderEvent['type'];

/** An event of an order with those parts of its envelope that people are shown. */
export type Fact<T extends OrderEventType = OrderEventType> = {
  [K in T]: {
    /** Decimal text: what whoever cites the fact points at. */
    readonly revision: string;
    readonly type: K;
    readonly data: OrderEventOf<K>['data'];
    /** When it took effect. */
    readonly at: Instant;
    /** When the engine wrote it, where that was later: a deadline takes effect at its due instant. */
    readonly recordedAt?: Instant;
    readonly by: Caller;
  };
}[T];

export function factOf(envelope: Pick<Envelope, 'event' | 'revision' | 'metadata'>): Fact {
  const { occurredAt: at, recordedAt, actor } = envelope.metadata;
  return {
    ...orderEventOf(envelope),
    revision: String(envelope.revision),
    at,
    recordedAt: recordedAt === at ? undefined : recordedAt,
    // Whatever a store holds, its actor was a caller when it was written.
    by: actor as Caller,
  };
}

/** The dispute that a fact is about, if it is about one. */
export const disputeOf = ({ data }: Pick<Fact, 'data'>): number | undefined =>
  'dispute' in data ? (data.dispute ?? undefined) : undefined;
