import type { Refusal } from '../../../kernel/problem.js';
import type { OrderCommandOf } from '../commands.js';
import { brokenRules, faultsWhere, wrongState } from '../refuse.js';
import type { Turn } from '../turn.js';

/** Rule 8: a fee is told beside the ledger, which holds payments only. */
export function recordFee(turn: Turn, { data }: OrderCommandOf<'RecordFee'>): Refusal | undefined {
  const { order } = turn;
  if (order.funds.fees.some(({ feeId }) => feeId === data.feeId)) {
    return wrongState('FUNDS.FEE_KNOWN', `Fee ${data.feeId} is recorded already.`);
  }
  const refusal = brokenRules(
    faultsWhere([
      data.amount.currency !== order.currency,
      {
        code: 'FUNDS.CURRENCY_OF_ANOTHER_ORDER',
        message: `The order is in ${order.currency}.`,
        pointer: '/amount/currency',
        rule: 12,
      },
    ]),
  );
  if (refusal) return refusal;
  turn.emit({ type: 'FeeCharged', data });
  return undefined;
}
