import { isCalendarDate } from '../../../kernel/calendar-date.js';
import type { Instant } from '../../../kernel/instant.js';
import { formatMoney } from '../../../kernel/money.js';
import type { Fault } from '../../../kernel/problem.js';
import { endOfDay } from '../../calendar/due.js';
import type { OrderContext, PublishedPolicy, SupplierStanding } from '../context.js';
import { faultsWhere } from '../refuse.js';
import type { Order } from '../state.js';
import type { Terms } from './terms.js';

/** Terms that every contract has beside its specification: claims, waivers and determinations cite them like the others. */
export const STANDING_TERMS = ['SHIP_DATE', 'QUANTITY'] as const;

export const termIds = (terms: Terms): readonly string[] => [
  ...STANDING_TERMS,
  ...terms.specification.map(({ id }) => id),
];

/** Rule 5: terms that contradict themselves, each with its place in the command. */
export function termFaults(terms: Terms, context: OrderContext, currency: string): Fault[] {
  const ids = terms.specification.map(({ id }) => id);
  const repeated = ids.filter(
    (id, index) => ids.indexOf(id) !== index || STANDING_TERMS.some((standing) => standing === id),
  );
  const amounts = ['orderValue', 'coveredAmount', 'initialPayment', 'balance'] as const;
  const foreign = amounts.filter((name) => terms[name].currency !== currency);
  const { orderValue, coveredAmount, initialPayment, balance, quantity, shipDate } = terms;
  const zone = context.policy?.parameters.zone ?? 'UTC';
  return [
    ...foreign.map((name) => ({
      code: 'TERMS.CURRENCY_MIXED',
      message: `An order has one currency, ${currency}; ${name} is in ${terms[name].currency}.`,
      pointer: `/terms/${name}/currency`,
      rule: 12,
    })),
    ...exactDateFaults(shipDate, zone, context.now, '/terms/shipDate', 5),
    ...faultsWhere(
      [
        orderValue.amount <= 0,
        {
          code: 'TERMS.NO_VALUE',
          message: 'The order value must be above zero.',
          pointer: '/terms/orderValue/amount',
          rule: 5,
        },
      ],
      [
        coveredAmount.amount > orderValue.amount,
        {
          code: 'TERMS.COVER_ABOVE_VALUE',
          message: 'The covered amount may not exceed the order value.',
          pointer: '/terms/coveredAmount/amount',
          rule: 5,
        },
      ],
      [
        coveredAmount.amount <= 0,
        {
          code: 'TERMS.NO_COVER',
          message: 'The covered amount must be above zero.',
          pointer: '/terms/coveredAmount/amount',
          rule: 5,
        },
      ],
      [
        initialPayment.amount <= 0,
        {
          code: 'TERMS.NO_INITIAL_PAYMENT',
          message: 'The initial payment must be above zero.',
          pointer: '/terms/initialPayment/amount',
          rule: 9,
        },
      ],
      [
        initialPayment.amount + balance.amount !== orderValue.amount,
        {
          code: 'TERMS.MILESTONES_DO_NOT_ADD_UP',
          message: 'Initial payment and balance must add up to the order value.',
          pointer: '/terms/balance/amount',
          rule: 9,
        },
      ],
      [
        quantity.count <= 0,
        {
          code: 'TERMS.NO_QUANTITY',
          message: 'The quantity must be above zero.',
          pointer: '/terms/quantity/count',
          rule: 5,
        },
      ],
      [
        repeated.length > 0,
        {
          code: 'TERMS.SPECIFICATION_ID_TAKEN',
          message: `Specification terms need ids of their own: ${[...new Set(repeated)].join(', ')}.`,
          pointer: '/terms/specification',
          rule: 5,
        },
      ],
    ),
  ];
}

/** Rules 5 and 7: one exact day, no month and no range, that has not passed in the policy's zone. */
export function exactDateFaults(
  shipDate: string,
  zone: string,
  now: Instant,
  pointer: string,
  rule: number,
): Fault[] {
  const exact: boolean = isCalendarDate(shipDate);
  if (!exact) {
    const message = `“${shipDate}” is not one exact day.`;
    return [{ code: 'TERMS.SHIP_DATE_NOT_EXACT', message, pointer, rule }];
  }
  const message = `The ship date ${shipDate} has passed.`;
  return faultsWhere([
    endOfDay(shipDate, zone) < now,
    { code: 'TERMS.SHIP_DATE_PASSED', message, pointer, rule },
  ]);
}

