import type { OrderReading } from '../../../libs/application/order-reads.js';
import { evidenceNow, mayOpenSeal } from '../../../libs/domain/order/dispute/seal.js';
import type { Caller } from '../../../libs/domain/decision.js';
import { termsHash } from '../../../libs/domain/order/contract/decide.js';
import type { Evidence, Order } from '../../../libs/domain/order/state.js';

/** An order as one of those who may see it sees it; seals hold as they are `now`, also on what it was before. */
export function orderView(
  { state, revision, position }: OrderReading,
  caller: Caller,
  now: Pick<Order, 'disputes'> = state,
) {
  return {
    ...state,
    // What a confirmation has to name: the terms that stand.
    contract: { ...state.contract, termsHash: termsHash(state.contract.terms) },
    disputes: state.disputes.map((dispute) => ({
      ...dispute,
      evidence: dispute.evidence.map((evidence) =>
        mayOpenSeal(
          evidenceNow(now, { dispute: dispute.dispute, evidence: evidence.evidence }) ?? evidence,
          caller,
        )
          ? evidence
          : sealed(evidence),
      ),
    })),
    revision: String(revision),
    position,
  };
}

/** That there is evidence is no secret; what it is, is. */
const sealed = ({ evidence, by, request, sealedTo }: Evidence) => ({
  evidence,
  by,
  request,
  sealedTo,
  sealed: true,
});
