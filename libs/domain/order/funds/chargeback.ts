import type { Refusal } from '../../../kernel/problem.js';
import type { OrderCommandOf } from '../commands.js';
import { completeIfEmptied } from '../completion.js';
import { lapseEmptied } from '../dispute/close.js';
import { brokenRules, faultsWhere, notFound, wrongState } from '../refuse.js';
import { moneyOf, type Turn } from '../turn.js';
import { instructRefund, instructRelease } from './instruct.js';
import { outstanding } from './ledger.js';

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
  const left = Math.min(payment.amount - payment.chargedBack, outstanding(funds));
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
  const release = funds.releases.find(({ state }) => state === 'INSTRUCTED');
  turn.emit({ type: 'ChargebackReported', data: { ...data, reportedAt: turn.at } });
  shrinkRefunds(turn);
  if (release !== undefined) instructRelease(turn, release.reason);
  lapseEmptied(turn);
  completeIfEmptied(turn);
  return undefined;
}

/** Calls back refunds, failed ones too, that no longer fit beside the chargeback, and instructs what still does. */
function shrinkRefunds(turn: Turn): void {
  const { funds } = turn.order;
  let left = outstanding(funds);
  const shrunk: { dispute: number | null; fits: number }[] = [];
  for (const { refundId, attempt, amount, dispute, state } of funds.refunds) {
    if (state !== 'INSTRUCTED' && state !== 'FAILED') continue;
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
