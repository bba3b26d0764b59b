import type { Caller } from '../../../libs/domain/decision.js';

/** Whose orders, or cases, a list is about. */
export interface Parties {
  readonly buyer?: string;
  readonly supplier?: string;
}

/** No id is empty: a list of nobody's orders. */
const NOBODY = '';

/** A party's own: of another's it is told none, as of those that do not exist. Inspectors have no list. */
export function ownOrders({ role, id }: Caller, asked: Parties): Parties {
  const only = (wanted: string | undefined) => (wanted === undefined || wanted === id ? id : NOBODY);
  if (role === 'buyer') return { ...asked, buyer: only(asked.buyer) };
  if (role === 'supplier') return { ...asked, supplier: only(asked.supplier) };
  return role === 'inspector' ? { buyer: NOBODY } : asked;
}
