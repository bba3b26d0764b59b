import { formatMoney, type Money } from '../../../kernel/money.js';
import { enumerated, inWords, momentOf } from '../../prose.js';
import { awardCap, capArithmetic } from '../dispute/cap.js';
import type { AwardCap } from '../dispute/events.js';
import { narrateOrder } from '../narrate.js';
import { moneyOf } from '../turn.js';
import { disputeEventsOf, eventsOf, upTo, type Course, type Happened, type HappenedOf } from './history.js';
import { parametersOf, step, type Step } from './step.js';

/** Rule 20: what could be awarded at most, whenever somebody was held to it, and now. */
export const capsOf = (course: Course): readonly Step[] => [
  ...disputeEventsOf(course, 'DisputeOpened', 'ClaimAmended', 'DeterminationIssued', 'AppealDecided').map(
    (held) => capStep(`CAP_${CAPS[held.event.type]}`, held.event.data.cap, held.at, upTo(course, held)),
  ),
  capStep('CAP_AS_IT_STANDS', awardCap(course.order), course.happened.at(-1)?.at ?? '', course),
];

const CAPS = {
  DisputeOpened: 'AT_OPENING',
  ClaimAmended: 'AT_AMENDMENT',
  DeterminationIssued: 'AT_DETERMINATION',
  AppealDecided: 'AT_APPEAL',
} as const;

function capStep(code: string, cap: AwardCap, at: string, known: Pick<Course, 'happened'>): Step {
  return step({
    code,
    rule: 20,
    met: null,
    sentence: `At most ${capArithmetic(cap)}.`,
    at,
    facts: eventsOf(known, ...MONEY),
    figures: { ...cap },
  });
}

/** What the numbers of a cap come from. */
const MONEY = [
  'ContractConfirmed',
  'PaymentReceived',
  'ChargebackReported',
  'RefundInstructed',
  'RefundIssued',
  'RefundFailed',
] as const;

/** How the dispute was decided, and what was paid, charged and recovered because of it. */
export const awardOfCourse = (course: Course): readonly Step[] => [
  ...disputeEventsOf(course, 'SettlementAccepted').map((accepted) => settled(course, accepted)),
  ...disputeEventsOf(course, 'SupplierResponded')
    .filter(({ event }) => event.data.response === 'ACCEPT')
    .map((responded) => conceded(course, responded)),
  ...disputeEventsOf(course, 'DeterminationIssued', 'AppealDecided').flatMap((ruled) =>
    ruling(course, ruled),
  ),
  ...disputeEventsOf(course, 'DisputeClosed').map((closed) => closing(course, closed)),
  ...consequences(course),
];

const settled = (course: Course, accepted: HappenedOf<'SettlementAccepted'>): Step =>
  step({
    code: 'SETTLED',
    rule: 25,
    met: true,
    sentence: sentenceOf(accepted),
    at: accepted.at,
    facts: [
      ...disputeEventsOf(course, 'SettlementProposed').filter(
        ({ event }) => event.data.offer === accepted.event.data.offer,
      ),
      accepted,
    ],
    figures: { amount: accepted.event.data.amount },
  });

const conceded = (course: Course, responded: HappenedOf<'SupplierResponded'>): Step =>
  step({
    code: 'ACCEPTED_AS_CLAIMED',
    rule: 23,
    met: true,
    sentence: 'The supplier accepted the claim as it was made: that settles it.',
    at: responded.at,
    facts: [...disputeEventsOf(course, 'DisputeOpened', 'ClaimAmended').slice(-1), responded],
  });

/** Rules 20, 27 and 28. */
function ruling(course: Course, ruled: HappenedOf<'DeterminationIssued' | 'AppealDecided'>): readonly Step[] {
  const { type, data } = ruled.event;
  const { claimed, liability, cap, award, evidence, terms, reasonCodes, fileRevision, by } = data;
  const exhibits = disputeEventsOf(course, 'EvidenceSubmitted').filter(({ event }) =>
    evidence.includes(event.data.evidence),
  );
  const product = { ...claimed, amount: Math.floor((claimed.amount * liability) / 10_000) };
  const unseen = BigInt(ruled.revision) - BigInt(fileRevision) - 1n;
  const rests = [
    ...(evidence.length === 0 ? [] : [`evidence ${enumerated(evidence.map(String))}`]),
    ...(terms.length === 0 ? [] : [`the terms ${enumerated(terms)}`]),
  ];
  const suffix = type === 'AppealDecided' ? 'ON_APPEAL' : 'DETERMINED';
  return [
    step({
      code: `AWARD_${suffix}`,
      rule: 20,
      met: null,
      sentence:
        `${liability / 100} % of ${formatMoney(claimed)} is ${formatMoney(product)}` +
        `${product.amount > cap.cap.amount ? `, more than the cap of ${formatMoney(cap.cap)}` : `, within the cap of ${formatMoney(cap.cap)}`}: ` +
        `the award is ${formatMoney(award)}.`,
      at: ruled.at,
      facts: [...eventsOf(upTo(course, ruled), ...MONEY), ruled],
      figures: { claimed, liabilityBasisPoints: liability, product, cap: cap.cap, award },
    }),
    step({
      code: `REASONS_${suffix}`,
      rule: 27,
      met: true,
      sentence:
        `${by} decided for these reasons: ${enumerated(reasonCodes.map(inWords))}; it rests on ${enumerated(rests)}, ` +
        `as of revision ${fileRevision}${unseen === 0n ? '' : `; ${unseen} more events had happened by then`}.`,
      at: ruled.at,
      facts: [...exhibits, ruled],
    }),
    ...(type === 'DeterminationIssued' ? [finality(course, ruled as HappenedOf<'DeterminationIssued'>)] : []),
  ];
}

