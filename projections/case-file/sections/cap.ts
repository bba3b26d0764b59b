import { awardCap, capArithmetic } from '../../../libs/domain/order/dispute/cap.js';
import type { AwardCap } from '../../../libs/domain/order/dispute/events.js';
import { disputeFactsOf, type DisputeHistory } from '../history.js';

/** Rule 20: what can be awarded at most, with every number that it came from. */
export interface CapSection {
  /** What the money of the order allows as of the file's revision. */
  readonly now: CapWithArithmetic;
  /** What it was whenever somebody was held to it: at the claim, and at each ruling. */
  readonly recorded: readonly (CapWithArithmetic & { readonly revision: string; readonly type: string })[];
}

export interface CapWithArithmetic extends AwardCap {
  /** E.g. `min(covered 7,500.00, supplier limit 9,000.00, eligible base 8,000.00) − refunded before 0.00 = 7,500.00 USD`. */
  readonly arithmetic: string;
}

export const capOf = (history: DisputeHistory): CapSection => ({
  now: withArithmetic(awardCap(history.order)),
  recorded: disputeFactsOf(
    history,
    'DisputeOpened',
    'ClaimAmended',
    'DeterminationIssued',
    'AppealDecided',
  ).map(({ revision, type, data }) => ({ revision, type, ...withArithmetic(data.cap) })),
});

export const withArithmetic = (award: AwardCap): CapWithArithmetic => ({
  ...award,
  arithmetic: capArithmetic(award),
});
