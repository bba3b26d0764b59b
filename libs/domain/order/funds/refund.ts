import type { Refusal } from '../../../kernel/problem.js';
import type { OrderCommandOf } from '../commands.js';
import { completeIfEmptied } from '../completion.js';
import { demandRecovery } from '../recovery/decide.js';
import { brokenRules, notFound, wrongState } from '../refuse.js';
import { moneyOf, type Turn } from '../turn.js';
import { reportFaults } from './report.js';

/** Rules 11 and 13: a refund that was issued is recovered from the supplier; one that failed stays to be retried. */
export function recordRefund(turn: Turn, { data }: OrderCommandOf<'RecordRefund'>): Refusal | undefined {
  const { order } = turn;
  const refund = order.funds.refunds.find(({ refundId }) => refundId === data.refundId);
  if (refund === undefined)
    return notFound('FUNDS.NO_SUCH_REFUND', `No refund ${data.refundId} was instructed.`);
  if (refund.state !== 'INSTRUCTED')
    return wrongState('FUNDS.REFUND_REPORTED', 'This refund is not waiting for a report.');
  const refusal = brokenRules(reportFaults(order, refund.amount, data.amount, 'refund'));
  if (refusal) return refusal;
  const { refundId, amount } = data;
  const { attempt, dispute } = refund;
  if (data.outcome === 'FAILED') {
    turn.emit({ type: 'RefundFailed', data: { refundId, attempt, amount, reason: data.reason } });
    return undefined;
  }
  const advanced = Math.max(0, amount.amount - order.funds.held);
  turn.emit({
    type: 'RefundIssued',
    data: {
      refundId,
      attempt,
      amount,
      advanced: moneyOf(order, advanced),
      reference: data.reference,
      issuedAt: turn.at,
    },
  });
  // What goes back because the order was cancelled is nobody's loss.
  if (dispute !== null) demandRecovery(turn, { refundId, dispute, refunded: amount.amount, advanced });
  completeIfEmptied(turn);
  return undefined;
}

/** Rule 13. A failed refund keeps its place beside all others, so it always fits. */
export function retryRefund(turn: Turn, { data }: OrderCommandOf<'RetryRefund'>): Refusal | undefined {
  const { order } = turn;
  const refund = order.funds.refunds.find(({ refundId }) => refundId === data.refundId);
  if (refund === undefined)
    return notFound('FUNDS.NO_SUCH_REFUND', `No refund ${data.refundId} was instructed.`);
  if (refund.state !== 'FAILED')
    return wrongState('FUNDS.REFUND_NOT_FAILED', 'Only a failed refund is retried.');
  turn.emit({
    type: 'RefundInstructed',
    data: {
      refundId: refund.refundId,
      attempt: refund.attempt + 1,
      dispute: refund.dispute,
      amount: moneyOf(order, refund.amount),
      payee: order.buyer.id,
      reason: 'RETRY',
    },
  });
  return undefined;
}