const finality = ({ order }: Course, issued: HappenedOf<'DeterminationIssued'>): Step => {
  const { finalAt } = issued.event.data;
  return step({
    code: 'FINAL',
    rule: 28,
    met: null,
    sentence:
      finalAt === issued.at
        ? 'The determination was final at once.'
        : `The determination is final at ${momentOf(finalAt)}, unless a party appeals before.`,
    at: issued.at,
    facts: [issued],
    parameters: parametersOf(order, 'determinationFinal', 'appeal', 'zone', 'days'),
  });
};

/** Rule 20 once more: what is paid stops at the cap as it stands when the dispute closes. */
function closing(course: Course, closed: HappenedOf<'DisputeClosed'>): Step {
  const { award, outcome } = closed.event.data;
  const order = course.before(closed);
  const dispute = order.disputes.find((known) => known.dispute === course.dispute.dispute);
  const ruled = dispute?.appeal?.decision ?? dispute?.determination;
  const { cap } = awardCap(order);
  const cut = ruled !== undefined && ruled.award > award.amount;
  return step({
    code: 'CLOSED',
    rule: cut ? 20 : 31,
    met: null,
    sentence:
      `The dispute was closed: ${inWords(outcome)}, ${formatMoney(award)}` +
      (cut
        ? `; of the award of ${formatMoney(moneyOf(order, ruled.award))} no more was left under the cap by then.`
        : '.'),
    at: closed.at,
    facts: [...(cut ? eventsOf(upTo(course, closed), ...MONEY) : []), closed],
    figures: { paid: award, cap, ...(ruled && { award: moneyOf(order, ruled.award) }) },
  });
}

/** Rules 11, 13, 29 and 30: money that moves because the dispute was decided. */
function consequences(course: Course): readonly Step[] {
  const { order, dispute } = course;
  const inspections = order.inspections
    .filter(({ dispute: commissionedIn }) => commissionedIn === dispute.dispute)
    .map(({ inspectionId }) => inspectionId);
  const refunds = disputeEventsOf(course, 'RefundInstructed');
  const refundIds = new Set(refunds.map(({ event }) => event.data.refundId));
  const reports = eventsOf(course, 'RefundIssued', 'RefundFailed').filter(({ event }) =>
    refundIds.has(event.data.refundId),
  );
  return [
    ...[...refunds, ...reports].map((moved) => money('REFUND', 11, moved)),
    ...eventsOf(course, 'FeeCharged')
      .filter(
        ({ event: { data } }) => data.kind === 'INSPECTION' && inspections.includes(data.reference ?? ''),
      )
      .map((charged) => ({
        ...money('INSPECTION_FEE', 29, charged),
        parameters: parametersOf(order, 'inspectionFee'),
      })),
    ...disputeEventsOf(course, 'RecoveryDemanded').map((demanded) => ({
      ...money('RECOVERY', 30, demanded),
      parameters: parametersOf(order, 'recoveryBasis', 'recoveryDue'),
    })),
  ].toSorted((one, other) => Number(BigInt(revisionOf(one)) - BigInt(revisionOf(other))));
}

const revisionOf = ({ facts }: Step): string => facts[0]?.revision ?? '0';

const money = (
  code: string,
  rule: number,
  moved: Happened & { readonly event: { readonly data: { readonly amount: Money } } },
): Step =>
  step({
    code,
    rule,
    met: null,
    sentence: sentenceOf(moved),
    at: moved.at,
    facts: [moved],
    figures: { amount: moved.event.data.amount },
  });

const sentenceOf = ({ event, by }: Happened): string => narrateOrder(event, by).sentence;
