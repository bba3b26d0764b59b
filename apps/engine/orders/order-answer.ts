import type { Accepted, CommandRequest } from '../../../libs/application/command-outcome.js';
import type { OrderCommand } from '../../../libs/domain/order/commands.js';
import type { Order } from '../../../libs/domain/order/state.js';
import { writtenBy, type Answer } from '../http/command-answer.js';
import { linksOf } from './order-links.js';

/** The answer to an order's command: what was written, where the order stands, and what this caller may do next. */
export function orderAnswer(
  outcome: Accepted<Order>,
  { command, caller }: CommandRequest<OrderCommand>,
): Answer {
  const { state, at } = outcome;
  const { orderId } = state;
  const dispute = disputeOf(outcome, command);
  const body = {
    orderId,
    ...(dispute === undefined
      ? {}
      : { dispute, disputeStatus: state.disputes.find((known) => known.dispute === dispute)?.status }),
    ...writtenBy(outcome),
    status: state.status,
    links: linksOf(state, caller, at),
  };
  return {
    body,
    location: dispute === undefined ? `/v1/orders/${orderId}` : `/v1/case-files/${orderId}/${dispute}`,
  };
}

function disputeOf({ events }: Accepted<Order>, { type, data }: OrderCommand): number | undefined {
  if (type !== 'OpenDispute') return 'dispute' in data ? data.dispute : undefined;
  const opened = events.find((event) => event.type === 'DisputeOpened');
  return (opened?.data as { dispute: number } | undefined)?.dispute;
}
