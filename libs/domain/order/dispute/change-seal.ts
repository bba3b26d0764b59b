import type { Refusal } from '../../../kernel/problem.js';
import type { Party } from '../../vocabulary.js';
import type { OrderCommandOf } from '../commands.js';
import type { OrderContext } from '../context.js';
import { brokenRules, wrongState } from '../refuse.js';
import type { Turn } from '../turn.js';
import { disputeOf } from './find.js';

/** Rule 26: the arbitrator of the case says who may see a piece of evidence, whatever whoever submitted it has asked for. */
export function changeEvidenceSeal(
  turn: Turn,
  { data }: OrderCommandOf<'ChangeEvidenceSeal'>,
  { caller }: OrderContext,
): Refusal | undefined {
  const { evidence, sealedTo } = data;
  const found = disputeOf(turn.order, data.dispute).evidence.find((known) => known.evidence === evidence);
  if (found === undefined) {
    return brokenRules([
      {
        code: 'EVIDENCE.NONE_SUCH',
        message: `The file has no evidence ${evidence}.`,
        pointer: '/evidence',
        rule: 26,
      },
    ]);
  }
  if (inOrder(found.sealedTo) === inOrder(sealedTo))
    return wrongState('EVIDENCE.SEALED_SO', 'It is for these parties to see already.', {
      sealedTo: found.sealedTo ?? null,
    });
  turn.emit({
    type: 'EvidenceSealChanged',
    data: {
      ...data,
      sealedTo: sealedTo === undefined ? undefined : [...new Set(sealedTo)],
      by: caller.id,
      changedAt: turn.at,
    },
  });
  return undefined;
}

/** `undefined`, which is no seal, and an empty list, which shuts both parties out, are two things. */
const inOrder = (sealedTo: readonly Party[] | undefined): string | undefined =>
  sealedTo && [...new Set(sealedTo)].toSorted().join();
