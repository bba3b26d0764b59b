import type { Caller } from '../../libs/domain/decision.js';
import type { OrderEvent } from '../../libs/domain/order/events.js';
import { narrateOrder, partOf, type OrderPart } from '../../libs/domain/order/narrate.js';
import type { Narration } from '../../libs/domain/prose.js';
import type { Party } from '../../libs/domain/vocabulary.js';
import type { Instant } from '../../libs/kernel/instant.js';
import { disputeOf, type Fact } from '../order-facts.js';

/** One event as people read it: when, who, what and why. */
export interface TimelineEntry extends Narration {
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
  /** The parties that it was sealed to when it was submitted, where it is about sealed evidence. */
  readonly sealedTo?: readonly Party[];
  /** The evidence that it puts on file. */
  readonly evidence?: number;
}

export function timelineEntry(fact: Fact): TimelineEntry {
  const { type, revision, at, recordedAt, by } = fact;
  return {
    revision,
    type,
    part: partOf(type),
    dispute: disputeOf(fact),
    at,
    recordedAt,
    by,
    ...narrateOrder(fact, by),
    ...(type === 'EvidenceSubmitted' ? { sealedTo: fact.data.sealedTo, evidence: fact.data.evidence } : {}),
  };
}
