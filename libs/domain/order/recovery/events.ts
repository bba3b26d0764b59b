import {
  Id,
  InstantText,
  MoneyAmount,
  Ordinal,
  Text,
  eventSchema,
  nullable,
  optional,
  record,
  type EventOf,
} from '../../schema.js';

export const recoveryEventSchemas = [
  /** Rules 11 and 30: demanded from the supplier once the refund was issued. */
  eventSchema(
    'RecoveryDemanded',
    record({
      recoveryId: Id,
      dispute: nullable(Ordinal),
      refundId: Id,
      amount: MoneyAmount,
      supplierId: Id,
      dueAt: InstantText,
    }),
  ),
  eventSchema(
    'RecoveryReceived',
    record({
      recoveryId: Id,
      amount: MoneyAmount,
      outstanding: MoneyAmount,
      reference: optional(Text(200)),
      receivedAt: InstantText,
    }),
  ),
  eventSchema(
    'RecoveryWrittenOff',
    record({ recoveryId: Id, amount: MoneyAmount, reason: Text(2_000), by: Id }),
  ),
] as const;

export type RecoveryEvent = EventOf<typeof recoveryEventSchemas>;
