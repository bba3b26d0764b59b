import Type from 'typebox';
import {
  Count,
  Id,
  InstantText,
  Text,
  eventSchema,
  list,
  oneOf,
  optional,
  record,
  type EventOf,
} from '../../schema.js';

export const fulfilmentEventSchemas = [
  /** `late`: shippedAt lies after the promised day and its grace (rule 15). */
  eventSchema(
    'ShipmentRecorded',
    record({
      shipmentId: Id,
      shippedAt: InstantText,
      carrier: Text(200),
      trackingNumber: optional(Text(200)),
      quantity: optional(Count),
      late: Type.Boolean(),
    }),
  ),
  eventSchema('CustomsCleared', record({ clearedAt: InstantText, reference: optional(Text(200)) })),
  /** `deemed`: the buyer said nothing until AutoReceipt expired. */
  eventSchema(
    'ReceiptConfirmed',
    record({
      by: oneOf(['buyer', 'clock']),
      receivedAt: InstantText,
      deemed: Type.Boolean(),
      quantity: optional(Count),
    }),
  ),
  /** Rule 17: what is waived, by the ids of the specification's terms; QUANTITY and SHIP_DATE are terms of their own. */
  eventSchema(
    'NonconformityWaived',
    record({ terms: list(Id, 100), statement: Text(4_000), inspectionId: optional(Id) }),
  ),
] as const;

export type FulfilmentEvent = EventOf<typeof fulfilmentEventSchemas>;
