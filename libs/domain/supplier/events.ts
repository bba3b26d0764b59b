import Type from 'typebox';
import {
  CountryCode,
  Id,
  InstantText,
  MoneyAmount,
  PersonalText,
  Text,
  eventSchema,
  oneOf,
  optional,
  record,
  type EventOf,
} from '../schema.js';

export const supplierEventSchemas = [
  eventSchema(
    'SupplierEnrolled',
    record({ supplierId: Id, name: PersonalText(200), country: CountryCode, enrolledAt: InstantText }),
  ),
  /** Rule 1: qualified when all three hold. */
  eventSchema(
    'SupplierAssessed',
    record({
      tradeHistory: Type.Boolean(),
      qualifications: Type.Boolean(),
      legalStatus: Type.Boolean(),
      qualified: Type.Boolean(),
      note: optional(Text(2_000)),
      assessedBy: Id,
    }),
  ),
  /** Rule 1: one limit a currency; a new one replaces the last of its currency. */
  eventSchema('AssuranceLimitSet', record({ limit: MoneyAmount, setBy: Id })),
  eventSchema(
    'SupplierSuspended',
    record({
      reason: oneOf(['RISK', 'RECOVERY_OVERDUE']),
      note: optional(Text(2_000)),
      orderId: optional(Id),
      suspendedAt: InstantText,
    }),
  ),
  eventSchema('SupplierReinstated', record({ note: optional(Text(2_000)), reinstatedBy: Id })),
  /** What an open order, or an unpaid recovery, takes from the limit. */
  eventSchema(
    'CoverageReserved',
    record({ orderId: Id, amount: MoneyAmount, kind: oneOf(['ORDER', 'RECOVERY']) }),
  ),
  eventSchema(
    'CoverageReleased',
    record({ orderId: Id, amount: MoneyAmount, kind: oneOf(['ORDER', 'RECOVERY']) }),
  ),
] as const;

export type SupplierEvent = EventOf<typeof supplierEventSchemas>;
