import type { CloseOutcome, EscalationReason, Remedy } from '../../vocabulary.js';
import { completeIfEmptied, continueClaimWindow, passOnDesignated } from '../completion.js';
import { meetDeadlines, ofDispute, policyOf, setDeadline } from '../deadlines/decide.js';
import type { OrderEventOf } from '../events.js';
import { instructRefund } from '../funds/instruct.js';
import type { Dispute, Order, Ruled } from '../state.js';
import { moneyOf, type Turn } from '../turn.js';

/** The turns that a dispute takes by decision of the engine: escalation, close, and the execution of a ruling. */

export const openDispute = (order: Order, number: number): Dispute | undefined =>
  order.disputes.find(({ dispute, status }) => dispute === number && status !== 'CLOSED');

/** Rules 23 and 24. Ends the time to respond and to settle, and starts that for the determination (rule 26). */
export function escalate(turn: Turn, dispute: number, reason: EscalationReason): void {
  turn.emit({ type: 'DisputeEscalated', data: { dispute, reason, escalatedAt: turn.at } });
  meetDeadlines(
    turn,
    'DisputeEscalated',
    ofDispute(dispute, 'SupplierResponse', 'AutoEscalation', 'Settlement'),
  );
  setDeadline(turn, { kind: 'DeterminationDue', dispute, rule: 26 }, policyOf(turn.order).determinationDue);
}

interface Closing {
  readonly outcome: CloseOutcome;
  readonly award: number;
  readonly remedies: readonly Remedy[];
  readonly refund: OrderEventOf<'RefundInstructed'>['data']['reason'];
}

/** Closes, ends the dispute's deadlines, instructs the money, lifts the freeze and lets the order go on (rules 10, 25, 28). */
export function closeDispute(
  turn: Turn,
  dispute: number,
  { outcome, award, remedies, refund }: Closing,
): void {
  const { order } = turn;
  turn.emit({
    type: 'DisputeClosed',
    data: { dispute, outcome, award: moneyOf(order, award), remedies: [...remedies], closedAt: turn.at },
  });
  meetDeadlines(turn, 'DisputeClosed', ofDispute(dispute));
  if (award > 0) instructRefund(turn, dispute, award, refund);
  if (turn.order.funds.frozenBy.includes(dispute)) {
    turn.emit({ type: 'FundsUnfrozen', data: { dispute, held: moneyOf(order, turn.order.funds.held) } });
  }
  passOnDesignated(turn);
  continueClaimWindow(turn);
  completeIfEmptied(turn);
}

/** Rule 28: what was ruled is carried out. */
export function executeRuling(
  turn: Turn,
  dispute: Dispute,
  ruling: Ruled,
  refund: 'DETERMINATION' | 'APPEAL',
): void {
  chargeInspections(turn, dispute.dispute, ruling.award);
  const outcome =
    ruling.award === 0 ? 'REJECTED' : ruling.award >= dispute.claimed ? 'REFUNDED' : 'PARTIALLY_REFUNDED';
  closeDispute(turn, dispute.dispute, { outcome, award: ruling.award, remedies: ruling.remedies, refund });
}

/** Rule 29: the fee of a commissioned inspection goes to the loser, or to the buyer, by policy. */
function chargeInspections(turn: Turn, dispute: number, award: number): void {
  const { order } = turn;
  for (const { inspectionId, dispute: commissionedIn, fee } of order.inspections) {
    if (commissionedIn !== dispute || fee === undefined || fee === 0) continue;
    const feeId = `inspection-${order.funds.fees.length + 1}-${dispute}`;
    turn.emit({
      type: 'FeeCharged',
      data: {
        feeId,
        kind: 'INSPECTION',
        amount: moneyOf(order, fee),
        chargedTo: inspectionFeeTo(order, award),
        reference: inspectionId,
      },
    });
  }
}

export const inspectionFeeTo = (order: Order, award: number): 'buyer' | 'supplier' =>
  policyOf(order).inspectionFee === 'LOSER' && award > 0 ? 'supplier' : 'buyer';

/** A dispute over money that the payer's bank has taken back entirely has nothing left to decide (rule 32). */
export function lapseEmptied(turn: Turn): void {
  const { funds } = turn.order;
  if (funds.received - funds.refunded - funds.chargedBack > 0) return;
  for (const { dispute, status } of turn.order.disputes) {
    if (status !== 'CLOSED')
      closeDispute(turn, dispute, {
        outcome: 'LAPSED',
        award: 0,
        remedies: ['NOTHING'],
        refund: 'DETERMINATION',
      });
  }
}
