import { mayRoleSend } from '../../../libs/domain/permissions.js';
import { reservedIn, type Supplier } from '../../../libs/domain/supplier/state.js';
import type { Caller } from '../../../libs/domain/decision.js';
import { money } from '../../../libs/kernel/money.js';
import { linkTo, type Link } from '../http/link.js';
import { supplierVerbs } from './supplier-verbs.js';

/** Rule 1: standing and limits are public. What open orders take from the limits is for those who set them. */
export function supplierView(supplier: Supplier, { role, id }: Caller) {
  const { supplierId, name, country, enrolledAt, qualified, limits, suspensions, reservations } = supplier;
  const inside =
    role === 'risk' || role === 'auditor' || role === 'agent' || (role === 'supplier' && id === supplierId);
  return {
    supplierId,
    name,
    country,
    enrolledAt,
    qualified,
    suspended: suspensions.length > 0,
    limits: Object.entries(limits).map(([currency, amount]) => ({
      limit: money(amount, currency),
      available: money(Math.max(0, amount - reservedIn(supplier, currency)), currency),
    })),
    ...(inside ? { suspensions, reservations } : {}),
  };
}

/** Links to what this caller may do with the supplier now. */
export function supplierLinks({ supplierId, suspensions }: Supplier, { role }: Caller): Link[] {
  return supplierVerbs
    .filter(({ command }) => mayRoleSend(role, command))
    .filter(({ command }) => command !== 'ReinstateSupplier' || suspensions.length > 0)
    .filter(
      ({ command }) => command !== 'SuspendSupplier' || !suspensions.some(({ reason }) => reason === 'RISK'),
    )
    .map((verb) => linkTo(verb, `/v1/suppliers/${supplierId}/${verb.verb}`));
}
