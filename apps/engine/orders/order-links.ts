import { actionsOf } from '../../../libs/domain/order/actions.js';
import type { Order } from '../../../libs/domain/order/state.js';
import type { Caller } from '../../../libs/domain/decision.js';
import type { Instant } from '../../../libs/kernel/instant.js';
import { disputeVerbs, openDisputeVerb } from '../disputes/dispute-verbs.js';
import { linkTo, type Link } from '../http/link.js';
import { orderVerbs } from './order-verbs.js';

const orderVerbOf = new Map(orderVerbs.map((verb) => [verb.command, verb]));
const disputeVerbOf = new Map(disputeVerbs.map((verb) => [verb.command, verb]));

/** Links to exactly the commands that this caller may send now, and to where it hands in files. */
export function linksOf(order: Order, caller: Caller, now: Instant): Link[] {
  const base = `/v1/orders/${order.orderId}`;
  return actionsOf(order, caller, now).flatMap(({ command, dispute }) => {
    if (command === 'OpenDispute') return linkTo(openDisputeVerb, `${base}/disputes`);
    const verb = dispute === undefined ? orderVerbOf.get(command) : disputeVerbOf.get(command);
    if (verb === undefined) throw new Error(`${command} has no address`);
    const at = dispute === undefined ? base : `${base}/disputes/${dispute}`;
    const link = linkTo(verb, `${at}/${verb.verb}`);
    return command === 'SubmitEvidence' ? [link, linkTo(HAND_IN, `${at}/evidence-files`)] : link;
  });
}

/** No command, but what comes before one: the file of the evidence. */
const HAND_IN = { verb: 'hand-in', title: 'Hand in a file' } as const;
