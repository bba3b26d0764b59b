import type { Caller } from '../../libs/domain/decision.js';
import { orderEventSchemas, type OrderEvent } from '../../libs/domain/order/events.js';
import { narrateOrder, partOf, type OrderPart } from '../../libs/domain/order/narrate.js';
import type { Party } from '../../libs/domain/vocabulary.js';
import type { Envelope } from '../../libs/event-store/envelope.js';
import type { Instant } from '../../libs/kernel/instant.js';
import type { Projection } from '../../libs/projection/projection.js';
import { orderEventOf, orderIdOf, pageIdOf } from '../order-stream.js';

/** One event as people read it: when, who, what and why. */
export interface TimelineEntry {
  /** Decimal text. */
  readonly revision: string;
  readonly type: OrderEvent['type'];
  readonly part: OrderPart;
  /** The dispute that it is about. */
  readonly dispute?: number;
  /** When it took effect. */
  readonly at: Instant;
  /** When the engine wrote it, where that was later: a deadline takes effect at its due instant. */
  readonly recordedAt?: Instant;
  readonly by: Caller;
  readonly who: string;
  readonly sentence: string;
  /** Numbers of the rules behind it. */
  readonly rules: readonly number[];
  /** The parties that may see it, where it is about sealed evidence. */
  readonly sealedTo?: readonly Party[];
}

export interface TimelinePage {
  readonly orderId: string;
  readonly entries: readonly TimelineEntry[];
}

/** What happened to an order, by pages `<orderId>/<number>`, so that a long history costs no more than a short one. */
export const orderTimeline: Projection<TimelinePage> = {
  name: 'order-timeline',
  version: 1,
  types: orderEventSchemas.map(({ type }) => type),
  key: (envelope) => [pageIdOf(envelope)],
  evolve: (page, envelope) => ({
    orderId: orderIdOf(envelope),
    entries: [...(page?.entries ?? []), timelineEntry(envelope)],
  }),
  columns: [{ name: 'order_id', type: 'text', value: ({ orderId }) => orderId }],
};

/** The same for an event that was just read from its stream. */
export function timelineEntry(envelope: Pick<Envelope, 'event' | 'revision' | 'metadata'>): TimelineEntry {
  const event = orderEventOf(envelope);
  const { occurredAt, recordedAt } = envelope.metadata;
  // Whatever a store holds, its actor was a caller when it was written.
  const by = envelope.metadata.actor as Caller;
  const { who, sentence, rules } = narrateOrder(event, by);
  return {
    revision: String(envelope.revision),
    type: event.type,
    part: partOf(event.type),
    dispute: 'dispute' in event.data ? (event.data.dispute ?? undefined) : undefined,
    at: occurredAt,
    recordedAt: recordedAt === occurredAt ? undefined : recordedAt,
    by,
    who,
    sentence,
    rules,
    sealedTo: event.type === 'EvidenceSubmitted' ? event.data.sealedTo : undefined,
  };
}
