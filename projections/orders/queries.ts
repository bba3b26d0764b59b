import type { OrderStatus } from '../../libs/domain/order/state.js';
import type { Condition, Page } from '../../libs/projection/query.js';
import type { Documents } from '../../libs/projection/read-models/documents.js';
import type { OrderRow } from './projection.js';

export interface OrderFilter {
  readonly buyer?: string;
  readonly supplier?: string;
  readonly status?: readonly OrderStatus[];
}

export interface OrdersQuery {
  readonly filter?: OrderFilter;
  /** Part of an order's or a party's id. */
  readonly search?: string;
  /** Default: what changed last comes first. */
  readonly sort?: 'changedAt' | 'value' | 'status';
  readonly direction?: 'asc' | 'desc';
  readonly cursor?: string | null;
  /** Default 50. */
  readonly limit?: number;
}

const COLUMNS = { changedAt: 'changed_at', value: 'value', status: 'status' } as const;

/** One page of orders. Whose orders a caller may see is for the filter to say. */
export async function listOrders(
  documents: Documents<OrderRow>,
  { filter = {}, search, sort = 'changedAt', direction = 'desc', cursor, limit = 50 }: OrdersQuery = {},
): Promise<Page<OrderRow>> {
  const { items, nextCursor } = await documents.query({
    where: conditions(filter),
    search,
    orderBy: [{ column: COLUMNS[sort], direction }],
    cursor,
    limit,
  });
  return { items: items.map(({ document }) => document), nextCursor };
}

/** How many orders pass the filter. */
export const countOrders = (documents: Documents<OrderRow>, filter: OrderFilter = {}): Promise<number> =>
  documents.count({ where: conditions(filter) });

const conditions = ({ buyer, supplier, status = [] }: OrderFilter): Condition[] => [
  ...(buyer === undefined ? [] : [{ column: 'buyer', op: 'eq', value: buyer } as const]),
  ...(supplier === undefined ? [] : [{ column: 'supplier', op: 'eq', value: supplier } as const]),
  ...(status.length === 0 ? [] : [{ column: 'status', op: 'in', value: status } as const]),
];
