import { formatMoney } from '../../../kernel/money.js';
import type { Refusal } from '../../../kernel/problem.js';
import { completeIfEmptied, passOnDesignated } from '../completion.js';
import type { OrderCommandOf } from '../commands.js';
import { meetDeadlines, ofKind, policyOf } from '../deadlines/decide.js';
import { lapseEmptied } from '../dispute/close.js';
import { demandRecovery } from '../recovery/decide.js';
import { brokenRules, faultsWhere, notFound, wrongState } from '../refuse.js';
import type { Order } from '../state.js';
import { moneyOf, type Turn } from '../turn.js';
import { instructRefund } from './instruct.js';
import { isFrozen, paidFor, refundable } from './ledger.js';
import { ineligibility } from './methods.js';

/** Rules 8 and 9: a covered payment counts; any other is recorded with the reasons and counts for nothing. */
export function recordPayment(turn: Turn, { data }: OrderCommandOf<'RecordPayment'>): Refusal | undefined {
  const { order } = turn;
  if (order.funds.payments.some(({ paymentId }) => paymentId === data.paymentId)) {
    return wrongState('FUNDS.PAYMENT_KNOWN', `Payment ${data.paymentId} is recorded already.`);
  }
  const payment = { ...data, paidAt: data.paidAt ?? turn.at };
  const refusal = brokenRules(
    faultsWhere(
      [
        data.amount.amount === 0,
        { code: 'FUNDS.NO_AMOUNT', message: 'A payment is above zero.', pointer: '/amount/amount', rule: 8 },
      ],
      [
        payment.paidAt > turn.at,
        {
          code: 'FUNDS.IN_FUTURE',
          message: 'A payment is recorded once it was made.',
          pointer: '/paidAt',
          rule: 8,
        },
      ],
    ),
  );
  if (refusal) return refusal;
  const reasons = ineligibility(data, policyOf(order), order.currency);
  if (reasons.length > 0) {
    turn.emit({ type: 'PaymentMarkedIneligible', data: { ...payment, reasons } });
    return undefined;
  }
  const milestoneRefusal = refuseMilestone(order, data);
  if (milestoneRefusal) return milestoneRefusal;
  turn.emit({ type: 'PaymentReceived', data: payment });
  if (turn.order.status === 'PAID') meetDeadlines(turn, 'PaymentReceived', ofKind('PaymentDue'));
  passOnDesignated(turn);
  return undefined;
}

/** Rule 9: the initial payment first, then the balance, and of neither more than was agreed. */
function refuseMilestone(
  order: Order,
  { milestone, amount }: OrderCommandOf<'RecordPayment'>['data'],
): Refusal | undefined {
  const { initialPayment, balance } = order.contract.terms;
  const initialPaid = paidFor(order.funds, 'INITIAL');
  if (milestone === 'BALANCE' && initialPaid < initialPayment.amount) {
    return wrongState('FUNDS.INITIAL_PAYMENT_OUTSTANDING', 'The balance follows the initial payment.');
  }
  const agreed = milestone === 'INITIAL' ? initialPayment.amount : balance.amount;
  const open = agreed - paidFor(order.funds, milestone);
  return brokenRules(
    faultsWhere([
      amount.amount > open,
      {
        code: 'FUNDS.ABOVE_MILESTONE',
        message: `Only ${formatMoney(moneyOf(order, open))} of this milestone is open.`,
        pointer: '/amount/amount',
        rule: 9,
        facts: { agreed, open },
      },
    ]),
  );
}

/** Rule 10: what was instructed, exactly, and never while a dispute freezes it. */
export function recordRelease(turn: Turn, { data }: OrderCommandOf<'RecordRelease'>): Refusal | undefined {
  const { order } = turn;
  const release = order.funds.releases.find(({ releaseId }) => releaseId === data.releaseId);
  if (release === undefined)
    return notFound('FUNDS.NO_SUCH_RELEASE', `No release ${data.releaseId} was instructed.`);
  if (release.state === 'RELEASED')
    return wrongState('FUNDS.RELEASE_REPORTED', 'This release was reported already.');
  const refusal = brokenRules(
    faultsWhere(
      [
        release.state === 'STOPPED' || isFrozen(order),
        { code: 'FUNDS.FROZEN', message: 'A dispute freezes this money: it may not be released.', rule: 10 },
      ],
      [!sameAmount(order, release.amount, data.amount), amountFault(order, release.amount, 'release')],
    ),
  );
  if (refusal) return refusal;
  turn.emit({ type: 'FundsReleased', data: { ...data, releasedAt: turn.at } });
  return undefined;
}

/** Rules 11 and 13: a refund that was issued is recovered from the supplier; one that failed stays to be retried. */
export function recordRefund(turn: Turn, { data }: OrderCommandOf<'RecordRefund'>): Refusal | undefined {
  const { order } = turn;
  const refund = order.funds.refunds.find(({ refundId }) => refundId === data.refundId);
  if (refund === undefined)
    return notFound('FUNDS.NO_SUCH_REFUND', `No refund ${data.refundId} was instructed.`);
  if (refund.state !== 'INSTRUCTED')
    return wrongState('FUNDS.REFUND_REPORTED', 'This refund is not waiting for a report.');
  const refusal = brokenRules(
    faultsWhere([
      !sameAmount(order, refund.amount, data.amount),
      amountFault(order, refund.amount, 'refund'),
    ]),
  );
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
  demandRecovery(turn, { refundId, dispute, refunded: amount.amount, advanced });
  completeIfEmptied(turn);
  return undefined;
}

