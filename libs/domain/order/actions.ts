import type { Instant } from '../../kernel/instant.js';
import type { Caller } from '../decision.js';
import { mayRoleSend } from '../permissions.js';
import { GROUNDS, type Ground } from '../vocabulary.js';
import { nextOverdue, policyOf } from './deadlines/decide.js';
import { expireOverdue } from './deadlines/expire.js';
import { awardCap } from './dispute/cap.js';
import { groundFaults, paymentFaults, scopeOf } from './dispute/claim.js';
import { submittedBy } from './dispute/evidence.js';
import { DISPUTE_COMMANDS, type DisputeCommandType } from './dispute/guard.js';
import { canBeChargedBack } from './funds/ledger.js';
import { guard } from './guard.js';
import { ORDER_COMMANDS, type OrderOnlyCommandType } from './order-guard.js';
import type { Dispute, Order } from './state.js';
import { turnOf } from './turn.js';

/** A command that a caller may send now. */
export interface Action {
  readonly command: OrderOnlyCommandType | DisputeCommandType;
  readonly dispute?: number;
}

/**
 * Exactly the commands that `caller` may send now: for each there is a content that is accepted, as far as the order
 * itself can tell (policies, suppliers and inspectors have their own streams). What is overdue counts as expired,
 * recorded or not.
 */
export function actionsOf(state: Order, caller: Caller, now: Instant): readonly Action[] {
  const order = withExpired(state, now);
  const actions: Action[] = [];
  for (const command of ORDER_COMMANDS) {
    if (!mayRoleSend(caller.role, command)) continue;
    if (guard(order, command, caller, now) === undefined && hasContent(order, command, now))
      actions.push({ command });
  }
  for (const dispute of order.disputes) {
    for (const command of DISPUTE_COMMANDS) {
      if (!mayRoleSend(caller.role, command)) continue;
      const refusal = guard(order, command, caller, now, dispute.dispute);
      if (refusal === undefined && hasDisputeContent(order, dispute, command, caller))
        actions.push({ command, dispute: dispute.dispute });
    }
  }
  return actions;
}

/** The order as a command finds it at `now`: what is overdue counts as expired, recorded or not. */
export function withExpired(state: Order, now: Instant): Order {
  if (nextOverdue(state, now) === undefined) return state;
  const turn = turnOf(state, now);
  expireOverdue(turn, now);
  return turn.order;
}

function hasContent(order: Order, command: OrderOnlyCommandType, now: Instant): boolean {
  if (command === 'OpenDispute') {
    const possible = (ground: Ground) =>
      groundFaults(order, ground, now).length === 0 && hasScope(order, ground);
    return paymentFaults(order).length === 0 && awardCap(order).cap.amount > 0 && GROUNDS.some(possible);
  }
  return command !== 'ReportChargeback' || canBeChargedBack(order.funds);
}

function hasDisputeContent(
  order: Order,
  { ground }: Dispute,
  command: DisputeCommandType,
  caller: Caller,
): boolean {
  if (command === 'AmendClaim') return awardCap(order).cap.amount > 0 && hasScope(order, ground);
  return (
    command !== 'SubmitEvidence' ||
    submittedBy(order, caller.id) < policyOf(order).evidenceLimits.maxPartyBytes
  );
}

/** Rule 17: something that the buyer has not waived is left to claim on this ground. */
function hasScope(order: Order, ground: Ground): boolean {
  const quality = order.contract.terms.specification.map(({ id }) => id);
  const scope = scopeOf(ground, ground === 'QUALITY' ? quality : []);
  const claimable = scope.filter((term) => !order.fulfilment.waived.includes(term));
  return claimable.length > 0 || (scope.length === 0 && ground !== 'QUALITY');
}
