import { awardCap } from '../../../libs/domain/order/dispute/cap.js';
import { meritFaults } from '../../../libs/domain/order/dispute/ruling.js';
import { momentOf } from '../../../libs/domain/prose.js';
import type { Instant } from '../../../libs/kernel/instant.js';
import { formatMoney } from '../../../libs/kernel/money.js';
import { disputeFactsOf, factsOf, inOrderCurrency, type DisputeHistory } from '../history.js';
import { deadlinesOf } from './deadlines.js';
import { requestsOf } from './evidence.js';

/** Something that an arbitrator should know is missing, unclear or late before deciding. */
export interface OpenQuestion {
  readonly code: string;
  readonly text: string;
  /** Number of the rule that makes it matter. */
  readonly rule?: number;
  /** Revisions of the events that raise it. */
  readonly revisions: readonly string[];
}

/** None for a closed dispute: there is nothing left to decide. */
export function openQuestionsOf(history: DisputeHistory, now: Instant): OpenQuestion[] {
  if (history.dispute.status === 'CLOSED') return [];
  return [
    ...aboutPeople(history),
    ...aboutEvidence(history),
    ...aboutMerits(history),
    ...aboutInspections(history),
    ...aboutMoney(history),
    ...aboutTime(history, now),
  ];
}

const question = (
  code: string,
  text: string,
  rule?: number,
  cited: readonly { readonly revision: string }[] = [],
): OpenQuestion => ({ code, text, rule, revisions: cited.map(({ revision }) => revision) });

function aboutPeople(history: DisputeHistory): OpenQuestion[] {
  const { arbitrator, response, status, appeal, offers } = history.dispute;
  const opened = disputeFactsOf(history, 'DisputeOpened');
  const open = offers.filter(({ state }) => state === 'OPEN').map(({ offer }) => offer);
  return [
    ...(response === undefined
      ? [question('NO_RESPONSE', 'The supplier has not answered the claim.', 23, opened)]
      : []),
    ...(status === 'ESCALATED' && arbitrator === undefined
      ? [question('NO_ARBITRATOR', 'No arbitrator is assigned.', 26)]
      : []),
    ...(status === 'UNDER_APPEAL' && appeal?.arbitrator === undefined
      ? [question('NO_APPEAL_ARBITRATOR', 'No arbitrator is assigned to the appeal.', 28)]
      : []),
    ...open.map((offer) =>
      question(
        'OFFER_OPEN',
        `Offer ${offer} is waiting for an answer.`,
        25,
        disputeFactsOf(history, 'SettlementProposed').filter(({ data }) => data.offer === offer),
      ),
    ),
  ];
}

const aboutEvidence = (history: DisputeHistory): OpenQuestion[] =>
  requestsOf(history).flatMap((request) => {
    const asked = `Request ${request.request} to the ${request.from} (${request.question})`;
    if (request.state === 'OPEN')
      return [
        question('EVIDENCE_AWAITED', `${asked} is unanswered; it is due ${momentOf(request.dueAt)}.`, 26, [
          request,
        ]),
      ];
    return request.state === 'MISSED'
      ? [question('EVIDENCE_MISSED', `${asked} was not answered in time.`, 26, [request])]
      : [];
  });

/** What the rule book would hold against any award, as things stand (rules 16 to 19). */
const aboutMerits = (history: DisputeHistory): OpenQuestion[] =>
  meritFaults(history.order, history.dispute).map(({ code, message, rule }) => question(code, message, rule));

function aboutInspections(history: DisputeHistory): OpenQuestion[] {
  const { order, dispute } = history;
  const arranged = factsOf(history, 'InspectionBooked', 'InspectionCommissioned');
  const pending = order.inspections.filter(({ report }) => report === undefined);
  const unclear = order.contract.terms.specification.filter(
    ({ id, measurable }) => !measurable && dispute.terms.includes(id),
  );
  return [
    ...pending.map(({ inspectionId }) =>
      question(
        'INSPECTION_PENDING',
        `Inspection ${inspectionId} is not reported yet.`,
        16,
        arranged.filter(({ data }) => data.inspectionId === inspectionId),
      ),
    ),
    ...unclear.map(({ id, text }) =>
      question('UNCLEAR_TERM', `Term ${id} (${text}) cannot be checked without opinion.`, 19),
    ),
  ];
}

function aboutMoney(history: DisputeHistory): OpenQuestion[] {
  const { order, dispute } = history;
  const { cap } = awardCap(order);
  const ineligible = factsOf(history, 'PaymentMarkedIneligible');
  const chargebacks = factsOf(history, 'ChargebackReported');
  const failed = order.funds.refunds.filter(({ state }) => state === 'FAILED');
  return [
    ...(dispute.claimed > cap.amount
      ? [
          question(
            'CLAIM_ABOVE_CAP',
            `${formatMoney(inOrderCurrency(history, dispute.claimed))} is claimed, but at most ${formatMoney(cap)} can be awarded.`,
            20,
          ),
        ]
      : []),
    ...(ineligible.length > 0
      ? [question('INELIGIBLE_PAYMENT', 'A part of what was paid is not covered.', 8, ineligible)]
      : []),
    ...(chargebacks.length > 0
      ? [
          question(
            'CHARGEBACK',
            'The payer’s bank has taken money back beside this dispute.',
            32,
            chargebacks,
          ),
        ]
      : []),
    ...failed.map(({ refundId }) =>
      question(
        'REFUND_FAILED',
        `Refund ${refundId} failed and was not retried.`,
        13,
        factsOf(history, 'RefundFailed').filter(({ data }) => data.refundId === refundId),
      ),
    ),
  ];
}

function aboutTime(history: DisputeHistory, now: Instant): OpenQuestion[] {
  const { status } = history.dispute;
  const undecided = status !== 'DETERMINED' && status !== 'UNDER_APPEAL';
  return deadlinesOf(history, now).flatMap((deadline) => {
    if (deadline.overdue)
      return [
        question(
          'DEADLINE_OVERDUE',
          `${deadline.deadline} was due ${momentOf(deadline.dueAt)}.`,
          deadline.rule,
          [deadline],
        ),
      ];
    return deadline.kind === 'DeterminationDue' && deadline.state === 'EXPIRED' && undecided
      ? [
          question('DETERMINATION_OVERDUE', `The determination was due ${momentOf(deadline.dueAt)}.`, 26, [
            deadline,
          ]),
        ]
      : [];
  });
}
