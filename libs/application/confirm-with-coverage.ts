import { randomUUID } from 'node:crypto';
import type { Caller } from '../domain/decision.js';
import type { OrderCommand } from '../domain/order/commands.js';
import { coverageToReserve } from '../domain/order/contract/eligibility.js';
import type { Order } from '../domain/order/state.js';
import type { OrderRunner, SupplierRunner } from './runners.js';
import type { CommandOutcome, CommandRequest } from './command-outcome.js';
import type { OrderSources } from './order-kind.js';

/** Who keeps a supplier's coverage in step with its orders: the engine itself. */
export const ENGINE: Caller = { role: 'clock', id: 'engine' };

interface Streams {
  readonly orders: OrderRunner;
  readonly suppliers: SupplierRunner;
  readonly sources: OrderSources;
}

/**
 * Confirms a contract. Where open orders share the supplier's limit (AGGREGATE_OPEN) its coverage is reserved first, on
 * the supplier's stream, so that two confirmations at once can't both take the last of it; a confirmation that is then
 * refused gives it back. If this process dies in between, the coverage keeper gives it back.
 */
export async function confirmWithCoverage(
  { orders, suppliers, sources }: Streams,
  request: CommandRequest<OrderCommand>,
): Promise<CommandOutcome<Order>> {
  const order = (await orders.read(request.id)).state;
  if (order === undefined || !(await sharesLimit(order, sources))) return orders.run(request);
  // What would be refused anyway takes nothing from the limit, not even for a moment.
  if (!(await orders.wouldBeAccepted(request))) return orders.run(request);
  const standing = await sources.supplier(order.supplierId, order.currency, 0);
  if (standing === undefined) return orders.run(request);
  const amount = { amount: coverageToReserve(order, standing), currency: order.currency };
  const coverage = { orderId: order.orderId, kind: 'ORDER' } as const;
  const reserved = await suppliers.run({
    id: order.supplierId,
    caller: ENGINE,
    idempotencyKey: randomUUID(),
    command: { type: 'ReserveCoverage', data: { ...coverage, amount } },
  });
  if (reserved.kind === 'refused') return reserved;
  const outcome = await orders.run(request);
  if (outcome.kind === 'refused' && !(await isConfirmed(orders, order.orderId))) {
    await suppliers.run({
      id: order.supplierId,
      caller: ENGINE,
      idempotencyKey: randomUUID(),
      command: { type: 'ReleaseCoverage', data: coverage },
    });
  }
  return outcome;
}

/** Before confirmation the published policy says; a confirmed order has its own, and takes nothing more. */
async function sharesLimit(order: Order, sources: OrderSources): Promise<boolean> {
  if (order.contract.confirmed !== undefined) return false;
  const policy = await sources.policy(order.policyId, 0);
  return policy?.parameters.limitScope === 'AGGREGATE_OPEN';
}

/** Another confirmation of the same order may have gone through meanwhile: the reservation is then its own. */
async function isConfirmed(orders: OrderRunner, orderId: string): Promise<boolean> {
  return (await orders.read(orderId)).state?.contract.confirmed !== undefined;
}
