import { formatMoney, type Money } from '../../../kernel/money.js';
import type { Fault } from '../../../kernel/problem.js';
import type { Instant } from '../../../kernel/instant.js';
import type { Ground } from '../../vocabulary.js';
import { claimWindowEnd } from '../completion.js';
import { shipmentDueAt } from '../contract/decide.js';
import { termIds } from '../contract/eligibility.js';
import { policyOf } from '../deadlines/decide.js';
import { faultsWhere } from '../refuse.js';
import type { Order } from '../state.js';
import { awardCap } from './cap.js';

/** Rule 14: what each ground that no policy covers is refused with. */
const NOT_COVERED: Partial<Record<Ground, { readonly code: string; readonly message: string }>> = {
  TRANSIT_DAMAGE: { code: 'TRANSIT_DAMAGE', message: 'Damage in shipment or pick-up is not covered.' },
  NOT_RECEIVED: {
    code: 'LOST_IN_TRANSIT',
    message: 'Goods that were shipped on time and never arrived are not covered.',
  },
};

/** Rule 15: the promised day and its grace have passed, and there is no shipment, or a later one. */
export function shippedLate(order: Order, now: Instant): boolean {
  const due = shipmentDueAt(order);
  const first = order.fulfilment.shipments[0];
  return first === undefined ? now >= due : first.shippedAt > due;
}

/** Every reason why a claim on this ground cannot be opened now, whatever is claimed (rules 14, 15, 16, 21, 22). */
export function groundFaults(order: Order, ground: Ground, now: Instant): Fault[] {
  const policy = policyOf(order);
  const { terms } = order.contract;
  const aboutGoods = ground === 'QUALITY' || ground === 'QUANTITY';
  const shipped = order.fulfilment.shipments.length > 0;
  const untilShipment =
    policy.claimWindow.anchor === 'SHIPMENT' ||
    (ground === 'QUALITY' && terms.coverageType === 'PRE_SHIPMENT');
  const windowEnd = claimWindowEnd(order);
  const excluded = NOT_COVERED[ground] ?? {
    code: 'EXCLUDED_GROUND',
    message: `The policy does not cover ${ground}.`,
  };
  return faultsWhere(
    [
      !policy.grounds.includes(ground),
      { ...excluded, pointer: '/ground', rule: 14, facts: { covered: policy.grounds } },
    ],
    [
      order.disputes.some((dispute) => dispute.ground === ground && dispute.status !== 'CLOSED'),
      {
        code: 'DISPUTE.GROUND_OPEN',
        message: `A dispute about ${ground} is open already.`,
        pointer: '/ground',
        rule: 21,
      },
    ],
    [
      ground === 'LATE_SHIPMENT' && !shippedLate(order, now),
      {
        code: 'DISPUTE.NOT_LATE',
        message: shipped
          ? 'The goods were shipped in time.'
          : 'The promised ship date and its grace have not passed.',
        rule: 15,
        facts: { dueAt: shipmentDueAt(order), shippedAt: order.fulfilment.shipments[0]?.shippedAt },
      },
    ],
    [
      ground === 'QUALITY' && !terms.qualitySafeguard,
      {
        code: 'DISPUTE.NO_QUALITY_SAFEGUARD',
        message: 'The quality safeguard was not chosen when ordering.',
        rule: 16,
      },
    ],
    [
      aboutGoods && untilShipment && shipped,
      terms.coverageType === 'PRE_SHIPMENT' && ground === 'QUALITY'
        ? {
            code: 'DISCOVERED_AFTER_ARRIVAL',
            message: 'Under pre-shipment coverage quality is claimed until shipment.',
            rule: 14,
          }
        : { code: 'OUT_OF_WINDOW', message: 'The claim window of this policy ends with shipment.', rule: 22 },
    ],
    [
      ground === 'QUANTITY' && !shipped && !untilShipment,
      { code: 'DISPUTE.NOT_SHIPPED', message: 'Quantity is claimed once goods were shipped.', rule: 14 },
    ],
    [
      windowEnd !== undefined && now >= windowEnd,
      {
        code: 'OUT_OF_WINDOW',
        message: 'The claim window has closed.',
        rule: 22,
        facts: { closedAt: windowEnd },
      },
    ],
  );
}

/** Rules 17, 20, 21: what is wrong with the amount and the scope of a claim. */
export function claimFaults(order: Order, ground: Ground, claimed: Money, terms: readonly string[]): Fault[] {
  const { cap, eligibleBase } = awardCap(order);
  const known = termIds(order.contract.terms);
  const unknown = terms.filter((term) => !known.includes(term));
  const scope = ground === 'QUANTITY' ? ['QUANTITY'] : ground === 'LATE_SHIPMENT' ? ['SHIP_DATE'] : terms;
  const ineligible = order.funds.payments.filter(({ eligible }) => !eligible).length;
  return faultsWhere(
    [
      claimed.currency !== order.currency,
      {
        code: 'DISPUTE.CURRENCY_OF_ANOTHER_ORDER',
        message: `The order is in ${order.currency}.`,
        pointer: '/claimed/currency',
        rule: 12,
      },
    ],
    [
      claimed.amount === 0,
      {
        code: 'DISPUTE.NOTHING_CLAIMED',
        message: 'The claimed amount is above zero.',
        pointer: '/claimed/amount',
        rule: 21,
      },
    ],
    [
      claimed.amount > cap.amount,
      {
        code: 'ABOVE_COVERAGE',
        message: `At most ${formatMoney(cap)} can be claimed.`,
        pointer: '/claimed/amount',
        rule: 20,
        facts: { ...awardCap(order) },
      },
    ],
    [
      eligibleBase.amount === 0,
      {
        code: 'INELIGIBLE_PAYMENT',
        message: ineligible > 0 ? 'Nothing was paid by a method that is covered.' : 'Nothing has been paid.',
        rule: 8,
        facts: { eligibleBase, ineligible },
      },
    ],
    [
      ground === 'QUALITY' && terms.length === 0,
      {
        code: 'DISPUTE.NO_TERM',
        message: 'A quality claim names the contract terms that it is about.',
        pointer: '/terms',
        rule: 21,
      },
    ],
    [
      unknown.length > 0,
      {
        code: 'DISPUTE.UNKNOWN_TERM',
        message: `The contract has no term ${unknown.join(', ')}.`,
        pointer: '/terms',
        rule: 21,
      },
    ],
    [
      scope.length > 0 && scope.every((term) => order.fulfilment.waived.includes(term)),
      {
        code: 'WAIVED',
        message: 'The buyer has waived what is claimed.',
        pointer: '/terms',
        rule: 17,
        facts: { waived: order.fulfilment.waived },
      },
    ],
  );
}