/** Rules 1, 2 and 3: every reason why this order cannot be confirmed under this policy. */
export function eligibilityFaults(
  order: Order,
  policy: PublishedPolicy,
  supplier: SupplierStanding | undefined,
): Fault[] {
  const { parameters } = policy;
  const { orderValue } = order.contract.terms;
  const minimum = parameters.minimumOrder.find(({ currency }) => currency === order.currency);
  const { mode, countries } = parameters.supplierCountries;
  const listed = supplier !== undefined && countries.includes(supplier.country);
  return faultsWhere(
    [
      supplier === undefined || !supplier.enrolled,
      {
        code: 'SUPPLIER.NOT_ENROLLED',
        message: 'The supplier is not enrolled.',
        rule: 1,
        facts: { supplierId: order.supplierId },
      },
    ],
    [
      supplier !== undefined && !supplier.qualified,
      { code: 'SUPPLIER.NOT_QUALIFIED', message: 'The supplier is not qualified.', rule: 1 },
    ],
    [
      supplier !== undefined && supplier.suspended,
      { code: 'SUPPLIER.SUSPENDED', message: 'The supplier is suspended.', rule: 1 },
    ],
    [
      supplier !== undefined && supplier.limit === undefined,
      {
        code: 'SUPPLIER.NO_LIMIT',
        message: `Risk has set no assurance limit in ${order.currency}.`,
        rule: 1,
      },
    ],
    [
      supplier?.limit !== undefined && limitFor(supplier) === 0,
      {
        code: 'SUPPLIER.NO_COVER_LEFT',
        message: 'Nothing is left of the assurance limit until what is owed for refunds has been paid.',
        rule: 30,
        facts: { limit: supplier?.limit, owed: supplier?.owed },
      },
    ],
    [
      supplier !== undefined && (mode === 'ALLOW' ? !listed : listed),
      {
        code: 'SUPPLIER.COUNTRY_NOT_ALLOWED',
        message: `The policy does not cover suppliers in ${supplier?.country}.`,
        rule: 2,
        facts: { country: supplier?.country, policy: policy.policyId },
      },
    ],
    [
      minimum === undefined,
      {
        code: 'ORDER.CURRENCY_NOT_COVERED',
        message: `The policy names no minimum order in ${order.currency}.`,
        rule: 3,
      },
    ],
    [
      minimum !== undefined && orderValue.amount < minimum.amount,
      {
        code: 'ORDER.BELOW_MINIMUM',
        message: `The order value is below the minimum of ${minimum === undefined ? '' : formatMoney(minimum)}.`,
        rule: 3,
        facts: { orderValue, minimum },
      },
    ],
    [
      parameters.excludedCategories.includes(order.category),
      {
        code: 'ORDER.CATEGORY_EXCLUDED',
        message: `The category ${order.category} is excluded.`,
        rule: 3,
        facts: { category: order.category },
      },
    ],
  );
}

type Weakness = {
  readonly code:
    'NO_MEASURABLE_TERM' | 'NO_INSPECTION_PLANNED' | 'DEPOSIT_ABOVE_LIMIT' | 'COVER_BELOW_DEPOSIT';
  readonly message: string;
};

/** Rule 6: what makes the contract weak; shown before it is confirmed and recorded with the confirmation. */
export function weaknessesOf(terms: Terms, supplier: SupplierStanding | undefined): Weakness[] {
  const weaknesses: Weakness[] = [];
  if (!terms.specification.some(({ measurable }) => measurable)) {
    weaknesses.push({
      code: 'NO_MEASURABLE_TERM',
      message: 'No quality term can be measured: a quality claim will rest on opinion.',
    });
  }
  if (terms.inspectionPlan === undefined) {
    weaknesses.push({
      code: 'NO_INSPECTION_PLANNED',
      message: 'No inspection is planned: a quality claim needs one.',
    });
  }
  if (supplier?.limit !== undefined && terms.initialPayment.amount > limitFor(supplier)) {
    weaknesses.push({
      code: 'DEPOSIT_ABOVE_LIMIT',
      message: "The initial payment exceeds the supplier's assurance limit.",
    });
  }
  if (terms.coveredAmount.amount < terms.initialPayment.amount) {
    weaknesses.push({
      code: 'COVER_BELOW_DEPOSIT',
      message: 'The covered amount is below the initial payment.',
    });
  }
  return weaknesses;
}

/** Rules 20 and 30: the limit that a contract is confirmed under. What the supplier owes for refunds shrinks it. */
export const limitFor = ({ limit, owed }: SupplierStanding): number =>
  Math.max(0, (limit?.amount ?? 0) - (owed?.amount ?? 0));

/**
 * What a confirmation takes from the supplier's limit when open orders share it (AGGREGATE_OPEN): the covered amount,
 * or the whole limit where that is less, because no more than the limit is ever paid (rule 20).
 */
export const coverageToReserve = (order: Order, supplier: SupplierStanding): number =>
  Math.min(order.contract.terms.coveredAmount.amount, limitFor(supplier));
