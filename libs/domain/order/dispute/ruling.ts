import type { Fault } from '../../../kernel/problem.js';
import { policyOf } from '../deadlines/decide.js';
import { faultsWhere } from '../refuse.js';
import type { Dispute, Inspection, Order } from '../state.js';
import { quantityConforms, scopeOf, shippedLate } from './claim.js';

/** What stands against awarding anything on a claim's merits: rules 15 to 19. */
export function meritFaults(order: Order, dispute: Dispute): Fault[] {
  const { waived } = order.fulfilment;
  const scope = scopeOf(dispute.ground, dispute.terms);
  const claimable = scope.filter((term) => !waived.includes(term));
  if (scope.length > 0 && claimable.length === 0) {
    return [
      { code: 'WAIVED', message: 'The buyer waived all that is claimed.', rule: 17, facts: { waived } },
    ];
  }
  switch (dispute.ground) {
    case 'LATE_SHIPMENT':
      return faultsWhere([
        !shippedLate(order),
        { code: 'DISPUTE.NOT_LATE', message: 'By the ship date that stands nothing is late.', rule: 15 },
      ]);
    case 'QUANTITY':
      return faultsWhere([
        quantityConforms(order),
        { code: 'GOODS_CONFORM', message: 'What the buyer received is within the tolerance.', rule: 18 },
      ]);
    case 'QUALITY':
      return qualityFaults(order, claimable);
    case 'TRANSIT_DAMAGE':
    case 'FRAUD':
    case 'NOT_RECEIVED':
    case 'OTHER':
      return [];
    default: {
      const _: never = dispute.ground;
      return [];
    }
  }
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
  if (failing.length === 0) {
    return [
      {
        code: 'GOODS_CONFORM',
        message: 'The inspection found that the goods conform.',
        rule: 18,
        facts: { inspections: reported.map(({ inspectionId }) => inspectionId) },
      },
    ];
  }
  return unclearTermFaults(order, failing, reported);
}

const demandedInspection = (order: Order): string =>
  order.contract.terms.coverageType === 'PRE_SHIPMENT' ||
  policyOf(order).postDeliveryInspection === 'NOT_APPLICABLE'
    ? 'before shipment'
    : 'before shipment, or after delivery by an accepted inspector';

/** Rule 16: reported inspections of the kind that the policy demands, the earliest first. */
export function qualifyingInspections(order: Order): readonly Inspection[] {
  const { preShipmentInspection, postDeliveryInspection } = policyOf(order);
  const afterDelivery = order.contract.terms.coverageType === 'POST_DELIVERY';
  return order.inspections
    .filter(({ report, stage, by, accepted }) => {
      if (report === undefined) return false;
      if (stage === 'PRE_SHIPMENT') return preShipmentInspection.includes(by);
      return (
        afterDelivery &&
        (postDeliveryInspection === 'ANY' || (postDeliveryInspection === 'ACCEPTED_INSPECTOR' && accepted))
      );
    })
    .toSorted((one, other) => (inspectedAt(one) < inspectedAt(other) ? -1 : 1));
}

const inspectedAt = ({ report }: Inspection): string => report?.inspectedAt ?? '';

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
  const { terms, proposedBy } = order.contract;
  const clear = terms.specification.some(({ id, measurable }) => measurable && failing.includes(id));
  if (clear) return [];
  const { ambiguity } = policyOf(order);
  const thirdParties = reported.filter(({ by }) => by === 'THIRD_PARTY' || by === 'PLATFORM');
  const unclear = (broken: boolean, message: string): Fault[] =>
    faultsWhere([
      broken,
      {
        code: 'NO_CLEAR_SPEC',
        message,
        rule: 19,
        facts: { ambiguity, terms: failing, draftedBy: proposedBy },
      },
    ]);
  switch (ambiguity) {
    case 'AGAINST_CLAIMANT':
      return unclear(true, 'The terms are unclear, and the policy reads them against the claimant.');
    case 'AGAINST_DRAFTER':
      return unclear(
        proposedBy === 'buyer',
        'The terms are unclear, and the policy reads them against the buyer, who drafted them.',
      );
    case 'INDUSTRY_STANDARD':
      return unclear(
        failing.every((term) => conforms(thirdParties, term)),
        "The terms are unclear: by industry standard it takes a third party's report that they are not met.",
      );
    default: {
      const _: never = ambiguity;
      return [];
    }
  }
}
