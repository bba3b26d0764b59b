import { formatMoney } from '../../../kernel/money.js';
import type { Refusal } from '../../../kernel/problem.js';
import type { OrderCommandOf } from '../commands.js';
import { passOnDesignated } from '../completion.js';
import { meetDeadlines, ofKind, policyOf } from '../deadlines/decide.js';
import { brokenRules, faultsWhere, wrongState } from '../refuse.js';
import type { Order } from '../state.js';
import { moneyOf, type Turn } from '../turn.js';
import { paidFor } from './ledger.js';
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
