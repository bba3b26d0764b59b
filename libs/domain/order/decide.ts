import type { Refusal } from '../../kernel/problem.js';
import type { Decision } from '../decision.js';
import type { OrderCommand } from './commands.js';
import type { OrderContext } from './context.js';
import * as contract from './contract/decide.js';
import * as shipDate from './contract/ship-date.js';
import { expireOverdue } from './deadlines/expire.js';
import { extendDeadline } from './deadlines/extend.js';
import * as arbitration from './dispute/arbitrate.js';
import * as determination from './dispute/determine.js';
import * as evidence from './dispute/evidence.js';
import { changeEvidenceSeal } from './dispute/change-seal.js';
import { postMessage } from './dispute/message.js';
import * as claim from './dispute/open.js';
import * as response from './dispute/respond.js';
import * as settlement from './dispute/settle.js';
import type { OrderEvent } from './events.js';
import * as fulfilment from './fulfilment/decide.js';
import { reportChargeback } from './funds/chargeback.js';
import { recordFee } from './funds/fee.js';
import { recordPayment } from './funds/payment.js';
import * as refund from './funds/refund.js';
import { recordRelease } from './funds/release.js';
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
): Decision<OrderEvent, Order> {
  if (state === undefined) return decideFirst(command, context);
  const overdue = turnOf(state, context.now);
  expireOverdue(overdue, context.now);
  const turn = turnOf(overdue.order, context.now);
  const number = 'dispute' in command.data ? command.data.dispute : undefined;
  const refusal =
    guard(turn.order, command.type, context.caller, context.now, number) ?? handle(turn, command, context);
  return refusal === undefined
    ? { expired: overdue.events, accepted: turn.events, after: turn.order }
    : { expired: overdue.events, accepted: [], refusal, after: overdue.order };
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
      return shipDate.requestShipDateRevision(turn, command);
    case 'AgreeShipDateRevision':
      return shipDate.agreeShipDateRevision(turn, command);
    case 'DeclineShipDateRevision':
      return shipDate.declineShipDateRevision(turn, command);
    case 'CancelOrder':
      return contract.cancelByHand(turn, command, context);
    case 'CompleteOrder':
      return contract.completeByBuyer(turn);
    case 'LeaveFeedback':
      return contract.leaveFeedback(turn, command, context);
    case 'RecordPayment':
      return recordPayment(turn, command);
    case 'RecordRelease':
      return recordRelease(turn, command);
    case 'RecordRefund':
      return refund.recordRefund(turn, command);
    case 'RetryRefund':
      return refund.retryRefund(turn, command);
    case 'RecordFee':
      return recordFee(turn, command);
    case 'ReportChargeback':
      return reportChargeback(turn, command);
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
      return claim.openDispute(turn, command);
    case 'AmendClaim':
      return claim.amendClaim(turn, command);
    case 'RespondToDispute':
      return response.respondToDispute(turn, command);
    case 'ProposeSettlement':
      return settlement.proposeSettlement(turn, command, context);
    case 'AcceptSettlement':
      return settlement.acceptSettlement(turn, command, context);
    case 'RejectSettlement':
      return settlement.rejectSettlement(turn, command, context);
    case 'PostMessage':
      return postMessage(turn, command, context);
    case 'SubmitEvidence':
      return evidence.submitEvidence(turn, command, context);
    case 'ChangeEvidenceSeal':
      return changeEvidenceSeal(turn, command, context);
    case 'RequestEvidence':
      return evidence.requestEvidence(turn, command, context);
    case 'EscalateDispute':
      return response.escalateDispute(turn, command, context);
    case 'AssignArbitrator':
      return arbitration.assignArbitrator(turn, command, context);
    case 'RecuseArbitrator':
      return arbitration.recuseArbitrator(turn, command);
    case 'IssueDetermination':
      return determination.issueDetermination(turn, command, context);
    case 'LodgeAppeal':
      return determination.lodgeAppeal(turn, command, context);
    case 'DecideAppeal':
      return determination.decideAppeal(turn, command, context);
    case 'WithdrawDispute':
      return claim.withdrawDispute(turn, command);
    case 'ReopenDispute':
      return claim.reopenDispute(turn, command);
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
