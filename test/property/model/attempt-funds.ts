import type { OrderCommand } from '../../../libs/domain/order/commands.js';
import { close, complete } from './course.js';
import { DAY, endTimers, setTimer, type Attempt, type Model } from './model.js';
import { isEmptied, leftOf, paidNet, pay, release, shrinkRefunds, stopReleases, takeBack } from './money.js';
import { DAYS } from './rules.js';

type Payment = Extract<OrderCommand, { type: 'RecordPayment' }>['data'];

/** Money in and out: rules 8 to 13, 30 and 32. Undefined for what belongs elsewhere. */
export function attemptFunds(model: Model, command: OrderCommand, { now }: Attempt): boolean | undefined {
  const running = ['CONFIRMED', 'PAID', 'SHIPPED', 'RECEIVED'].includes(model.status);
  const { type, data } = command;
  switch (type) {
    case 'RecordPayment': {
      const { paymentId: id, milestone, method, amount } = data;
      if (!running || model.payments.some((known) => known.id === id) || amount.amount === 0) return false;
      if (!isEligible(model, data)) {
        model.payments.push({
          id,
          milestone,
          method,
          amount: amount.amount,
          eligible: false,
          chargedBack: 0,
        });
        return true;
      }
      const { initialPayment, balance } = model.terms;
      const agreed = milestone === 'INITIAL' ? initialPayment.amount : balance.amount;
      if (milestone === 'BALANCE' && paidNet(model, 'INITIAL') < initialPayment.amount) return false;
      if (paidNet(model, milestone) + amount.amount > agreed) return false;
      pay(model, id, milestone, method, amount.amount);
      return true;
    }
    case 'RecordRelease': {
      const known = model.releases.find(({ id }) => id === data.releaseId);
      if (known?.state !== 'INSTRUCTED' || known.amount !== data.amount.amount) return false;
      known.state = 'RELEASED';
      model.held -= known.amount;
      model.released += known.amount;
      return true;
    }
    case 'RecordRefund': {
      const known = model.refunds.find(({ id }) => id === data.refundId);
      if (known?.state !== 'INSTRUCTED' || known.amount !== data.amount.amount) return false;
      if (data.outcome === 'FAILED') {
        known.state = 'FAILED';
        return true;
      }
      known.state = 'ISSUED';
      takeBack(model, known.amount);
      model.refunded += known.amount;
      if (known.dispute !== null) demand(model, known.amount, now);
      if (isEmptied(model)) complete(model);
      return true;
    }
    case 'RetryRefund': {
      const known = model.refunds.find(({ id }) => id === data.refundId);
      if (known?.state !== 'FAILED') return false;
      known.state = 'INSTRUCTED';
      return true;
    }
    case 'RecordFee':
      if (!running && model.status !== 'COMPLETED') return false;
      if (model.fees.includes(data.feeId) || data.amount.currency !== 'USD') return false;
      model.fees.push(data.feeId);
      return true;
    case 'ReportChargeback': {
      const payment = model.payments.find(({ id }) => id === data.paymentId);
      const { amount } = data.amount;
      if (payment === undefined || !payment.eligible || payment.method !== 'CARD' || amount === 0)
        return false;
      if (model.chargebacks.includes(data.chargebackId)) return false;
      if (amount > Math.min(payment.amount - payment.chargedBack, leftOf(model))) return false;
      model.chargebacks.push(data.chargebackId);
      payment.chargedBack += amount;
      model.chargedBack += amount;
      takeBack(model, amount);
      const stopped = stopReleases(model);
      shrinkRefunds(model);
      if (stopped) release(model);
      if (leftOf(model) === 0) {
        for (const dispute of model.disputes)
          if (dispute.status !== 'CLOSED') close(model, dispute, 'LAPSED', 0, now);
      }
      if (isEmptied(model)) complete(model);
      return true;
    }
    case 'RecordRecovery':
    case 'WriteOffRecovery': {
      const known = model.recoveries.find(({ id }) => id === data.recoveryId);
      const amount = type === 'RecordRecovery' ? data.amount.amount : (known?.owed ?? 0);
      if (known === undefined || amount === 0 || amount > known.owed) return false;
      known.owed -= amount;
      if (known.owed === 0)
        endTimers(model, ({ kind, subject }) => kind === 'RecoveryDue' && subject === known.id);
      return true;
    }
    default:
      return undefined;
  }
}

/** Rule 8. All amounts are in dollars. */
function isEligible({ preset }: Model, { method, amount, payerCountry }: Payment): boolean {
  if (amount.currency !== 'USD' || method === 'OTHER') return false;
  if (preset.methods === 'TELEGRAPHIC_TRANSFER') return method === 'TELEGRAPHIC_TRANSFER';
  if (method === 'WESTERN_UNION') return payerCountry === 'US' && amount.amount < 250_000;
  if (method === 'E_CHECKING') return payerCountry === 'US';
  return method !== 'PAY_LATER' || amount.amount <= 15_000_000;
}

/** Rule 30. */
function demand(model: Model, amount: number, now: number): void {
  const id = `recovery-${model.recoveries.length + 1}`;
  model.recoveries.push({ id, owed: amount });
  setTimer(model, 'RecoveryDue', now + DAYS.recovery * DAY, null, id);
}