export function retryRefund(turn: Turn, { data }: OrderCommandOf<'RetryRefund'>): Refusal | undefined {
  const { order } = turn;
  const refund = order.funds.refunds.find(({ refundId }) => refundId === data.refundId);
  if (refund === undefined)
    return notFound('FUNDS.NO_SUCH_REFUND', `No refund ${data.refundId} was instructed.`);
  if (refund.state !== 'FAILED')
    return wrongState('FUNDS.REFUND_NOT_FAILED', 'Only a failed refund is retried.');
  const refusal = brokenRules(
    faultsWhere([
      refund.amount > refundable(order.funds),
      {
        code: 'FUNDS.ABOVE_PAYMENTS',
        message: 'Refund and chargeback together may not exceed the payment.',
        rule: 32,
      },
    ]),
  );
  if (refusal) return refusal;
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

export function recordFee(turn: Turn, { data }: OrderCommandOf<'RecordFee'>): Refusal | undefined {
  if (turn.order.funds.fees.some(({ feeId }) => feeId === data.feeId)) {
    return wrongState('FUNDS.FEE_KNOWN', `Fee ${data.feeId} is recorded already.`);
  }
  turn.emit({ type: 'FeeCharged', data });
  return undefined;
}

/** Rule 32: recorded beside whatever goes on; refunds under way shrink to what the payment still holds. */
export function reportChargeback(
  turn: Turn,
  { data }: OrderCommandOf<'ReportChargeback'>,
): Refusal | undefined {
  const { order } = turn;
  const { funds } = order;
  if (funds.chargebacks.some(({ chargebackId }) => chargebackId === data.chargebackId)) {
    return wrongState('FUNDS.CHARGEBACK_KNOWN', `Chargeback ${data.chargebackId} is recorded already.`);
  }
  const payment = funds.payments.find(({ paymentId }) => paymentId === data.paymentId);
  if (payment === undefined)
    return notFound('FUNDS.NO_SUCH_PAYMENT', `No payment ${data.paymentId} is recorded.`);
  const left = Math.min(
    payment.amount - payment.chargedBack,
    funds.received - funds.refunded - funds.chargedBack,
  );
  const { amount, currency } = data.amount;
  const refusal = brokenRules(
    faultsWhere(
      [
        !payment.eligible,
        {
          code: 'FUNDS.PAYMENT_INELIGIBLE',
          message: 'The payment was never covered.',
          pointer: '/paymentId',
          rule: 32,
        },
      ],
      [
        payment.method !== 'CARD',
        {
          code: 'FUNDS.NOT_A_CARD_PAYMENT',
          message: 'Only a card payment is charged back.',
          pointer: '/paymentId',
          rule: 32,
        },
      ],
      [
        currency !== order.currency,
        {
          code: 'FUNDS.CURRENCY_OF_ANOTHER_ORDER',
          message: `The order is in ${order.currency}.`,
          pointer: '/amount/currency',
          rule: 12,
        },
      ],
      [
        amount === 0,
        {
          code: 'FUNDS.NO_AMOUNT',
          message: 'A chargeback is above zero.',
          pointer: '/amount/amount',
          rule: 32,
        },
      ],
      [
        payment.eligible && amount > left,
        {
          code: 'FUNDS.ABOVE_PAYMENTS',
          message: 'Refund and chargeback together may not exceed the payment.',
          pointer: '/amount/amount',
          rule: 32,
          facts: { left },
        },
      ],
    ),
  );
  if (refusal) return refusal;
  turn.emit({ type: 'ChargebackReported', data: { ...data, reportedAt: turn.at } });
  shrinkRefunds(turn);
  lapseEmptied(turn);
  completeIfEmptied(turn);
  return undefined;
}

/** Calls back refunds that no longer fit beside the chargeback, and instructs what still does. */
function shrinkRefunds(turn: Turn): void {
  const { funds } = turn.order;
  let left = funds.received - funds.refunded - funds.chargedBack;
  const shrunk: { dispute: number | null; fits: number }[] = [];
  for (const { refundId, attempt, amount, dispute, state } of funds.refunds) {
    if (state !== 'INSTRUCTED') continue;
    const fits = Math.min(amount, left);
    left -= fits;
    if (fits === amount) continue;
    shrunk.push({ dispute, fits });
    const reason = 'Replaced: the payer was charged back meanwhile.';
    turn.emit({
      type: 'RefundFailed',
      data: { refundId, attempt, amount: moneyOf(turn.order, amount), reason, replaced: true },
    });
  }
  for (const { dispute, fits } of shrunk) instructRefund(turn, dispute, fits, 'CHARGEBACK_ADJUSTMENT');
}

const sameAmount = (
  order: Order,
  expected: number,
  { amount, currency }: { amount: number; currency: string },
): boolean => amount === expected && currency === order.currency;

const amountFault = (order: Order, expected: number, what: string) => ({
  code: 'FUNDS.NOT_AS_INSTRUCTED',
  message: `The ${what} was instructed for ${formatMoney(moneyOf(order, expected))}.`,
  pointer: '/amount',
  rule: 13,
});
