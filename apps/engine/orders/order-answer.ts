import type { Accepted } from '../../../libs/application/command-outcome.js';
import type { Caller } from '../../../libs/domain/decision.js';
import type { OrderCommand } from '../../../libs/domain/order/commands.js';
import type { Order } from '../../../libs/domain/order/state.js';
import { writtenBy } from '../http/command-answer.js';
import { linksOf } from './order-links.js';

/** The answer to an order's command: what was written, where the order stands, and what this caller may do next. */
export function orderAnswer(outcome: Accepted<Order>, command: OrderCommand, caller: Caller) {
  const { state, at } = outcome;
  const dispute = disputeOf(outcome, command);
  return {
    orderId: state.orderId,
    ...(dispute === undefined
      ? {}
      : { dispute, disputeStatus: state.disputes.find((known) => known.dispute === dispute)?.status }),
    ...writtenBy(outcome),
    status: state.status,
    links: linksOf(state, caller, at),
  };
}

function disputeOf({ events }: Accepted<Order>, { type, data }: OrderCommand): number | undefined {
  if (type !== 'OpenDispute') return 'dispute' in data ? data.dispute : undefined;
  const opened = events.find((event) => event.type === 'DisputeOpened');
  return (opened?.data as { dispute: number } | undefined)?.dispute;
}
