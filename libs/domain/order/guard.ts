import type { Instant } from '../../kernel/instant.js';
import type { Refusal } from '../../kernel/problem.js';
import type { Caller } from '../decision.js';
import { mayRoleSend } from '../permissions.js';
import type { OrderCommand } from './commands.js';
import { disputeGuard, isDisputeCommand } from './dispute/guard.js';
import { orderGuard } from './order-guard.js';
import { notFound, wrongParty } from './refuse.js';
import type { Order } from './state.js';
import { maySee } from './visibility.js';

/**
 * Who may do what, when: everything that can be said of a command before its content is read. What passes is among the
 * actions that an answer links to; its content may still break rules.
 */
export function guard(
  order: Order,
  type: OrderCommand['type'],
  caller: Caller,
  now: Instant,
  disputeNumber?: number,
): Refusal | undefined {
  if (!mayRoleSend(caller.role, type)) {
    return wrongParty('COMMAND.NOT_YOURS', `A ${caller.role.replaceAll('_', ' ')} does not do this.`);
  }
  if (!maySee(order, caller)) return notFound('ORDER.NOT_FOUND', 'There is no such order.');
  if (!isDisputeCommand(type)) return orderGuard(order, type, caller, now);
  const dispute = order.disputes.find((known) => known.dispute === disputeNumber);
  return dispute === undefined
    ? notFound('DISPUTE.NOT_FOUND', `The order has no dispute ${disputeNumber}.`)
    : disputeGuard(order, dispute, type, caller, now);
}
