import type { Refusal } from '../../../kernel/problem.js';
import type { OrderCommandOf } from '../commands.js';
import type { OrderContext } from '../context.js';
import { brokenRules, faultsWhere } from '../refuse.js';
import type { Turn } from '../turn.js';
import { disputeOf, sittingArbitrator } from './find.js';

/** Rule 26: no party, no declared conflict, nobody who stepped down; rule 28: an appeal goes to another arbitrator. */
export function assignArbitrator(
  turn: Turn,
  { data }: OrderCommandOf<'AssignArbitrator'>,
  { caller }: OrderContext,
): Refusal | undefined {
  const { order } = turn;
  const { dispute, arbitrator, conflicts = [] } = data;
  const { status, recused, determination } = disputeOf(order, dispute);
  const appeal = status === 'UNDER_APPEAL';
  const parties = [order.buyer.id, order.supplierId];
  const refusal = brokenRules(
    faultsWhere(
      [
        parties.includes(arbitrator),
        {
          code: 'ARBITRATOR.IS_A_PARTY',
          message: 'An arbitrator is no party to the case.',
          pointer: '/arbitrator',
          rule: 26,
        },
      ],
      [
        conflicts.some((party) => parties.includes(party)),
        {
          code: 'ARBITRATOR.HAS_A_CONFLICT',
          message: 'The arbitrator declared a conflict with a party.',
          pointer: '/conflicts',
          rule: 26,
          facts: { conflicts },
        },
      ],
      [
        recused.includes(arbitrator),
        {
          code: 'ARBITRATOR.RECUSED',
          message: 'The arbitrator stepped down from this case.',
          pointer: '/arbitrator',
          rule: 26,
        },
      ],
      [
        appeal && determination?.by === arbitrator,
        {
          code: 'ARBITRATOR.DECIDED_BEFORE',
          message: 'An appeal is decided by another arbitrator.',
          pointer: '/arbitrator',
          rule: 28,
        },
      ],
    ),
  );
  if (refusal) return refusal;
  turn.emit({ type: 'ArbitratorAssigned', data: { dispute, arbitrator, assignedBy: caller.id, appeal } });
  return undefined;
}

export function recuseArbitrator(
  turn: Turn,
  { data }: OrderCommandOf<'RecuseArbitrator'>,
): Refusal | undefined {
  const arbitrator = sittingArbitrator(disputeOf(turn.order, data.dispute)) ?? '';
  turn.emit({ type: 'ArbitratorRecused', data: { ...data, arbitrator } });
  return undefined;
}
