import type { CloseOutcome, Ground } from '../../libs/domain/vocabulary.js';
import type { Instant } from '../../libs/kernel/instant.js';
import { money, type Money } from '../../libs/kernel/money.js';
import type { Condition, Page } from '../../libs/projection/query.js';
import type { Documents } from '../../libs/projection/read-models/documents.js';
import { everyDocument } from '../every-document.js';
import type { OrderRow } from '../orders/projection.js';
import type { WorklistCase } from '../worklist/projection.js';
import { standingOf, type Standing, type SupplierStandingRow } from './projection.js';

export interface SupplierItem {
  readonly supplierId: string;
  readonly name: string;
  readonly country: string;
  readonly enrolledAt: Instant;
  readonly standing: Standing;
  /** The whole limit and what is left of it, a pair for each currency that risk has set one in. */
  readonly limits: readonly { readonly limit: Money; readonly available: Money }[];
}

export interface SupplierFilter {
  readonly standing?: readonly Standing[];
  readonly country?: string;
  /** Minor units of US dollars. */
  readonly usdLimitFrom?: number;
}

/** One page of suppliers, by name. */
export async function suppliers(
  documents: Documents<SupplierStandingRow>,
  {
    filter = {},
    search,
    cursor,
    limit = 50,
  }: {
    readonly filter?: SupplierFilter;
    /** Part of the id, the name or the country. */
    readonly search?: string;
    readonly cursor?: string | null;
    readonly limit?: number;
  } = {},
): Promise<Page<SupplierItem>> {
  const { items, nextCursor } = await documents.query({
    where: conditions(filter),
    search,
    orderBy: [{ column: 'name', direction: 'asc' }],
    cursor,
    limit,
  });
  return { items: items.map(({ document }) => supplierItem(document)), nextCursor };
}

const conditions = ({ standing = [], country, usdLimitFrom }: SupplierFilter): Condition[] => [
  ...(standing.length === 0 ? [] : [{ column: 'standing', op: 'in', value: standing } as const]),
  ...(country === undefined ? [] : [{ column: 'country', op: 'eq', value: country } as const]),
  ...(usdLimitFrom === undefined ? [] : [{ column: 'usd_limit', op: 'gte', value: usdLimitFrom } as const]),
];

function supplierItem({ supplier, reserved }: SupplierStandingRow): SupplierItem {
  const { supplierId, name, country, enrolledAt, limits } = supplier;
  return {
    supplierId,
    name,
    country,
    enrolledAt,
    standing: standingOf(supplier),
    limits: Object.entries(limits).map(([currency, limit]) => {
      const { ORDER, RECOVERY } = reserved[currency] ?? { ORDER: 0, RECOVERY: 0 };
      return {
        limit: money(limit, currency),
        available: money(Math.max(0, limit - ORDER - RECOVERY), currency),
      };
    }),
  };
}

/** How a supplier has done so far. */
export interface SupplierRecord extends SupplierItem {
  /** Confirmed ones: drafts are nobody's record. */
  readonly orders: number;
  readonly completedOrders: number;
  readonly disputes: {
    readonly all: number;
    readonly open: number;
    readonly byGround: Readonly<Partial<Record<Ground, number>>>;
    readonly byOutcome: Readonly<Partial<Record<CloseOutcome, number>>>;
    /** Those in which it let the time to respond pass (rule 23). */
    readonly silent: number;
  };
  /** By currency. */
  readonly refunded: readonly Money[];
  /** What it owes the platform (rule 30). */
  readonly owed: readonly Money[];
  /** 1 to 5; null when no buyer has said anything. */
  readonly rating: number | null;
  readonly ratings: number;
}

/** A supplier with its record over all its orders; undefined when there is no such supplier. */
export async function supplierRecord(
  documents: {
    readonly suppliers: Documents<SupplierStandingRow>;
    readonly orders: Documents<OrderRow>;
    readonly cases: Documents<WorklistCase>;
  },
  supplierId: string,
): Promise<SupplierRecord | undefined> {
  const row = await documents.suppliers.get(supplierId);
  if (row === undefined) return undefined;
  const its: readonly Condition[] = [{ column: 'supplier', op: 'eq', value: supplierId }];
  return {
    ...supplierItem(row),
    ...(await orderRecord(everyDocument(documents.orders, its))),
    disputes: await disputeRecord(everyDocument(documents.cases, its)),
  };
}

async function orderRecord(rows: AsyncIterable<OrderRow>) {
  const refunded = new Map<string, number>();
  const owed = new Map<string, number>();
  const ratings: number[] = [];
  let orders = 0;
  let completedOrders = 0;
  for await (const { status, orderValue, refunded: back, owedBySupplier, feedback } of rows) {
    if (status === 'DRAFT') continue;
    orders += 1;
    if (status === 'COMPLETED') completedOrders += 1;
    add(refunded, orderValue.currency, back);
    add(owed, orderValue.currency, owedBySupplier);
    ratings.push(...feedback.filter(({ by }) => by === 'buyer').map(({ rating }) => rating));
  }
  const sum = ratings.reduce((all, rating) => all + rating, 0);
  return {
    orders,
    completedOrders,
    refunded: moneyOf(refunded),
    owed: moneyOf(owed),
    rating: ratings.length === 0 ? null : sum / ratings.length,
    ratings: ratings.length,
  };
}

async function disputeRecord(rows: AsyncIterable<WorklistCase>): Promise<SupplierRecord['disputes']> {
  const byGround = new Map<string, number>();
  const byOutcome = new Map<string, number>();
  let all = 0;
  let open = 0;
  let silent = 0;
  for await (const row of rows) {
    all += 1;
    if (row.silent) silent += 1;
    add(byGround, row.dispute.ground, 1);
    const outcome = row.dispute.closed?.outcome;
    if (outcome === undefined) open += 1;
    else add(byOutcome, outcome, 1);
  }
  return {
    all,
    open,
    silent,
    byGround: Object.fromEntries(byGround),
    byOutcome: Object.fromEntries(byOutcome),
  };
}

const add = (sums: Map<string, number>, key: string, amount: number) =>
  sums.set(key, (sums.get(key) ?? 0) + amount);

const moneyOf = (sums: ReadonlyMap<string, number>): Money[] =>
  [...sums].filter(([, amount]) => amount !== 0).map(([currency, amount]) => money(amount, currency));
