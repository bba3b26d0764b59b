import type { Fault } from '../../../kernel/problem.js';
import { policyOf } from '../deadlines/decide.js';
import { termIds } from '../contract/eligibility.js';
import { faultsWhere } from '../refuse.js';
import type { Dispute, Inspection, Order } from '../state.js';
import { awardCap, awardOf } from './cap.js';
import type { Ruling } from './commands.js';

const REFUND_REMEDIES = ['FULL_REFUND', 'PARTIAL_REFUND', 'REFUND_WITH_RETURN', 'DELAY_COMPENSATION'];

/** Rule 25: remedies and the money beside them must tell the same story. */
export function remedyFaults(remedies: readonly string[], amount: number, full: number): Fault[] {
  const refunds = remedies.some((remedy) => REFUND_REMEDIES.includes(remedy));
  return faultsWhere(
    [
      amount > 0 && !refunds,
      {
        code: 'REMEDY.NO_REFUND',
        message: 'Money needs a remedy that holds a refund.',
        pointer: '/remedies',
        rule: 25,
      },
    ],
    [
      amount === 0 && remedies.some((remedy) => REFUND_REMEDIES.includes(remedy)),
      {
        code: 'REMEDY.REFUND_WITHOUT_MONEY',
        message: 'A refund needs an amount above zero.',
        pointer: '/remedies',
        rule: 25,
      },
    ],
    [
      remedies.includes('FULL_REFUND') && amount < full,
      {
        code: 'REMEDY.NOT_FULL',
        message: 'This is less than what is claimed: it is a partial refund.',
        pointer: '/remedies',
        rule: 25,
      },
    ],
    [
      remedies.includes('NOTHING') && remedies.length > 1,
      {
        code: 'REMEDY.NOTHING_AND_SOMETHING',
        message: 'NOTHING stands alone.',
        pointer: '/remedies',
        rule: 25,
      },
    ],
    [
      remedies.includes('FULL_REFUND') && remedies.includes('PARTIAL_REFUND'),
      {
        code: 'REMEDY.FULL_AND_PARTIAL',
        message: 'A refund is full or partial.',
        pointer: '/remedies',
        rule: 25,
      },
    ],
  );
}

/** Every rule that a determination, or the decision of an appeal, would break (rules 16–20 and 27). */
export function rulingFaults(order: Order, dispute: Dispute, ruling: Ruling, revision: string): Fault[] {
  const known = termIds(order.contract.terms);
  const unknownTerms = ruling.terms.filter((term) => !known.includes(term));
  const unknownEvidence = ruling.evidence.filter(
    (number) => !dispute.evidence.some(({ evidence }) => evidence === number),
  );
  const award = awardOf(dispute.claimed, ruling.liability, awardCap(order).cap.amount);
  return [
    ...faultsWhere(
      [
        ruling.reasonCodes.length === 0,
        {
          code: 'DETERMINATION.NO_REASON',
          message: 'A determination gives at least one reason code.',
          pointer: '/reasonCodes',
          rule: 27,
        },
      ],
      [
        ruling.evidence.length === 0 && ruling.terms.length === 0,
        {
          code: 'DETERMINATION.RESTS_ON_NOTHING',
          message: 'A determination names the evidence and terms it rests on.',
          pointer: '/terms',
          rule: 27,
        },
      ],
      [
        unknownTerms.length > 0,
        {
          code: 'DETERMINATION.UNKNOWN_TERM',
          message: `The contract has no term ${unknownTerms.join(', ')}.`,
          pointer: '/terms',
          rule: 27,
        },
      ],
      [
        unknownEvidence.length > 0,
        {
          code: 'DETERMINATION.UNKNOWN_EVIDENCE',
          message: `The file has no evidence ${unknownEvidence.join(', ')}.`,
          pointer: '/evidence',
          rule: 27,
        },
      ],
      [
        BigInt(ruling.fileRevision) > BigInt(revision),
        {
          code: 'DETERMINATION.UNSEEN_FILE',
          message: `The file stands at revision ${revision}.`,
          pointer: '/fileRevision',
          rule: 27,
          facts: { revision },
        },
      ],
    ),
    ...remedyFaults(ruling.remedies, award, Math.min(dispute.claimed, awardCap(order).cap.amount)),
    ...(award > 0 ? meritFaults(order, dispute) : []),
  ];
}

