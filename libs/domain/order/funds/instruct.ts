import type { OrderEventOf } from '../events.js';
import { moneyOf, type Turn } from '../turn.js';
import { refundable, releasable } from './ledger.js';

/** The engine decides and instructs; the payment service executes and reports back (rule 13). */

/** Instructs the release of all that is held and promised to nobody; nothing where that is nothing. */
export function instructRelease(
  turn: Turn,
  reason: OrderEventOf<'ReleaseInstructed'>['data']['reason'],
): void {
  const { order } = turn;
  const amount = releasable(order.funds);
  if (amount === 0) return;
  const releaseId = `release-${order.funds.releases.length + 1}`;
  turn.emit({
    type: 'ReleaseInstructed',
    data: { releaseId, amount: moneyOf(order, amount), payee: order.supplierId, reason },
  });
}

/** Instructs a refund of `amount` to the buyer, or of what is left of the payments where that is less (rules 11 and 32). */
export function instructRefund(
  turn: Turn,
  dispute: number | null,
  amount: number,
  reason: OrderEventOf<'RefundInstructed'>['data']['reason'],
): void {
  const { order } = turn;
  const payable = Math.min(amount, refundable(order.funds));
  if (payable === 0) return;
  const refundId = `refund-${order.funds.refunds.length + 1}`;
  turn.emit({
    type: 'RefundInstructed',
    data: { refundId, attempt: 1, dispute, amount: moneyOf(order, payable), payee: order.buyer.id, reason },
  });
}
