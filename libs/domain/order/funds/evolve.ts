import type { Funds, Order, Payment, Refund } from '../state.js';
import type { FundsEvent } from './events.js';
import { paidFor, takeBack } from './ledger.js';

export function evolveFunds(order: Order, event: FundsEvent): Order {
  const { funds } = order;
  switch (event.type) {
    case 'PaymentReceived': {
      const amount = event.data.amount.amount;
      const paid = withFunds(order, {
        payments: [...funds.payments, payment(event.data, true)],
        received: funds.received + amount,
        held: funds.held + amount,
      });
      const initialPaid = paidFor(paid.funds, 'INITIAL') >= order.contract.terms.initialPayment.amount;
      return order.status === 'CONFIRMED' && initialPaid ? { ...paid, status: 'PAID' } : paid;
    }
    case 'PaymentMarkedIneligible':
      return withFunds(order, { payments: [...funds.payments, payment(event.data, false)] });
    case 'FundsFrozen':
      return withFunds(order, {
        frozenBy: [...funds.frozenBy, event.data.dispute],
        releases: stopped(funds.releases),
      });
    case 'FundsUnfrozen':
      return withFunds(order, {
        frozenBy: funds.frozenBy.filter((dispute) => dispute !== event.data.dispute),
      });
    case 'ReleaseInstructed': {
      const { releaseId, amount, reason } = event.data;
      return withFunds(order, {
        releases: [...funds.releases, { releaseId, amount: amount.amount, reason, state: 'INSTRUCTED' }],
      });
    }
    case 'FundsReleased': {
      const { releaseId, amount } = event.data;
      return withFunds(order, {
        held: funds.held - amount.amount,
        released: funds.released + amount.amount,
        releases: funds.releases.map((release) =>
          release.releaseId === releaseId ? { ...release, state: 'RELEASED' as const } : release,
        ),
      });
    }
    case 'RefundInstructed': {
      const { refundId, attempt, dispute, amount } = event.data;
      const refund: Refund = { refundId, attempt, dispute, amount: amount.amount, state: 'INSTRUCTED' };
      return withFunds(order, {
        refunds: [...funds.refunds.filter((known) => known.refundId !== refundId), refund],
      });
    }
    case 'RefundIssued': {
      const { held, released } = takeBack(funds, event.data.amount.amount);
      return withFunds(order, {
        held,
        released,
        refunded: funds.refunded + event.data.amount.amount,
        advanced: funds.advanced + event.data.advanced.amount,
        refunds: refundsWith(funds, event.data.refundId, 'ISSUED'),
      });
    }
    case 'RefundFailed':
      return withFunds(order, {
        refunds: refundsWith(
          funds,
          event.data.refundId,
          event.data.replaced === true ? 'REPLACED' : 'FAILED',
        ),
      });
    case 'FeeCharged': {
      const { feeId, kind, amount, chargedTo, reference } = event.data;
      const fee = { feeId, kind, amount: amount.amount, chargedTo, reference };
      return withFunds(order, { fees: [...funds.fees, fee] });
    }
    case 'ChargebackReported': {
      const { chargebackId, paymentId, amount } = event.data;
      const { held, released } = takeBack(funds, amount.amount);
      return withFunds(order, {
        held,
        released,
        chargedBack: funds.chargedBack + amount.amount,
        releases: stopped(funds.releases),
        chargebacks: [...funds.chargebacks, { chargebackId, paymentId, amount: amount.amount }],
        payments: funds.payments.map((known) =>
          known.paymentId === paymentId
            ? { ...known, chargedBack: known.chargedBack + amount.amount }
            : known,
        ),
      });
    }
    default: {
      const _: never = event;
      return order;
    }
  }
}

const withFunds = (order: Order, change: Partial<Funds>): Order => ({
  ...order,
  funds: { ...order.funds, ...change },
});

/** Releases under way are called back; what may still go out is instructed anew. */
const stopped = (releases: Funds['releases']): Funds['releases'] =>
  releases.map((release) => (release.state === 'INSTRUCTED' ? { ...release, state: 'STOPPED' } : release));

const refundsWith = (funds: Funds, refundId: string, state: Refund['state']): readonly Refund[] =>
  funds.refunds.map((refund) => (refund.refundId === refundId ? { ...refund, state } : refund));

function payment(
  data: Extract<FundsEvent, { type: 'PaymentReceived' | 'PaymentMarkedIneligible' }>['data'],
  eligible: boolean,
): Payment {
  const { paymentId, milestone, method, amount } = data;
  return {
    paymentId,
    milestone,
    method,
    amount: amount.amount,
    currency: amount.currency,
    eligible,
    chargedBack: 0,
  };
}
