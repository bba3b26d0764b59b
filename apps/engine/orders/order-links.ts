import { actionsOf } from '../../../libs/domain/order/actions.js';
import type { Order } from '../../../libs/domain/order/state.js';
import type { Caller } from '../../../libs/domain/decision.js';
import type { Instant } from '../../../libs/kernel/instant.js';
import { disputeVerbs, openDisputeVerb } from '../disputes/dispute-verbs.js';
import { orderVerbs } from './order-verbs.js';

export interface Link {
  /** The verb, as in the address. */
  readonly rel: string;
  readonly method: 'POST';
  readonly href: string;
  readonly title: string;
}

const orderVerbOf = new Map(orderVerbs.map((verb) => [verb.command, verb]));
const disputeVerbOf = new Map(disputeVerbs.map((verb) => [verb.command, verb]));

/** Links to exactly the commands that this caller may send now. */
export function linksOf(order: Order, caller: Caller, now: Instant): Link[] {
  const base = `/v1/orders/${order.orderId}`;
  return actionsOf(order, caller, now).map(({ command, dispute }) => {
    if (command === 'OpenDispute') return link(openDisputeVerb, `${base}/disputes`);
    const verb = dispute === undefined ? orderVerbOf.get(command) : disputeVerbOf.get(command);
    if (verb === undefined) throw new Error(`${command} has no address`);
    return link(
      verb,
      dispute === undefined ? `${base}/${verb.verb}` : `${base}/disputes/${dispute}/${verb.verb}`,
    );
  });
}

const link = ({ verb, title }: { readonly verb: string; readonly title: string }, href: string): Link => ({
  rel: verb,
  method: 'POST',
  href,
  title,
});
