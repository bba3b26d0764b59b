import type { Refusal } from '../../../kernel/problem.js';
import type { OrderCommandOf } from '../commands.js';
import type { OrderContext } from '../context.js';
import { meetDeadlines, ofDispute } from '../deadlines/decide.js';
import { brokenRules, faultsWhere } from '../refuse.js';
import type { Turn } from '../turn.js';
import { awardCap } from './cap.js';
import { closeDispute, escalate } from './close.js';
import { disputeOf } from './find.js';
import { holdsRefund } from './remedy.js';
import { offerFaults, propose } from './settle.js';

/** Rule 23: accepting settles as claimed; refusing names its reasons; countering makes an offer. */
export function respondToDispute(
  turn: Turn,
  { data }: OrderCommandOf<'RespondToDispute'>,
): Refusal | undefined {
  const { order, at } = turn;
  const dispute = disputeOf(order, data.dispute);
  const reasonCodes = data.response === 'REJECT' ? [...data.reasonCodes] : [];
  const refusal = brokenRules([
    ...faultsWhere([
      data.response === 'REJECT' && reasonCodes.length === 0,
      {
        code: 'DISPUTE.NO_REASON',
        message: 'A refusal gives at least one reason code.',
        pointer: '/reasonCodes',
        rule: 23,
      },
    ]),
    ...(data.response === 'COUNTER' ? offerFaults(order, dispute, data.offer, at, '/offer') : []),
  ]);
  if (refusal) return refusal;
  const { response, statement } = data;
  turn.emit({
    type: 'SupplierResponded',
    data: { dispute: dispute.dispute, response, reasonCodes, statement, respondedAt: at },
  });
  meetDeadlines(turn, 'SupplierResponded', ofDispute(dispute.dispute, 'SupplierResponse'));
  if (data.response === 'COUNTER') propose(turn, dispute.dispute, 'supplier', data.offer);
  if (data.response === 'ACCEPT') {
    const { claimed, desiredRemedy } = dispute;
    closeDispute(turn, dispute.dispute, {
      outcome: 'SETTLED',
      // What was asked for may be goods or work instead of money.
      award: holdsRefund([desiredRemedy]) ? Math.min(claimed, awardCap(order).cap.amount) : 0,
      remedies: [desiredRemedy],
      refund: 'SETTLEMENT',
    });
  }
  return undefined;
}

/** Rule 24: by hand. Who may, and from when, is the guard's to say. */
export function escalateDispute(
  turn: Turn,
  { data }: OrderCommandOf<'EscalateDispute'>,
  { caller }: OrderContext,
): Refusal | undefined {
  escalate(turn, data.dispute, caller.role === 'buyer' ? 'BUYER' : 'SUPPLIER');
  return undefined;
}
