import type { Model } from './model.js';
import { isDisputed, isOver } from './model.js';

/** Rules 8 to 13, 20 and 32: what the money does. */

const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);
const refundsIn = (model: Model, ...states: string[]) =>
  sum(model.refunds.filter(({ state }) => states.includes(state)).map(({ amount }) => amount));

/** Rule 20, to the letter. */
export function capOf(model: Model): number {
  const { terms, payments, limit, refunded } = model;
  if (model.status === 'DRAFT') return 0;
  const base = payments.filter(
    ({ eligible, milestone }) =>
      eligible && (terms.coverageType === 'POST_DELIVERY' || milestone === 'INITIAL'),
  );
  const eligibleBase = sum(base.map(({ amount, chargedBack }) => amount - chargedBack));
  const priorRefunds = refunded + refundsIn(model, 'INSTRUCTED', 'FAILED');
  return Math.max(0, Math.min(terms.coveredAmount.amount, limit, eligibleBase) - priorRefunds);
}

/** What the buyer paid and has not got back. */
export const leftOf = ({ received, refunded, chargedBack }: Model): number =>
  received - refunded - chargedBack;

/** Rule 9. */
export const paidNet = ({ payments }: Model, milestone: string): number =>
  sum(
    payments
      .filter((payment) => payment.eligible && payment.milestone === milestone)
      .map(({ amount, chargedBack }) => amount - chargedBack),
  );

export function pay(model: Model, id: string, milestone: string, method: string, amount: number): void {
  model.payments.push({ id, milestone, method, amount, eligible: true, chargedBack: 0 });
  model.received += amount;
  model.held += amount;
  if (model.status === 'CONFIRMED' && paidNet(model, 'INITIAL') >= model.terms.initialPayment.amount) {
    model.status = 'PAID';
    model.timers = model.timers.filter(({ kind }) => kind !== 'PaymentDue');
  }
  passOn(model);
}

/** Rule 10: all that is held and promised to nobody. */
export function release(model: Model): void {
  const underWay = sum(
    model.releases.filter(({ state }) => state === 'INSTRUCTED').map(({ amount }) => amount),
  );
  const amount = model.held - refundsIn(model, 'INSTRUCTED', 'FAILED') - underWay;
  if (amount > 0)
    model.releases.push({ id: `release-${model.releases.length + 1}`, amount, state: 'INSTRUCTED' });
}

/** Rule 10: a designated account passes money on, once the order is paid for, unless a dispute freezes it. */
export function passOn(model: Model): void {
  if (model.preset.designated && model.status !== 'CONFIRMED' && !isDisputed(model)) release(model);
}

export function stopReleases(model: Model): boolean {
  const stopped = model.releases.filter(({ state }) => state === 'INSTRUCTED');
  for (const one of stopped) one.state = 'STOPPED';
  return stopped.length > 0;
}

/** Rules 11 and 32. */
export function refund(model: Model, dispute: number | null, wanted: number): void {
  const amount = Math.min(wanted, leftOf(model) - refundsIn(model, 'INSTRUCTED', 'FAILED'));
  if (amount > 0)
    model.refunds.push({ id: `refund-${model.refunds.length + 1}`, amount, state: 'INSTRUCTED', dispute });
}

/** Out of custody first, then out of what the supplier has. */
export function takeBack(model: Model, amount: number): void {
  const held = Math.min(model.held, amount);
  model.held -= held;
  model.released -= amount - held;
}

/** Rule 32: what no longer fits beside a chargeback is called back, and what still does is instructed anew. */
export function shrinkRefunds(model: Model): void {
  let left = leftOf(model);
  const again: { dispute: number | null; amount: number }[] = [];
  for (const one of model.refunds) {
    if (one.state !== 'INSTRUCTED' && one.state !== 'FAILED') continue;
    const amount = Math.min(one.amount, left);
    left -= amount;
    if (amount === one.amount) continue;
    one.state = 'REPLACED';
    again.push({ dispute: one.dispute, amount });
  }
  for (const { dispute, amount } of again) refund(model, dispute, amount);
}

/** Money that all went back leaves nothing to go on with. */
export const isEmptied = (model: Model): boolean =>
  model.status !== 'CONFIRMED' && leftOf(model) === 0 && !isOver(model) && !isDisputed(model);
