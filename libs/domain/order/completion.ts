import { dueAfter } from '../calendar/due.js';
import { latestDeadline, meetDeadlines, policyOf, setDeadlineAt } from './deadlines/decide.js';
import { isDisputed } from './dispute/find.js';
import type { OrderEventOf } from './events.js';
import { instructRefund, instructRelease } from './funds/instruct.js';
import { isFrozen } from './funds/ledger.js';
import type { Order } from './state.js';
import type { Turn } from './turn.js';

/** How an order comes to its end: the claim window, and what happens to held money once no claim can come any more. */

const isOver = (order: Order): boolean => order.status === 'COMPLETED' || order.status === 'CANCELLED';

/** Releases what is held and ends the order. Recoveries go on: they are owed to the platform, not to the buyer. */
export function completeOrder(turn: Turn, reason: OrderEventOf<'OrderCompleted'>['data']['reason']): void {
  if (reason !== 'FULLY_REFUNDED') instructRelease(turn, reason);
  turn.emit({ type: 'OrderCompleted', data: { reason, completedAt: turn.at } });
  meetDeadlines(turn, 'OrderCompleted', ({ kind }) => kind !== 'RecoveryDue');
}

/** Rule 22: the instant from which the claim window counts, once it has come. */
function claimWindowAnchor(order: Order): string | undefined {
  const { received, clearedAt } = order.fulfilment;
  const { anchor } = policyOf(order).claimWindow;
  if (anchor === 'RECEIPT') return received?.at;
  // Goods that were received have been cleared, at the latest then.
  if (anchor === 'CUSTOMS_CLEARANCE') return clearedAt ?? received?.at;
  return undefined;
}

/**
 * Rule 22: when the claim window closes; undefined while it has not begun, or where the policy's window is shipment. Once
 * it was set it is a fact: what becomes known of an earlier anchor does not move it.
 */
export function claimWindowEnd(order: Order): string | undefined {
  const set = latestDeadline(order, 'ClaimWindow');
  if (set !== undefined) return set.dueAt;
  const { claimWindow, zone, days } = policyOf(order);
  const anchor = claimWindowAnchor(order);
  return anchor === undefined || claimWindow.period === null
    ? undefined
    : dueAfter(anchor, claimWindow.period, zone, days);
}

/**
 * Called whenever a claim window may begin or go on: after receipt, after clearance, after a dispute has closed.
 * With a dispute open nothing runs. A window whose end has passed meanwhile closes at once.
 */
export function continueClaimWindow(turn: Turn): void {
  const { order } = turn;
  if (isOver(order) || isDisputed(order)) return;
  const { claimWindow } = policyOf(order);
  if (claimWindow.anchor === 'SHIPMENT') {
    if (order.status === 'RECEIVED') completeOrder(turn, 'CLAIM_WINDOW_CLOSED');
    return;
  }
  const anchor = claimWindowAnchor(order);
  const end = claimWindowEnd(order);
  if (anchor === undefined || end === undefined || claimWindow.period === null) return;
  if (latestDeadline(order, 'ClaimWindow')?.state === 'OPEN') return;
  if (end <= turn.at) completeOrder(turn, 'CLAIM_WINDOW_CLOSED');
  else
    setDeadlineAt(turn, { kind: 'ClaimWindow', rule: 22 }, end, {
      period: claimWindow.period,
      startedAt: anchor,
    });
}

/** Ends an order that was never fully paid for; what had been paid goes back to the buyer. */
export function cancelOrder(turn: Turn, data: OrderEventOf<'OrderCancelled'>['data']): void {
  turn.emit({ type: 'OrderCancelled', data });
  meetDeadlines(turn, 'OrderCancelled', () => true);
  instructRefund(turn, null, turn.order.funds.held, 'CANCELLATION');
}

/** After a refund was issued or a dispute closed: an order with nothing left in it is complete. */
export function completeIfEmptied(turn: Turn): void {
  const { order } = turn;
  const { received, refunded, chargedBack } = order.funds;
  // An order that is not paid for yet may be paid anew.
  if (order.status === 'CONFIRMED' || refunded + chargedBack < received) return;
  if (!isOver(order) && !isDisputed(order)) completeOrder(turn, 'FULLY_REFUNDED');
}

/** Rule 10: with a designated account money passes on once the order is paid for, as soon as nothing freezes it. */
export function passOnDesignated(turn: Turn): void {
  const { order } = turn;
  if (policyOf(order).custody !== 'DESIGNATED_ACCOUNT' || order.status === 'CONFIRMED' || isFrozen(order))
    return;
  instructRelease(turn, 'DESIGNATED_ACCOUNT');
}
