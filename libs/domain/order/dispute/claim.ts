import { formatMoney, type Money } from '../../../kernel/money.js';
import type { Fault } from '../../../kernel/problem.js';
import type { Instant } from '../../../kernel/instant.js';
import type { Ground } from '../../vocabulary.js';
import { claimWindowEnd } from '../completion.js';
import { STANDING_TERMS, termIds } from '../contract/eligibility.js';
import { latestDeadline, policyOf } from '../deadlines/decide.js';
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

/** The contract terms that a claim on this ground is about; `named` are those that the claim itself lists. */
export function scopeOf(ground: Ground, named: readonly string[]): readonly string[] {
  if (ground === 'QUANTITY') return ['QUANTITY'];
  return ground === 'LATE_SHIPMENT' ? ['SHIP_DATE'] : named;
}

/**
 * Rule 15: the promised day and its grace have passed, and there is no shipment, or a later one. What is overdue has
 * expired before anybody asks, so the deadline's state says whether it has passed.
 */
export function shippedLate(order: Order): boolean {
  const first = order.fulfilment.shipments[0];
  return first?.late ?? latestDeadline(order, 'ShipmentDue')?.state === 'EXPIRED';
}

/** Rule 18: by the buyer's own count of what it received, no less than the contract tolerates. False: nobody counted. */
export function quantityConforms(order: Order): boolean {
  const { count, toleranceBasisPoints } = order.contract.terms.quantity;
  const received = order.fulfilment.received?.quantity;
  return received !== undefined && received * 10_000 >= count * (10_000 - toleranceBasisPoints);
}

/** Every reason why a claim on this ground cannot be opened now, whatever is claimed (rules 14, 15, 16, 21, 22). */
export function groundFaults(order: Order, ground: Ground, now: Instant): Fault[] {
  const { grounds } = policyOf(order);
  const excluded = NOT_COVERED[ground] ?? {
    code: 'EXCLUDED_GROUND',
    message: `The policy does not cover ${ground}.`,
  };
  return [
    ...faultsWhere(
      [!grounds.includes(ground), { ...excluded, pointer: '/ground', rule: 14, facts: { covered: grounds } }],
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
        ground === 'QUALITY' && !order.contract.terms.qualitySafeguard,
        {
          code: 'DISPUTE.NO_QUALITY_SAFEGUARD',
          message: 'The quality safeguard was not chosen when ordering.',
          rule: 16,
        },
      ],
    ),
    ...(ground === 'LATE_SHIPMENT' ? latenessFaults(order) : goodsFaults(order, ground)),
    ...windowFaults(order, now),
  ];
}

/** Rule 15. */
function latenessFaults(order: Order): Fault[] {
  const shippedAt = order.fulfilment.shipments[0]?.shippedAt;
  return faultsWhere([
    !shippedLate(order),
    {
      code: 'DISPUTE.NOT_LATE',
      message:
        shippedAt === undefined
          ? 'The promised ship date and its grace have not passed.'
          : 'The goods were shipped in time.',
      rule: 15,
      facts: { dueAt: latestDeadline(order, 'ShipmentDue')?.dueAt, shippedAt },
    },
  ]);
}

/** Rules 14 and 22: what is wrong with goods is claimed before or after shipment, as coverage and policy say. */
function goodsFaults(order: Order, ground: Ground): Fault[] {
  const { claimWindow } = policyOf(order);
  const shipped = order.fulfilment.shipments.length > 0;
  const coveredUntilShipment = ground === 'QUALITY' && order.contract.terms.coverageType === 'PRE_SHIPMENT';
  const untilShipment =
    coveredUntilShipment ||
    (claimWindow.anchor === 'SHIPMENT' && (ground === 'QUALITY' || ground === 'QUANTITY'));
  const afterShipment = ground === 'QUANTITY' || ground === 'TRANSIT_DAMAGE';
  return faultsWhere(
    [
      untilShipment && shipped,
      coveredUntilShipment
        ? {
            code: 'DISCOVERED_AFTER_ARRIVAL',
            message: 'Under pre-shipment coverage quality is claimed until shipment.',
            rule: 14,
          }
        : { code: 'OUT_OF_WINDOW', message: 'The claim window of this policy ends with shipment.', rule: 22 },
    ],
    [
      afterShipment && !untilShipment && !shipped,
      { code: 'DISPUTE.NOT_SHIPPED', message: 'This is claimed once goods were shipped.', rule: 14 },
    ],
  );
}

/** Rule 22. */
function windowFaults(order: Order, now: Instant): Fault[] {
  const closedAt = claimWindowEnd(order);
  return faultsWhere([
    closedAt !== undefined && now >= closedAt,
    { code: 'OUT_OF_WINDOW', message: 'The claim window has closed.', rule: 22, facts: { closedAt } },
  ]);
}

/** Rules 8, 17, 20 and 21: what is wrong with the amount and the scope of a claim. */
export function claimFaults(order: Order, ground: Ground, claimed: Money, terms: readonly string[]): Fault[] {
  const { cap } = awardCap(order);
  return [
    ...faultsWhere(
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
    ),
    ...paymentFaults(order),
    ...scopeFaults(order, ground, terms),
  ];
}

/** Rule 8: nothing is covered before the initial payment was made by a method that is. */
export function paymentFaults(order: Order): Fault[] {
  const ineligible = order.funds.payments.filter(({ eligible }) => !eligible).length;
  return faultsWhere([
    order.status === 'CONFIRMED',
    {
      code: 'INELIGIBLE_PAYMENT',
      message:
        ineligible > 0
          ? 'The initial payment was not made by a method that is covered.'
          : 'The initial payment has not been made.',
      rule: 8,
      facts: { eligibleBase: awardCap(order).eligibleBase, ineligible },
    },
  ]);
}

/** Rules 17 and 21: a claim is about terms that the contract has and the buyer has not waived. */
function scopeFaults(order: Order, ground: Ground, terms: readonly string[]): Fault[] {
  const { waived } = order.fulfilment;
  const known = termIds(order.contract.terms);
  const unknown = terms.filter((term) => !known.includes(term));
  const foreign = terms.filter((term) => STANDING_TERMS.some((standing) => standing === term));
  const given = scopeOf(ground, terms).filter((term) => waived.includes(term));
  const fault = (code: string, message: string, rule: number, facts?: Fault['facts']): Fault => ({
    code,
    message,
    pointer: '/terms',
    rule,
    facts,
  });
  return faultsWhere(
    [
      ground === 'QUALITY' && terms.length === 0,
      fault('DISPUTE.NO_TERM', 'A quality claim names the contract terms that it is about.', 21),
    ],
    [
      ground === 'QUALITY' && foreign.length > 0,
      fault('DISPUTE.NOT_A_QUALITY_TERM', `${foreign.join(', ')} is claimed on a ground of its own.`, 14),
    ],
    [
      unknown.length > 0,
      fault('DISPUTE.UNKNOWN_TERM', `The contract has no term ${unknown.join(', ')}.`, 21),
    ],
    [given.length > 0, fault('WAIVED', `The buyer has waived ${given.join(', ')}.`, 17, { waived })],
  );
}

/** Rule 21: a claim is told in words. */
export const statementFaults = (statement: string): Fault[] =>
  faultsWhere([
    statement.trim() === '',
    { code: 'DISPUTE.NO_STATEMENT', message: 'A claim needs a statement.', pointer: '/statement', rule: 21 },
  ]);
