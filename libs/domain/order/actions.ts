import type { Instant } from '../../kernel/instant.js';
import type { Caller } from '../decision.js';
import { mayRoleSend } from '../permissions.js';
import type { OrderCommand } from './commands.js';
import { nextOverdue } from './deadlines/decide.js';
import { expireOverdue } from './deadlines/expire.js';
import { canClaim, guard, isDisputeCommand } from './guard.js';
import type { Order } from './state.js';
import { turnOf } from './turn.js';

/** A command that a caller may send now. */
export interface Action {
  readonly command: OrderCommand['type'];
  readonly dispute?: number;
}

const ORDER_COMMANDS: readonly OrderCommand['type'][] = [
  'ProposeTerms',
  'ConfirmContract',
  'RequestShipDateRevision',
  'AgreeShipDateRevision',
  'DeclineShipDateRevision',
  'CancelOrder',
  'CompleteOrder',
  'LeaveFeedback',
  'RecordPayment',
  'RecordRelease',
  'RecordRefund',
  'RetryRefund',
  'RecordFee',
  'ReportChargeback',
  'RecordShipment',
  'RecordCustomsClearance',
  'ConfirmReceipt',
  'WaiveNonconformity',
  'BookInspection',
  'ReportInspection',
  'OpenDispute',
  'AmendClaim',
  'RespondToDispute',
  'ProposeSettlement',
  'AcceptSettlement',
  'RejectSettlement',
  'PostMessage',
  'SubmitEvidence',
  'RequestEvidence',
  'EscalateDispute',
  'AssignArbitrator',
  'RecuseArbitrator',
  'CommissionInspection',
  'IssueDetermination',
  'LodgeAppeal',
  'DecideAppeal',
  'WithdrawDispute',
  'ReopenDispute',
  'RecordRecovery',
  'WriteOffRecovery',
  'ExtendDeadline',
];

/** Exactly the commands that `caller` may send now; what is overdue counts as expired, recorded or not. */
export function actionsOf(state: Order, caller: Caller, now: Instant): readonly Action[] {
  const order = nextOverdue(state, now) === undefined ? state : expired(state, now);
  const actions: Action[] = [];
  for (const command of ORDER_COMMANDS) {
    if (!mayRoleSend(caller.role, command)) continue;
    if (isDisputeCommand(command)) {
      for (const { dispute } of order.disputes) {
        if (guard(order, command, caller, now, dispute) === undefined) actions.push({ command, dispute });
      }
    } else if (
      guard(order, command, caller, now) === undefined &&
      (command !== 'OpenDispute' || canClaim(order, now))
    ) {
      actions.push({ command });
    }
  }
  return actions;
}

function expired(state: Order, now: Instant): Order {
  const turn = turnOf(state, now);
  expireOverdue(turn, now);
  return turn.order;
}
