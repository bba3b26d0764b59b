import type { Refusal } from '../../kernel/problem.js';
import type { Decision } from '../decision.js';
import type { OrderCommand } from './commands.js';
import type { OrderContext } from './context.js';
import * as contract from './contract/decide.js';
import { expireOverdue } from './deadlines/expire.js';
import { extendDeadline } from './deadlines/extend.js';
import * as dispute from './dispute/decide.js';
import type { OrderEvent } from './events.js';
import * as fulfilment from './fulfilment/decide.js';
import * as funds from './funds/decide.js';
import { guard } from './guard.js';
import * as inspection from './inspection/decide.js';
import * as recovery from './recovery/decide.js';
import { notFound } from './refuse.js';
import type { Order } from './state.js';
import { turnOf, type Turn } from './turn.js';

/**
 * Decides what a command makes of an order. Pure: the same order, command and context give the same decision.
 * First what is overdue at `context.now` expires, in due order; then the command is judged as of then. A refusal names
 * every rule that was broken, and adds nothing but those expiries.
 */
export function decideOrder(
  state: Order | undefined,
  command: OrderCommand,
  context: OrderContext,
): Decision<OrderEvent> {
  if (state === undefined) return decideFirst(command, context);
  const overdue = turnOf(state, context.now);
  expireOverdue(overdue, context.now);
  const turn = turnOf(overdue.order, context.now);
  const number = 'dispute' in command.data ? command.data.dispute : undefined;
  const refusal =
    guard(turn.order, command.type, context.caller, context.now, number) ?? handle(turn, command, context);
  return refusal === undefined
    ? { expired: overdue.events, accepted: turn.events }
    : { expired: overdue.events, accepted: [], refusal };
}

function decideFirst(command: OrderCommand, context: OrderContext): Decision<OrderEvent> {
  if (command.type !== 'DraftOrder') {
    return { expired: [], accepted: [], refusal: notFound('ORDER.NOT_FOUND', 'There is no such order.') };
  }
  const outcome = contract.draftOrder(command, context);
  return 'faults' in outcome
    ? { expired: [], accepted: [], refusal: outcome }
    : { expired: [], accepted: [{ event: outcome, occurredAt: context.now }] };
}

function handle(turn: Turn, command: OrderCommand, context: OrderContext): Refusal | undefined {
  switch (command.type) {
    case 'DraftOrder':
    case 'ExpireDeadlines':
      return undefined;
    case 'ProposeTerms':
      return contract.proposeTerms(turn, command, context);
    case 'ConfirmContract':
      return contract.confirmContract(turn, command, context);
    case 'RequestShipDateRevision':
      return contract.requestShipDateRevision(turn, command);
    case 'AgreeShipDateRevision':
      return contract.agreeShipDateRevision(turn, command);
    case 'DeclineShipDateRevision':
      return contract.declineShipDateRevision(turn, command);
    case 'CancelOrder':
      return contract.cancelOrder(turn, command, context);
    case 'CompleteOrder':
      return contract.completeByBuyer(turn);
    case 'LeaveFeedback':
      return contract.leaveFeedback(turn, command, context);
    case 'RecordPayment':
      return funds.recordPayment(turn, command);
    case 'RecordRelease':
      return funds.recordRelease(turn, command);
    case 'RecordRefund':
      return funds.recordRefund(turn, command);
    case 'RetryRefund':
      return funds.retryRefund(turn, command);
    case 'RecordFee':
      return funds.recordFee(turn, command);
    case 'ReportChargeback':
      return funds.reportChargeback(turn, command);
    case 'RecordShipment':
      return fulfilment.recordShipment(turn, command);
    case 'RecordCustomsClearance':
      return fulfilment.recordCustomsClearance(turn, command);
    case 'ConfirmReceipt':
      return fulfilment.confirmReceipt(turn, command);
    case 'WaiveNonconformity':
      return fulfilment.waiveNonconformity(turn, command);
    case 'BookInspection':
      return inspection.bookInspection(turn, command, context);
    case 'ReportInspection':
      return inspection.reportInspection(turn, command, context);
    case 'CommissionInspection':
      return inspection.commissionInspection(turn, command, context);
    case 'OpenDispute':
      return dispute.openDispute(turn, command);
    case 'AmendClaim':
      return dispute.amendClaim(turn, command);
    case 'RespondToDispute':
      return dispute.respondToDispute(turn, command);
    case 'ProposeSettlement':
      return dispute.proposeSettlement(turn, command, context);
    case 'AcceptSettlement':
      return dispute.acceptSettlement(turn, command, context);
    case 'RejectSettlement':
      return dispute.rejectSettlement(turn, command, context);
    case 'PostMessage':
      return dispute.postMessage(turn, command, context);
    case 'SubmitEvidence':
      return dispute.submitEvidence(turn, command, context);
    case 'RequestEvidence':
      return dispute.requestEvidence(turn, command, context);
    case 'EscalateDispute':
      return dispute.escalateDispute(turn, command, context);
    case 'AssignArbitrator':
      return dispute.assignArbitrator(turn, command, context);
    case 'RecuseArbitrator':
      return dispute.recuseArbitrator(turn, command);
    case 'IssueDetermination':
      return dispute.issueDetermination(turn, command, context);
    case 'LodgeAppeal':
      return dispute.lodgeAppeal(turn, command, context);
    case 'DecideAppeal':
      return dispute.decideAppeal(turn, command, context);
    case 'WithdrawDispute':
      return dispute.withdrawDispute(turn, command);
    case 'ReopenDispute':
      return dispute.reopenDispute(turn, command);
    case 'RecordRecovery':
      return recovery.recordRecovery(turn, command);
    case 'WriteOffRecovery':
      return recovery.writeOffRecovery(turn, command, context);
    case 'ExtendDeadline':
      return extendDeadline(turn, command, context);
    default: {
      const _: never = command;
      return undefined;
    }
  }
}
