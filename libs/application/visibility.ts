import type { Caller } from '../domain/decision.js';
import type { Order } from '../domain/order/state.js';
import type { Party } from '../domain/vocabulary.js';

/**
 * Who sees an order: its buyer, its supplier, the inspectors named in it, and everyone who works for the platform.
 * For all others it does not exist.
 */
export function maySee(order: Order, { role, id }: Caller): boolean {
  if (role === 'buyer') return order.buyer.id === id;
  if (role === 'supplier') return order.supplierId === id;
  if (role === 'inspector') return order.inspections.some(({ inspectorId }) => inspectorId === id);
  return true;
}

/** Evidence under seal is shown to the arbitrators, to the parties that it is sealed to, and to whoever submitted it. */
export function mayOpenSeal(
  evidence: { readonly author: string; readonly sealedTo?: readonly Party[] },
  { role, id }: Caller,
): boolean {
  if (evidence.sealedTo === undefined || (role !== 'buyer' && role !== 'supplier')) return true;
  return evidence.author === id || evidence.sealedTo.includes(role);
}
