import { nullable, optional, record } from '../../../libs/domain/schema.js';
import { Instant, Money, Name, Whole, Yes, every } from './answer.js';
import { cited } from './cited.js';
import { RecoveryState, RefundState, ReleaseState } from './order.js';

/** Rule 12: the money of a case, each movement with the event that it comes from. */
export const MoneyTable = record({
  currency: Name,
  received: Money,
  held: Money,
  released: Money,
  refunded: Money,
  chargedBack: Money,
  advanced: Money,
  balanced: Yes,
  frozenBy: every(Whole),
  payments: every(
    record({
      ...cited,
      paymentId: Name,
      milestone: Name,
      method: Name,
      amount: Money,
      paidAt: Instant,
      payer: record({ accountName: Name, country: Name }),
      reference: optional(Name),
      eligible: Yes,
      reasons: every(record({ code: Name, message: Name })),
      chargedBack: Money,
    }),
  ),
  refunds: every(
    record({
      refundId: Name,
      dispute: nullable(Whole),
      amount: Money,
      state: RefundState,
      attempts: every(
        record({
          ...cited,
          attempt: Whole,
          reason: Name,
          outcome: optional(record({ ...cited, issued: Yes, note: optional(Name) })),
        }),
      ),
    }),
  ),
  releases: every(
    record({
      ...cited,
      releaseId: Name,
      amount: Money,
      state: ReleaseState,
      reason: Name,
      released: optional(record({ ...cited, reference: optional(Name) })),
    }),
  ),
  fees: every(
    record({ ...cited, feeId: Name, kind: Name, amount: Money, chargedTo: Name, reference: optional(Name) }),
  ),
  chargebacks: every(
    record({ ...cited, chargebackId: Name, paymentId: Name, amount: Money, reason: optional(Name) }),
  ),
  recoveries: every(
    record({
      ...cited,
      recoveryId: Name,
      dispute: nullable(Whole),
      amount: Money,
      outstanding: Money,
      state: RecoveryState,
      dueAt: Instant,
    }),
  ),
});
