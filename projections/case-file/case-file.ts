import type { Caller } from '../../libs/domain/decision.js';
import { mayBeTold } from '../../libs/domain/order/dispute/seal.js';
import type { Dispute, Order } from '../../libs/domain/order/state.js';
import type { DisputeStatus } from '../../libs/domain/vocabulary.js';
import type { Instant } from '../../libs/kernel/instant.js';
import { disputeOf, type Fact } from '../order-facts.js';
import { timelineEntry, type TimelineEntry } from '../order-timeline/timeline.js';
import { disputeHistoryOf, historyOf } from './history.js';
import { capOf, type CapSection } from './sections/cap.js';
import { claimOf, type Claim } from './sections/claim.js';
import { contractOf, partiesOf, type CaseContract, type Parties } from './sections/contract.js';
import { deadlinesOf, type CaseDeadline } from './sections/deadlines.js';
import { decisionOf, type Decision } from './sections/decision.js';
import { exhibitsOf, requestsOf, type CaseRequest, type Exhibit } from './sections/evidence.js';
import { goodsOf, type Goods } from './sections/goods.js';
import { moneyOf, type MoneyTable } from './sections/money.js';
import { negotiationOf, type Negotiation } from './sections/negotiation.js';
import { openQuestionsOf, type OpenQuestion } from './sections/open-questions.js';
import { rulesOf, type AppliedRule } from './sections/rules.js';

/** Everything that an arbitrator needs to decide one dispute, as of one revision of its order. */
export interface CaseFile {
  readonly orderId: string;
  readonly dispute: number;
  /** Decimal text. What a determination that rests on this file names as the revision seen (rule 27). */
  readonly revision: string;
  /** When that revision took effect. */
  readonly asOf: Instant;
  readonly status: DisputeStatus;
  readonly orderStatus: Order['status'];
  readonly claim: Claim;
  readonly parties: Parties;
  readonly contract: CaseContract;
  readonly money: MoneyTable;
  readonly cap: CapSection;
  readonly goods: Goods;
  readonly negotiation: Negotiation;
  readonly evidence: readonly Exhibit[];
  readonly requests: readonly CaseRequest[];
  readonly deadlines: readonly CaseDeadline[];
  readonly decision: Decision;
  readonly openQuestions: readonly OpenQuestion[];
  readonly rules: readonly AppliedRule[];
  /** What happened to the order, its other disputes' own affairs left out. */
  readonly timeline: readonly TimelineEntry[];
  readonly otherDisputes: readonly Pick<Dispute, 'dispute' | 'ground' | 'status' | 'closed'>[];
}

export interface CaseFileOptions {
  /** The present: an open deadline that is due by then is shown as overdue. */
  readonly now: Instant;
  /** Who reads the file: evidence whose seal holds for them is left out. Absent: all is shown. */
  readonly viewer?: Caller;
  /** The order whose seals hold: as it is now. Absent: as the facts leave it. */
  readonly sealedAs?: Pick<Order, 'disputes'>;
}

/**
 * The case file that an order's facts make, undefined when they hold no such dispute. Fewer facts give the file as of an
 * earlier revision.
 */
export function caseFileOf(
  facts: readonly Fact[],
  dispute: number,
  { now, viewer, sealedAs }: CaseFileOptions,
): CaseFile | undefined {
  const whole = historyOf(facts);
  const order = sealedAs ?? whole?.order;
  const seen =
    viewer === undefined || order === undefined
      ? facts
      : facts.filter((fact) => mayBeTold(fact, order, viewer));
  const history = whole && disputeHistoryOf({ ...whole, facts: seen }, dispute);
  const last = facts.at(-1);
  if (history === undefined || last === undefined) return undefined;
  const timeline = seen.filter((fact) => concerns(dispute, fact)).map(timelineEntry);
  return {
    orderId: history.order.orderId,
    dispute,
    revision: last.revision,
    asOf: last.at,
    status: history.dispute.status,
    orderStatus: history.order.status,
    claim: claimOf(history),
    parties: partiesOf(history),
    contract: contractOf(history),
    money: moneyOf(history),
    cap: capOf(history),
    goods: goodsOf(history),
    negotiation: negotiationOf(history),
    evidence: exhibitsOf(history),
    requests: requestsOf(history),
    deadlines: deadlinesOf(history, now),
    decision: decisionOf(history),
    openQuestions: openQuestionsOf(history, now),
    rules: rulesOf(timeline),
    timeline,
    otherDisputes: history.order.disputes
      .filter((other) => other.dispute !== dispute)
      .map(({ dispute: number, ground, status, closed }) => ({ dispute: number, ground, status, closed })),
  };
}

const concerns = (dispute: number, fact: Fact): boolean => (disputeOf(fact) ?? dispute) === dispute;
