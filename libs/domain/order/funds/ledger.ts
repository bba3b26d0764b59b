import type { Milestone } from '../../vocabulary.js';
import type { Funds, Order } from '../state.js';

export const OPENING_FUNDS: Funds = {
  payments: [],
  received: 0,
  held: 0,
  released: 0,
  refunded: 0,
  chargedBack: 0,
  advanced: 0,
  refunds: [],
  releases: [],
  frozenBy: [],
  fees: [],
  chargebacks: [],
};

/** Rule 12: receipts = held + released + refunded + charged back. */
export const balances = (funds: Funds): boolean =>
  funds.received === funds.held + funds.released + funds.refunded + funds.chargedBack &&
  funds.held >= 0 &&
  funds.released >= 0;

/** Refunds instructed and not yet reported on. */
export const pendingRefunds = (funds: Funds): number =>
  funds.refunds.reduce((sum, refund) => (refund.state === 'INSTRUCTED' ? sum + refund.amount : sum), 0);

const pendingReleases = (funds: Funds): number =>
  funds.releases.reduce((sum, release) => (release.state === 'INSTRUCTED' ? sum + release.amount : sum), 0);

/** Refunds that failed stay owed to the buyer until they are retried (rule 13). */
export const failedRefunds = (funds: Funds): number =>
  funds.refunds.reduce((sum, refund) => (refund.state === 'FAILED' ? sum + refund.amount : sum), 0);

/** What the buyer has paid and not got back. */
export const outstanding = ({ received, refunded, chargedBack }: Funds): number =>
  received - refunded - chargedBack;

/** What could still be promised to the buyer: refund and chargeback together never exceed the payment (rule 32). */
export const refundable = (funds: Funds): number =>
  Math.max(0, outstanding(funds) - pendingRefunds(funds) - failedRefunds(funds));

/** Rule 32: a covered card payment has something left that the payer's bank could take back. */
export const canBeChargedBack = (funds: Funds): boolean =>
  outstanding(funds) > 0 &&
  funds.payments.some(
    ({ eligible, method, amount, chargedBack }) => eligible && method === 'CARD' && amount > chargedBack,
  );

/** What lies in custody and is promised to nobody. */
export const releasable = (funds: Funds): number =>
  Math.max(0, funds.held - pendingRefunds(funds) - failedRefunds(funds) - pendingReleases(funds));

/** Rule 9: eligible payments of a milestone so far, less what was charged back. */
export const paidFor = (funds: Funds, milestone: Milestone): number =>
  funds.payments.reduce(
    (sum, payment) =>
      payment.eligible && payment.milestone === milestone ? sum + payment.amount - payment.chargedBack : sum,
    0,
  );

/** Takes `amount` out of custody first and, beyond that, out of what the supplier already has. */
export function takeBack(funds: Funds, amount: number): { readonly held: number; readonly released: number } {
  const fromHeld = Math.min(amount, funds.held);
  return { held: funds.held - fromHeld, released: funds.released - (amount - fromHeld) };
}

export const isFrozen = (order: Order): boolean => order.funds.frozenBy.length > 0;
