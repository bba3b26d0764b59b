import { announcementOf, mayOpenSeal } from '../../../libs/domain/order/dispute/seal.js';
import type { Caller } from '../../../libs/domain/decision.js';
import type { OrderEventOf } from '../../../libs/domain/order/events.js';
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

export function eventView(recorded: RecordedEvent, caller: Caller): EventView {
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
    ...(type === 'EvidenceSubmitted' ? unlessSealed(data as Submitted, caller) : { data }),
    metadata,
  };
}

type Submitted = OrderEventOf<'EvidenceSubmitted'>['data'];

const unlessSealed = (data: Submitted, caller: Caller): Pick<EventView, 'data' | 'sealed'> =>
  mayOpenSeal(data, caller) ? { data } : { data: announcementOf(data), sealed: true };
