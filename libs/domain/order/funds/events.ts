import Type from 'typebox';
import { MILESTONES, PAYMENT_METHODS } from '../../vocabulary.js';
import {
  CountryCode,
  Id,
  InstantText,
  MoneyAmount,
  Ordinal,
  PersonalText,
  Text,
  eventSchema,
  nullable,
  oneOf,
  optional,
  record,
  type EventOf,
} from '../../schema.js';

const payment = {
  paymentId: Id,
  milestone: oneOf(MILESTONES),
  method: oneOf([...PAYMENT_METHODS, 'OTHER']),
  amount: MoneyAmount,
  payerAccountName: PersonalText(200),
  payerCountry: CountryCode,
  paidAt: InstantText,
  reference: optional(Text(200)),
};

/** Rule 8: why a payment is not covered. */
export const INELIGIBILITY_REASONS = [
  'METHOD_NOT_LISTED',
  'ABOVE_METHOD_CAP',
  'PAYER_COUNTRY_NOT_COVERED',
  'CURRENCY_NOT_COVERED',
  'CURRENCY_OF_ANOTHER_ORDER',
] as const;

export const fundsEventSchemas = [
  eventSchema('PaymentReceived', record(payment)),
  eventSchema(
    'PaymentMarkedIneligible',
    record({
      ...payment,
      reasons: Type.Array(record({ code: oneOf(INELIGIBILITY_REASONS), message: Text(500) }), {
        minItems: 1,
        maxItems: 5,
      }),
    }),
  ),
  /** Rule 10: `held` is what the order held when it was frozen; money that comes later is frozen too. */
  eventSchema('FundsFrozen', record({ dispute: Ordinal, held: MoneyAmount })),
  eventSchema('FundsUnfrozen', record({ dispute: Ordinal, held: MoneyAmount })),
  eventSchema(
    'ReleaseInstructed',
    record({
      releaseId: Id,
      amount: MoneyAmount,
      payee: Id,
      reason: oneOf(['RECEIPT_CONFIRMED', 'CLAIM_WINDOW_CLOSED', 'BUYER_SATISFIED', 'DESIGNATED_ACCOUNT']),
    }),
  ),
  eventSchema(
    'FundsReleased',
    record({ releaseId: Id, amount: MoneyAmount, reference: optional(Text(200)), releasedAt: InstantText }),
  ),
  eventSchema(
    'RefundInstructed',
    record({
      refundId: Id,
      /** 1, and one more for every retry. */
      attempt: Ordinal,
      dispute: nullable(Ordinal),
      amount: MoneyAmount,
      payee: Id,
      reason: oneOf([
        'SETTLEMENT',
        'DETERMINATION',
        'APPEAL',
        'RETRY',
        'CHARGEBACK_ADJUSTMENT',
        'CANCELLATION',
      ]),
    }),
  ),
  /** `advanced` is the part that no longer lay in custody: the platform paid it and recovers it (rule 11). */
  eventSchema(
    'RefundIssued',
    record({
      refundId: Id,
      attempt: Ordinal,
      amount: MoneyAmount,
      advanced: MoneyAmount,
      reference: optional(Text(200)),
      issuedAt: InstantText,
    }),
  ),
  eventSchema(
    'RefundFailed',
    record({
      refundId: Id,
      attempt: Ordinal,
      amount: MoneyAmount,
      reason: Text(500),
      /** True: another refund, or a chargeback, took its place; it is not retried. */
      replaced: optional(Type.Boolean()),
    }),
  ),
  eventSchema(
    'FeeCharged',
    record({
      feeId: Id,
      kind: oneOf(['PAYMENT', 'INSPECTION', 'OTHER']),
      amount: MoneyAmount,
      chargedTo: oneOf(['buyer', 'supplier', 'platform']),
      reference: optional(Text(200)),
    }),
  ),
  eventSchema(
    'ChargebackReported',
    record({
      chargebackId: Id,
      paymentId: Id,
      amount: MoneyAmount,
      reason: optional(Text(500)),
      reportedAt: InstantText,
    }),
  ),
] as const;

export type FundsEvent = EventOf<typeof fundsEventSchemas>;
