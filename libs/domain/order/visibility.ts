import type { Caller } from '../decision.js';
import { mayOpenSeal } from './dispute/seal.js';
import type { Dispute, Evidence, Order } from './state.js';

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

/**
 * Who is given the bytes of evidence, of those who see the order and for whom its seal is open: the parties, whoever
 * submitted it, the arbitrators of its dispute, agents and auditors. Others on the platform know that it is there.
 */
export function mayOpenFile(dispute: Dispute, evidence: Evidence, caller: Caller): boolean {
  if (!mayOpenSeal(evidence, caller)) return false;
  const { role, id } = caller;
  switch (role) {
    case 'buyer':
    case 'supplier':
    case 'agent':
    case 'auditor':
      return true;
    case 'arbitrator':
    case 'appeal_arbitrator':
      return dispute.arbitrator === id || dispute.appeal?.arbitrator === id;
    default:
      return evidence.by === role && evidence.author === id;
  }
}