/** What stands against awarding anything. Only claims about goods are judged by inspections and terms. */
export function meritFaults(order: Order, dispute: Dispute): Fault[] {
  const { waived } = order.fulfilment;
  const scope =
    dispute.ground === 'QUANTITY'
      ? ['QUANTITY']
      : dispute.ground === 'LATE_SHIPMENT'
        ? ['SHIP_DATE']
        : dispute.terms;
  const claimable = scope.filter((term) => !waived.includes(term));
  if (scope.length > 0 && claimable.length === 0) {
    return [
      { code: 'WAIVED', message: 'The buyer waived all that is claimed.', rule: 17, facts: { waived } },
    ];
  }
  return dispute.ground === 'QUALITY' ? qualityFaults(order, claimable) : [];
}

/** Rules 16, 18 and 19. */
function qualityFaults(order: Order, claimable: readonly string[]): Fault[] {
  const reported = qualifyingInspections(order);
  if (reported.length === 0) {
    return [
      {
        code: 'NO_INSPECTION_BOOKED',
        message: 'There is no report of an inspection of the kind that the policy demands.',
        rule: 16,
        facts: { demanded: demandedInspection(order) },
      },
    ];
  }
  const failing = claimable.filter((term) => !conforms(reported, term));
  return [
    ...faultsWhere([
      failing.length === 0,
      {
        code: 'GOODS_CONFORM',
        message: 'The inspection found that the goods conform.',
        rule: 18,
        facts: { inspections: reported.map(({ inspectionId }) => inspectionId) },
      },
    ]),
    ...unclearTermFaults(order, failing, reported),
  ];
}

const demandedInspection = (order: Order): string =>
  order.contract.terms.coverageType === 'PRE_SHIPMENT' ||
  policyOf(order).postDeliveryInspection === 'NOT_APPLICABLE'
    ? 'before shipment'
    : 'before shipment, or after delivery by an accepted inspector';

/** Rule 16: reported inspections of the kind that the policy demands. */
export function qualifyingInspections(order: Order): readonly Inspection[] {
  const policy = policyOf(order);
  return order.inspections.filter(({ report, stage, by, accepted }) => {
    if (report === undefined) return false;
    if (stage === 'PRE_SHIPMENT') return policy.preShipmentInspection.includes(by);
    if (order.contract.terms.coverageType === 'PRE_SHIPMENT') return false;
    return (
      policy.postDeliveryInspection === 'ANY' ||
      (policy.postDeliveryInspection === 'ACCEPTED_INSPECTOR' && accepted)
    );
  });
}

/** The latest word on a term: its own finding, or the result of a report that lists no findings. */
function conforms(inspections: readonly Inspection[], term: string): boolean {
  let verdict = true;
  for (const { report } of inspections) {
    const finding = report?.findings.find((known) => known.term === term);
    if (finding !== undefined) verdict = finding.conforms;
    else if (report !== undefined && report.findings.length === 0) verdict = report.result !== 'FAIL';
  }
  return verdict;
}

/** Rule 19: a claim that rests on unclear terms alone is judged by the policy's rule. */
function unclearTermFaults(
  order: Order,
  failing: readonly string[],
  reported: readonly Inspection[],
): Fault[] {
  const { terms, draftedBy } = order.contract;
  const clear = failing.some((term) =>
    terms.specification.some(({ id, measurable }) => id === term && measurable),
  );
  if (failing.length === 0 || clear) return [];
  const rule = policyOf(order).ambiguity;
  const facts = { ambiguity: rule, terms: failing, draftedBy };
  switch (rule) {
    case 'AGAINST_CLAIMANT':
      return [
        {
          code: 'NO_CLEAR_SPEC',
          message: 'The terms are unclear, and the policy reads them against the claimant.',
          rule: 19,
          facts,
        },
      ];
    case 'AGAINST_DRAFTER':
      return draftedBy === 'buyer'
        ? [
            {
              code: 'NO_CLEAR_SPEC',
              message:
                'The terms are unclear, and the policy reads them against the buyer, who drafted them.',
              rule: 19,
              facts,
            },
          ]
        : [];
    case 'INDUSTRY_STANDARD':
      return reported.some(({ by }) => by === 'THIRD_PARTY' || by === 'PLATFORM')
        ? []
        : [
            {
              code: 'NO_CLEAR_SPEC',
              message: "The terms are unclear: industry standard needs a third party's report.",
              rule: 19,
              facts,
            },
          ];
    default: {
      const _: never = rule;
      return [];
    }
  }
}
