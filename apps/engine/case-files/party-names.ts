import type { Documents } from '../../../libs/projection/read-models/documents.js';
import type { OrderRow } from '../../../projections/orders/projection.js';

export interface PartyNames {
  /** Null as long as the row of the order is still being made. */
  readonly buyerName: string | null;
  readonly supplierName: string | null;
}

/** A page of cases with the names of their parties, which the list of cases itself does not hold. One query. */
export async function withPartyNames<Case extends { readonly orderId: string }>(
  orders: Documents<OrderRow>,
  cases: readonly Case[],
): Promise<readonly (Case & PartyNames)[]> {
  const ids = [...new Set(cases.map(({ orderId }) => orderId))];
  if (ids.length === 0) return [];
  const { items } = await orders.query({
    where: [{ column: 'id', op: 'in', value: ids }],
    limit: ids.length,
  });
  const rows = new Map(items.map(({ id, document }) => [id, document]));
  return cases.map((one) => {
    const row = rows.get(one.orderId);
    return { ...one, buyerName: row?.buyer.name ?? null, supplierName: row?.supplierName ?? null };
  });
}
