import { announcementOf, mayBeTold } from '../../../libs/domain/order/dispute/seal.js';
import type { Caller } from '../../../libs/domain/decision.js';
import type { OrderEventOf } from '../../../libs/domain/order/events.js';
import type { Order } from '../../../libs/domain/order/state.js';
import type { RecordedEvent } from '../../../libs/event-store/port.js';

/** A recorded event as JSON, exactly as it was written: its hash can be computed from this alone. */
export interface EventView {
  readonly id: string;
  readonly stream: string;
  readonly revision: string;
  readonly position: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly created: string;
  readonly data: unknown;
  readonly metadata: object;
  /** Data was withheld from this caller; the hash still covers it. */
  readonly sealed?: true;
}

/** `order` is the order as it is now: its seals hold on what was written before them. */
export function eventView(
  recorded: RecordedEvent,
  caller: Caller,
  order: Pick<Order, 'disputes'>,
): EventView {
  const { id, stream, revision, position, type, created } = recorded;
  const { schemaVersion, ...metadata } = JSON.parse(recorded.metadata) as { schemaVersion: number };
  const data: unknown = JSON.parse(recorded.data);
  return {
    id,
    stream,
    revision: String(revision),
    position,
    type,
    schemaVersion,
    created,
    ...(mayBeTold({ type, data }, order, caller)
      ? { data }
      : { data: announcementOf(data as OrderEventOf<'EvidenceSubmitted'>['data']), sealed: true }),
    metadata,
  };
}
