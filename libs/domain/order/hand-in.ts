import type { Instant } from '../../kernel/instant.js';
import type { Refusal } from '../../kernel/problem.js';
import type { Caller } from '../decision.js';
import { withExpired } from './actions.js';
import { policyOf } from './deadlines/decide.js';
import { submitterOf } from './dispute/evidence.js';
import { guard } from './guard.js';
import type { Order } from './state.js';

/** What a caller may hand in for a dispute: files that it can submit as evidence then. */
export interface HandIn {
  /** As what evidence will name the caller. */
  readonly by: string;
  readonly maxFileBytes: number;
  readonly maxPartyBytes: number;
  /** Of the policy that the order was confirmed under. */
  readonly mediaTypes: readonly string[];
  /** Evidence of the caller in all disputes of the order. */
  readonly onRecord: readonly { readonly sha256: string; readonly size: number }[];
}

/**
 * Rule 26: a file is taken from whoever may submit evidence now, within the limits of the order's own policy. Otherwise
 * the refusal that submitting it would get.
 */
export function handIn(state: Order, caller: Caller, now: Instant, dispute: number): HandIn | Refusal {
  const order = withExpired(state, now);
  const refusal = guard(order, 'SubmitEvidence', caller, now, dispute);
  if (refusal !== undefined) return refusal;
  const by = submitterOf(caller.role);
  return {
    by,
    ...policyOf(order).evidenceLimits,
    onRecord: order.disputes
      .flatMap(({ evidence }) => evidence)
      .filter((known) => known.by === by && known.author === caller.id),
  };
}
