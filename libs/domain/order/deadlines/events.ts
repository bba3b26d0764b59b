import Type from 'typebox';
import { DEADLINE_KINDS } from '../../vocabulary.js';
import {
  DurationText,
  Id,
  InstantText,
  Ordinal,
  Text,
  eventSchema,
  nullable,
  oneOf,
  optional,
  record,
  type EventOf,
} from '../../schema.js';

/** Names one deadline of an order: `PaymentDue`, `SupplierResponse.1` (dispute 1), `OfferExpiry.1.2` (its offer 2). */
const deadline = { deadline: Id, kind: oneOf(DEADLINE_KINDS), dispute: nullable(Ordinal) };

export const deadlineEventSchemas = [
  eventSchema(
    'DeadlineSet',
    record({
      ...deadline,
      dueAt: InstantText,
      startedAt: InstantText,
      /** Absent where the due instant was named outright. */
      period: optional(DurationText),
      zone: Text(64),
      /** `CALENDAR`, or the holiday calendar with its version, e.g. `CN@3.37.0`. */
      calendar: Text(64),
      /** Rule of the rule book that set it. */
      rule: Type.Integer({ minimum: 1, maximum: 99 }),
      /** Number or id of the offer, request, recovery it belongs to. */
      subject: optional(Id),
    }),
  ),
  eventSchema('DeadlineMet', record({ ...deadline, dueAt: InstantText, metAt: InstantText, by: Text(64) })),
  /** `firedAt` is when the engine got to it; what follows from it counts from `dueAt`. */
  eventSchema('DeadlineExpired', record({ ...deadline, dueAt: InstantText, firedAt: InstantText })),
  eventSchema(
    'DeadlineExtended',
    record({ ...deadline, from: InstantText, to: InstantText, reason: Text(2_000), by: Id }),
  ),
] as const;

export type DeadlineEvent = EventOf<typeof deadlineEventSchemas>;
