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

/** What could still go back to the buyer: refund and chargeback together never exceed the payment (rule 32). */
export const refundable = (funds: Funds): number =>
  Math.max(0, funds.received - funds.refunded - funds.chargedBack - pendingRefunds(funds));

/** What lies in custody and is promised to nobody. */
export const releasable = (funds: Funds): number =>
  Math.max(0, funds.held - pendingRefunds(funds) - failedRefunds(funds) - pendingReleases(funds));

/** Rule 9: eligible payments of a milestone so far. */
export const paidFor = (funds: Funds, milestone: 'INITIAL' | 'BALANCE'): number =>
  funds.payments.reduce(
    (sum, payment) => (payment.eligible && payment.milestone === milestone ? sum + payment.amount : sum),
    0,
  );

/** Takes `amount` out of custody first and, beyond that, out of what the supplier already has. */
export function takeBack(
  funds: Funds,
  amount: number,
): { readonly held: number; readonly released: number; readonly beyond: number } {
  const fromHeld = Math.min(amount, funds.held);
  const beyond = amount - fromHeld;
  return { held: funds.held - fromHeld, released: funds.released - beyond, beyond };
}

export const isFrozen = (order: Order): boolean => order.funds.frozenBy.length > 0;
