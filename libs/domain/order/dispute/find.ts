import type { Dispute, Order } from '../state.js';

/** The dispute of this number. The guard has made sure that there is one. */
export function disputeOf(order: Order, number: number): Dispute {
  const dispute = order.disputes.find((known) => known.dispute === number);
  if (dispute === undefined) throw new Error(`order ${order.orderId} has no dispute ${number}`);
  return dispute;
}

/** The dispute of this number, unless it is closed. */
export const liveDispute = (order: Order, number: number | null): Dispute | undefined =>
  order.disputes.find(({ dispute, status }) => dispute === number && status !== 'CLOSED');

export const isDisputed = (order: Order): boolean => order.disputes.some(({ status }) => status !== 'CLOSED');

/** Who decides the dispute now: the arbitrator, or under appeal the other one. */
export const sittingArbitrator = (dispute: Dispute): string | undefined =>
  dispute.status === 'UNDER_APPEAL' ? dispute.appeal?.arbitrator : dispute.arbitrator;
