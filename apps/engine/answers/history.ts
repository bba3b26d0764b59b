import Type from 'typebox';
import { oneOf, optional, record } from '../../../libs/domain/schema.js';
import { By, Instant, Name, Revision, Whole, every, pageOf } from './answer.js';
import { named } from './named.js';
import { Party } from './order.js';

/** What histories are read as: recorded events, sentences, and the feed. */

export const EventAnswer = named(
  'RecordedEvent',
  record({
    id: Name,
    stream: Type.String({ examples: ['order-O-1001'] }),
    revision: Revision,
    position: Name,
    type: Type.String({ examples: ['PaymentReceived'] }),
    schemaVersion: Whole,
    created: Instant,
    data: Type.Object({}, { additionalProperties: true, description: 'As docs/event-catalogue.md has it.' }),
    metadata: record({
      commandId: Name,
      fingerprint: Name,
      correlationId: Name,
      causationId: Name,
      actor: By,
      recordedAt: Instant,
      occurredAt: Instant,
      prevHash: Name,
      hash: Name,
    }),
    sealed: optional(
      Type.Literal(true, { description: 'Data was withheld from this caller; the hash still covers it.' }),
    ),
  }),
);
export const EventPage = pageOf(EventAnswer);
/** One event a line. */
export const EventLines = Type.String({ description: 'All of it: one event a line.' });

export const TimelineItem = named(
  'TimelineEntry',
  record({
    revision: Revision,
    type: Name,
    part: oneOf(['contract', 'funds', 'fulfilment', 'inspection', 'dispute', 'recovery', 'deadlines']),
    dispute: optional(Whole),
    at: Instant,
    recordedAt: optional(Instant),
    by: By,
    who: Type.String({ examples: ['Buyer B1'] }),
    sentence: Type.String({ examples: ['Buyer B1 withdrew dispute 1.'] }),
    rules: every(Whole),
    sealedTo: optional(every(Party)),
    evidence: optional(Whole),
  }),
);
export const TimelinePage = pageOf(TimelineItem);

/** CloudEvents 1.0 in its JSON form. */
export const CloudEventAnswer = named(
  'CloudEvent',
  record({
    specversion: Type.Literal('1.0'),
    id: Name,
    source: Type.String({ examples: ['/v1/orders/O-1001'] }),
    type: Type.String({ examples: ['recourse.RefundInstructed'] }),
    subject: Name,
    time: Instant,
    datacontenttype: Type.Literal('application/json'),
    data: Type.Object({}, { additionalProperties: true }),
    position: Name,
    revision: Revision,
    schemaversion: Name,
    recordedat: Instant,
    actorrole: Name,
    actorid: Name,
    commandid: Name,
    correlationid: Name,
    causationid: Name,
  }),
);
export const CloudEventBatch = every(CloudEventAnswer);
export const EventStream = Type.String({ description: 'Server-sent events; each `data` is one CloudEvent.' });
