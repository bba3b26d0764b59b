import { announcementOf } from '../../../libs/domain/order/dispute/seal.js';
import type { Told } from '../../../libs/application/feed.js';
import type { OrderEventOf } from '../../../libs/domain/order/events.js';
import { parseStream, type StreamKindName } from '../../../libs/domain/streams.js';
import type { Envelope } from '../../../libs/event-store/envelope.js';

/** An event for other services: CloudEvents 1.0 in its JSON form, with extension attributes of ours. */
export interface CloudEvent {
  readonly specversion: '1.0';
  readonly id: string;
  /** The resource whose history it belongs to: `/v1/orders/O-1`. */
  readonly source: string;
  /** `recourse.` and the event's type. */
  readonly type: string;
  /** The resource's id. */
  readonly subject: string;
  /** When it took effect: for an expired deadline its due instant. */
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly data: unknown;
  /** Place in the log of all streams: ask for what is `after` it. */
  readonly position: string;
  /** Place in the resource's own history. */
  readonly revision: string;
  readonly schemaversion: string;
  readonly recordedat: string;
  readonly actorrole: string;
  readonly actorid: string;
  readonly commandid: string;
  readonly correlationid: string;
  readonly causationid: string;
}

const COLLECTIONS: Readonly<Record<StreamKindName, string>> = {
  order: 'orders',
  supplier: 'suppliers',
  policy: 'policies',
  inspector: 'inspectors',
};

export function cloudEvent({ envelope, sealed }: Told): CloudEvent {
  const { id, stream, event, revision, position, schemaVersion, metadata } = envelope;
  const named = parseStream(stream);
  const { actor, commandId, correlationId, causationId, recordedAt, occurredAt } = metadata;
  return {
    specversion: '1.0',
    id,
    source: named === undefined ? stream : `/v1/${COLLECTIONS[named.kind]}/${named.id}`,
    type: `recourse.${event.type}`,
    subject: named?.id ?? stream,
    time: occurredAt,
    datacontenttype: 'application/json',
    data: sealed ? announced(event) : event.data,
    position,
    revision: String(revision),
    schemaversion: String(schemaVersion),
    recordedat: recordedAt,
    actorrole: actor.role,
    actorid: actor.id,
    commandid: commandId,
    correlationid: correlationId,
    causationid: causationId,
  };
}

/** Evidence under seal is announced to those whom it shuts out, and not described. */
const announced = ({ data }: Envelope['event']): object => ({
  ...announcementOf(data as OrderEventOf<'EvidenceSubmitted'>['data']),
  sealed: true,
});
