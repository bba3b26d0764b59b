import type { Dispute } from '../../../libs/domain/order/state.js';
import type { FindingCode, Party, ReasonCode, Remedy } from '../../../libs/domain/vocabulary.js';
import type { Instant } from '../../../libs/kernel/instant.js';
import { formatMoney, type Money } from '../../../libs/kernel/money.js';
import type { Fact } from '../../order-facts.js';
import { disputeFactsOf, inOrderCurrency, type DisputeHistory } from '../history.js';
import { withArithmetic, type CapWithArithmetic } from './cap.js';

/** The way from escalation to the end: who judged, what was ruled and why, what became of it. */
export interface Decision {
  readonly escalation?: Dispute['escalation'];
  readonly arbitrator?: string;
  readonly appealArbitrator?: string;
  /** Assignments and recusals, oldest first. */
  readonly bench: readonly {
    readonly revision: string;
    readonly at: Instant;
    readonly arbitrator: string;
    readonly appeal: boolean;
    /** Why the arbitrator stepped down; absent for an assignment. */
    readonly recused?: string;
  }[];
  readonly determination?: CaseRuling & { readonly finalAt: Instant; readonly inspectionFeeTo: Party };
  readonly appeal?: {
    readonly revision: string;
    readonly at: Instant;
    readonly by: Party;
    readonly statement: string;
    readonly decision?: CaseRuling & { readonly outcome: 'UPHELD' | 'VARIED' | 'OVERTURNED' };
  };
  readonly withdrawn?: { readonly revision: string; readonly at: Instant; readonly reason?: string };
  readonly closed?: {
    readonly revision: string;
    readonly at: Instant;
    readonly outcome: NonNullable<Dispute['closed']>['outcome'];
    readonly award: Money;
    readonly remedies: readonly Remedy[];
  };
}

export interface CaseRuling {
  readonly revision: string;
  readonly at: Instant;
  readonly by: string;
  /** Basis points. */
  readonly liability: number;
  readonly claimed: Money;
  readonly cap: CapWithArithmetic;
  readonly award: Money;
  /** `60 % of 7,000.00 USD = 4,200.00 USD, at most 7,500.00 USD` */
  readonly arithmetic: string;
  readonly remedies: readonly Remedy[];
  readonly reasonCodes: readonly (ReasonCode | FindingCode)[];
  readonly evidence: readonly number[];
  readonly terms: readonly string[];
  /** Revision of the order that the arbitrator had seen. */
  readonly fileRevision: string;
  /** Events that came between what the arbitrator had seen and the ruling. */
  readonly unseen: number;
  readonly statement: string;
}

export function decisionOf(history: DisputeHistory): Decision {
  const { dispute } = history;
  const withdrawn = disputeFactsOf(history, 'DisputeWithdrawn').at(-1);
  const closed = disputeFactsOf(history, 'DisputeClosed').at(-1);
  return {
    escalation: dispute.escalation,
    arbitrator: dispute.arbitrator,
    appealArbitrator: dispute.appeal?.arbitrator,
    bench: disputeFactsOf(history, 'ArbitratorAssigned', 'ArbitratorRecused').map(
      ({ revision, at, data }) => ({
        revision,
        at,
        arbitrator: data.arbitrator,
        appeal: 'appeal' in data && data.appeal,
        recused: 'reason' in data ? data.reason : undefined,
      }),
    ),
    determination: determinationOf(history),
    appeal: appealOf(history),
    withdrawn: withdrawn && { revision: withdrawn.revision, at: withdrawn.at, reason: withdrawn.data.reason },
    closed: dispute.closed &&
      closed && {
        revision: closed.revision,
        at: closed.at,
        outcome: dispute.closed.outcome,
        award: inOrderCurrency(history, dispute.closed.award),
        remedies: closed.data.remedies,
      },
  };
}

function determinationOf(history: DisputeHistory): Decision['determination'] {
  const fact = disputeFactsOf(history, 'DeterminationIssued').at(-1);
  return fact && { ...ruling(fact), finalAt: fact.data.finalAt, inspectionFeeTo: fact.data.inspectionFeeTo };
}

function appealOf(history: DisputeHistory): Decision['appeal'] {
  const lodged = disputeFactsOf(history, 'AppealLodged').at(-1);
  const decided = disputeFactsOf(history, 'AppealDecided').at(-1);
  return (
    lodged && {
      revision: lodged.revision,
      at: lodged.at,
      by: lodged.data.by,
      statement: lodged.data.statement,
      decision: decided && { ...ruling(decided), outcome: decided.data.outcome },
    }
  );
}

function ruling({ revision, at, data }: Fact<'DeterminationIssued' | 'AppealDecided'>): CaseRuling {
  const {
    by,
    liability,
    claimed,
    cap,
    award,
    remedies,
    reasonCodes,
    evidence,
    terms,
    fileRevision,
    statement,
  } = data;
  return {
    revision,
    at,
    by,
    liability,
    claimed,
    cap: withArithmetic(cap),
    award,
    arithmetic: `${liability / 100} % of ${formatMoney(claimed)}, at most ${formatMoney(cap.cap)} = ${formatMoney(award)}`,
    remedies,
    reasonCodes,
    evidence,
    terms,
    fileRevision,
    unseen: Number(BigInt(revision) - BigInt(fileRevision) - 1n),
    statement,
  };
}
