import type { Refusal } from '../../../kernel/problem.js';
import type { OrderCommandOf } from '../commands.js';
import { meetDeadlines, ofKind, policyOf, setDeadline } from '../deadlines/decide.js';
import { brokenRules } from '../refuse.js';
import { moneyOf, type Turn } from '../turn.js';
import { awardCap } from './cap.js';
import { claimFaults, groundFaults, statementFaults } from './claim.js';
import { closeDispute } from './close.js';
import { disputeOf } from './find.js';

/** How a claim comes before the platform, changes, and goes away or comes back. */

/** Rule 21. Freezes the money (rule 10) and starts the time to respond and to settle (rules 23 and 24). */
export function openDispute(turn: Turn, { data }: OrderCommandOf<'OpenDispute'>): Refusal | undefined {
  const { order, at } = turn;
  const refusal = brokenRules([
    ...groundFaults(order, data.ground, at),
    ...claimFaults(order, data.ground, data.claimed, data.terms),
    ...statementFaults(data.statement),
  ]);
  if (refusal) return refusal;
  const dispute = order.disputes.length + 1;
  const { supplierResponse, autoEscalation, settlement } = policyOf(order);
  turn.emit({
    type: 'DisputeOpened',
    data: {
      ...data,
      dispute,
      buyerId: order.buyer.id,
      supplierId: order.supplierId,
      terms: [...data.terms],
      cap: awardCap(order),
      openedAt: at,
    },
  });
  freeze(turn, dispute, 'DisputeOpened');
  setDeadline(turn, { kind: 'SupplierResponse', dispute, rule: 23 }, supplierResponse);
  if (autoEscalation !== null)
    setDeadline(turn, { kind: 'AutoEscalation', dispute, rule: 23 }, autoEscalation);
  setDeadline(turn, { kind: 'Settlement', dispute, rule: 24 }, settlement.period);
  return undefined;
}

/** Rule 10. The claim window stands still as long as a dispute is open. */
function freeze(turn: Turn, dispute: number, by: 'DisputeOpened' | 'DisputeReopened'): void {
  const held = moneyOf(turn.order, turn.order.funds.held);
  turn.emit({ type: 'FundsFrozen', data: { dispute, held } });
  meetDeadlines(turn, by, ofKind('ClaimWindow'));
}

/** The ground stays; amount, scope and statement are held to the same rules as at the opening (rules 17, 20 and 21). */
export function amendClaim(turn: Turn, { data }: OrderCommandOf<'AmendClaim'>): Refusal | undefined {
  const { order } = turn;
  const { ground } = disputeOf(order, data.dispute);
  const refusal = brokenRules([
    ...claimFaults(order, ground, data.claimed, data.terms),
    ...statementFaults(data.statement),
  ]);
  if (refusal) return refusal;
  turn.emit({ type: 'ClaimAmended', data: { ...data, terms: [...data.terms], cap: awardCap(order) } });
  return undefined;
}

export function withdrawDispute(
  turn: Turn,
  { data }: OrderCommandOf<'WithdrawDispute'>,
): Refusal | undefined {
  turn.emit({ type: 'DisputeWithdrawn', data });
  closeDispute(turn, data.dispute, {
    outcome: 'WITHDRAWN',
    award: 0,
    remedies: ['NOTHING'],
    refund: 'SETTLEMENT',
  });
  return undefined;
}

/** Rule 31: back before an arbitrator, where the case was lost for want of evidence. */
export function reopenDispute(turn: Turn, { data }: OrderCommandOf<'ReopenDispute'>): Refusal | undefined {
  const refusal = brokenRules(statementFaults(data.statement));
  if (refusal) return refusal;
  const { dispute } = data;
  turn.emit({ type: 'DisputeReopened', data: { ...data, reopenedAt: turn.at } });
  freeze(turn, dispute, 'DisputeReopened');
  const { determinationDue } = policyOf(turn.order);
  setDeadline(turn, { kind: 'DeterminationDue', dispute, rule: 31 }, determinationDue);
  return undefined;
}
