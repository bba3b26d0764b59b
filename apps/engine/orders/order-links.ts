import { actionsOf } from '../../../libs/domain/order/actions.js';
import type { Order } from '../../../libs/domain/order/state.js';
import type { Caller } from '../../../libs/domain/decision.js';
import type { Instant } from '../../../libs/kernel/instant.js';
import { disputeVerbs, openDisputeVerb } from '../disputes/dispute-verbs.js';
import { linkTo, type Link } from '../http/link.js';
import { orderVerbs } from './order-verbs.js';

const orderVerbOf = new Map(orderVerbs.map((verb) => [verb.command, verb]));
const disputeVerbOf = new Map(disputeVerbs.map((verb) => [verb.command, verb]));

/** Links to exactly the commands that this caller may send now. */
export function linksOf(order: Order, caller: Caller, now: Instant): Link[] {
  const base = `/v1/orders/${order.orderId}`;
  return actionsOf(order, caller, now).map(({ command, dispute }) => {
    if (command === 'OpenDispute') return linkTo(openDisputeVerb, `${base}/disputes`);
    const verb = dispute === undefined ? orderVerbOf.get(command) : disputeVerbOf.get(command);
    if (verb === undefined) throw new Error(`${command} has no address`);
    return linkTo(
      verb,
      dispute === undefined ? `${base}/${verb.verb}` : `${base}/disputes/${dispute}/${verb.verb}`,
    );
  });
}
