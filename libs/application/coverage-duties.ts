import type { OrderEvent } from '../domain/order/events.js';
import type { Order } from '../domain/order/state.js';
import type { SupplierCommand } from '../domain/supplier/commands.js';
import type { SupplierEvent } from '../domain/supplier/events.js';

/** Event types that ask something of a supplier's coverage (rules 20 and 30). */
export const COVERAGE_EVENTS: readonly (OrderEvent['type'] | SupplierEvent['type'])[] = [
  'OrderCancelled',
  'OrderCompleted',
  'RecoveryDemanded',
  'RecoveryReceived',
  'RecoveryWrittenOff',
  'DeadlineExpired',
  'CoverageReserved',
];

/** False for an event that asks for nothing, whatever the order is: most deadlines that expire. */
export const mayAskForCoverage = (event: OrderEvent): boolean =>
  event.type !== 'DeadlineExpired' || event.data.kind === 'RecoveryDue';

/**
 * What an order's event asks of its supplier's stream; undefined when nothing. An order that is over gives its share of
 * the limit back; what a supplier owes takes from it until it is paid; an overdue recovery suspends.
 */
export function coverageDuty(order: Order, event: OrderEvent): SupplierCommand | undefined {
  const { orderId } = order;
  switch (event.type) {
    case 'OrderCancelled':
    case 'OrderCompleted':
      return sharesLimit(order) ? { type: 'ReleaseCoverage', data: { orderId, kind: 'ORDER' } } : undefined;
    case 'RecoveryDemanded':
      return { type: 'ReserveCoverage', data: { orderId, amount: event.data.amount, kind: 'RECOVERY' } };
    case 'RecoveryReceived':
    case 'RecoveryWrittenOff':
      return { type: 'ReleaseCoverage', data: { orderId, amount: event.data.amount, kind: 'RECOVERY' } };
    case 'DeadlineExpired':
      return mayAskForCoverage(event) ? { type: 'SuspendForRecovery', data: { orderId } } : undefined;
    default:
      return undefined;
  }
}

/** A reservation is an order's own once its contract is confirmed under a shared limit, and until it is over. */
export const holdsReservation = (order: Order | undefined): boolean =>
  order !== undefined && sharesLimit(order) && order.status !== 'CANCELLED' && order.status !== 'COMPLETED';

const sharesLimit = (order: Order): boolean =>
  order.contract.confirmed?.policy.limitScope === 'AGGREGATE_OPEN';
