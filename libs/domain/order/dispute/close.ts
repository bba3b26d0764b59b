import type { CloseOutcome, EscalationReason, Remedy } from '../../vocabulary.js';
import { completeIfEmptied, continueClaimWindow, passOnDesignated } from '../completion.js';
import { meetDeadlines, ofDispute, policyOf, setDeadline } from '../deadlines/decide.js';
import type { OrderEventOf } from '../events.js';
import { instructRefund } from '../funds/instruct.js';
import type { Order } from '../state.js';
import { moneyOf, type Turn } from '../turn.js';
import { awardCap } from './cap.js';
import { disputeOf } from './find.js';

/** The turns that a dispute takes by decision of the engine: escalation, close, and the execution of a ruling. */

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

/**
 * Closes, ends the dispute's deadlines, instructs the money, lifts the freeze and lets the order go on (rules 10, 25, 28).
 * What is paid stops at the cap as it stands now: other refunds may have come since the award (rule 20).
 */
export function closeDispute(
  turn: Turn,
  dispute: number,
  { outcome, award, remedies, refund }: Closing,
): void {
  const payable = payableOf(turn.order, award);
  chargeInspections(turn, dispute, award);
  turn.emit({
    type: 'DisputeClosed',
    data: {
      dispute,
      outcome,
      award: moneyOf(turn.order, payable),
      remedies: [...remedies],
      closedAt: turn.at,
    },
  });
  meetDeadlines(turn, 'DisputeClosed', ofDispute(dispute));
  instructRefund(turn, dispute, payable, refund);
  turn.emit({ type: 'FundsUnfrozen', data: { dispute, held: moneyOf(turn.order, turn.order.funds.held) } });
  passOnDesignated(turn);
  continueClaimWindow(turn);
  completeIfEmptied(turn);
}

const payableOf = (order: Order, award: number): number => Math.min(award, awardCap(order).cap.amount);

/** Rule 28: carries out the ruling that stands, the appeal's where there was one. */
export function executeRuling(turn: Turn, number: number, refund: 'DETERMINATION' | 'APPEAL'): void {
  const { claimed, determination, appeal } = disputeOf(turn.order, number);
  const ruling = appeal?.decision ?? determination;
  if (ruling === undefined) return;
  const { award, remedies } = ruling;
  const inFull = payableOf(turn.order, award) >= claimed;
  const outcome = award === 0 ? 'REJECTED' : inFull ? 'REFUNDED' : 'PARTIALLY_REFUNDED';
  closeDispute(turn, number, { outcome, award, remedies, refund });
}

/** Rule 29: the fee of a commissioned inspection goes to the loser, or to the buyer, by policy; once. */
function chargeInspections(turn: Turn, dispute: number, award: number): void {
  const { order } = turn;
  const charged = (inspectionId: string) =>
    order.funds.fees.some(({ kind, reference }) => kind === 'INSPECTION' && reference === inspectionId);
  for (const { inspectionId, dispute: commissionedIn, fee = 0 } of order.inspections) {
    if (commissionedIn !== dispute || fee === 0 || charged(inspectionId)) continue;
    turn.emit({
      type: 'FeeCharged',
      data: {
        feeId: `inspection-${turn.order.funds.fees.length + 1}-${dispute}`,
        kind: 'INSPECTION',
        amount: moneyOf(order, fee),
        chargedTo: inspectionFeeTo(order, award),
        reference: inspectionId,
      },
    });
  }
}

/** Rule 29: the loser is the supplier where anything is awarded, otherwise the buyer. */
export const inspectionFeeTo = (order: Order, award: number): 'buyer' | 'supplier' =>
  policyOf(order).inspectionFee === 'LOSER' && award > 0 ? 'supplier' : 'buyer';

/** A dispute over money that the payer's bank has taken back entirely has nothing left to decide (rule 32). */
export function lapseEmptied(turn: Turn): void {
  const { received, refunded, chargedBack } = turn.order.funds;
  if (received - refunded - chargedBack > 0) return;
  for (const { dispute, status } of turn.order.disputes) {
    if (status === 'CLOSED') continue;
    closeDispute(turn, dispute, {
      outcome: 'LAPSED',
      award: 0,
      remedies: ['NOTHING'],
      refund: 'DETERMINATION',
    });
  }
}
