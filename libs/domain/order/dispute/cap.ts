import { formatMoney, scale, type Money } from '../../../kernel/money.js';
import { pendingRefunds, failedRefunds } from '../funds/ledger.js';
import type { Order } from '../state.js';
import { moneyOf } from '../turn.js';
import type { AwardCap } from './events.js';

/**
 * Rule 20: cap = max(0, min(coveredAmount, supplierLimitAtConfirmation, eligibleBase) − priorRefunds).
 * The eligible base is what was paid by eligible methods and not charged back since (rule 32): the initial payment alone
 * under PRE_SHIPMENT coverage. Prior refunds are those issued, under way or still to be retried.
 */
export function awardCap(order: Order): AwardCap {
  const { confirmed, terms } = order.contract;
  const { funds } = order;
  const coveredAmount = confirmed?.coveredAmount ?? 0;
  const supplierLimit = confirmed?.supplier.limit ?? 0;
  const eligibleBase = funds.payments.reduce(
    (sum, payment) =>
      payment.eligible && (terms.coverageType === 'POST_DELIVERY' || payment.milestone === 'INITIAL')
        ? sum + payment.amount - payment.chargedBack
        : sum,
    0,
  );
  const priorRefunds = funds.refunded + pendingRefunds(funds) + failedRefunds(funds);
  const cap = Math.max(0, Math.min(coveredAmount, supplierLimit, eligibleBase) - priorRefunds);
  return {
    coveredAmount: moneyOf(order, coveredAmount),
    supplierLimit: moneyOf(order, supplierLimit),
    eligibleBase: moneyOf(order, eligibleBase),
    priorRefunds: moneyOf(order, priorRefunds),
    cap: moneyOf(order, cap),
  };
}

/** Rule 20: award = min(claimed × liability, cap), the product rounded down to the minor unit (rule 12). */
export const awardOf = (claimed: number, liability: number, cap: number): number =>
  Math.min(scale(claimed, liability, 10_000, 'DOWN'), cap);

/** `min(covered 7,500.00, supplier limit 9,000.00, eligible base 8,000.00) − refunded before 0.00 = 7,500.00 USD` */
export function capArithmetic({
  coveredAmount,
  supplierLimit,
  eligibleBase,
  priorRefunds,
  cap,
}: AwardCap): string {
  const figure = (amount: Money) => formatMoney(amount).replace(/ [A-Z]{3}$/, '');
  const least = Math.min(coveredAmount.amount, supplierLimit.amount, eligibleBase.amount);
  return (
    `min(covered ${figure(coveredAmount)}, supplier limit ${figure(supplierLimit)}, ` +
    `eligible base ${figure(eligibleBase)}) − refunded before ${figure(priorRefunds)} = ${formatMoney(cap)}` +
    (least < priorRefunds.amount ? ' (never below zero)' : '')
  );
}
