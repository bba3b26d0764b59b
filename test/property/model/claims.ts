import type { OrderCommandOf } from '../../../libs/domain/order/commands.js';
import type { Model, ModelDispute, ModelInspection } from './model.js';
import { windowEndOf } from './course.js';
import { capOf } from './money.js';

/** Rules 14 to 22 and 27: what can be claimed, and what can be awarded. */

export const termsOf = ({ terms }: Model): readonly string[] => [
  'SHIP_DATE',
  'QUANTITY',
  ...terms.specification.map(({ id }) => id),
];

const isLate = ({ shipments, overdue }: Model): boolean => shipments[0]?.late ?? overdue;

const scopeOf = (ground: string, named: readonly string[]): readonly string[] =>
  ground === 'LATE_SHIPMENT' ? ['SHIP_DATE'] : ground === 'QUANTITY' ? ['QUANTITY'] : named;

export function mayClaim(
  model: Model,
  ground: string,
  {
    claimed,
    statement,
    terms,
  }: Pick<OrderCommandOf<'OpenDispute'>['data'], 'claimed' | 'statement' | 'terms'>,
): boolean {
  const known = termsOf(model);
  const quality =
    ground !== 'QUALITY' || (terms.length > 0 && !terms.includes('SHIP_DATE') && !terms.includes('QUANTITY'));
  return (
    model.status !== 'CONFIRMED' &&
    claimed.currency === 'USD' &&
    claimed.amount > 0 &&
    claimed.amount <= capOf(model) &&
    statement.trim() !== '' &&
    quality &&
    terms.every((term) => known.includes(term)) &&
    !scopeOf(ground, terms).some((term) => model.waived.includes(term))
  );
}

export function mayOpen(model: Model, ground: string, now: number): boolean {
  const { preset, terms, shipments } = model;
  const windowEnd = windowEndOf(model);
  const shipped = shipments.length > 0;
  if (!preset.grounds.includes(ground)) return false;
  if (model.disputes.some((dispute) => dispute.ground === ground && dispute.status !== 'CLOSED'))
    return false;
  if (windowEnd !== undefined && now >= windowEnd) return false;
  if (ground === 'LATE_SHIPMENT') return isLate(model);
  if (ground === 'QUANTITY') return shipped;
  return (
    terms.qualitySafeguard &&
    !(shipped && (preset.window === 'SHIPMENT' || terms.coverageType === 'PRE_SHIPMENT'))
  );
}

/** Whether anything may be awarded on the merits. */
export function hasMerit(model: Model, { ground, terms }: ModelDispute): boolean {
  const claimable = scopeOf(ground, terms).filter((term) => !model.waived.includes(term));
  if (claimable.length === 0) return false;
  if (ground === 'LATE_SHIPMENT') return isLate(model);
  if (ground === 'QUANTITY') {
    const { count, toleranceBasisPoints } = model.terms.quantity;
    const least = Math.ceil((count * (10_000 - toleranceBasisPoints)) / 10_000);
    return model.receivedQuantity === undefined || model.receivedQuantity < least;
  }
  const reports = qualifying(model);
  const failing = claimable.filter((term) => reports.length > 0 && !conforms(reports, term));
  const measurable = model.terms.specification.filter((term) => term.measurable).map(({ id }) => id);
  if (failing.some((term) => measurable.includes(term))) return true;
  const thirdParties = reports.filter(({ by }) => by === 'THIRD_PARTY' || by === 'PLATFORM');
  return model.preset.unclear === 'THIRD_PARTY_SAYS' && failing.some((term) => !conforms(thirdParties, term));
}

function qualifying({ inspections, terms, preset }: Model): readonly ModelInspection[] {
  return inspections
    .filter(({ report, stage, accepted }) =>
      report === undefined
        ? false
        : stage === 'PRE_SHIPMENT' ||
          (terms.coverageType === 'POST_DELIVERY' && preset.afterDelivery && accepted),
    )
    .toSorted((one, other) => one.report!.at - other.report!.at);
}

/** The latest inspection that says anything of the term. */
function conforms(reports: readonly ModelInspection[], term: string): boolean {
  const said = reports.flatMap(({ report }) => {
    const finding = report!.findings.find((known) => known.term === term);
    if (finding !== undefined) return [finding.conforms];
    return report!.findings.length === 0 ? [report!.result !== 'FAIL'] : [];
  });
  return said.at(-1) ?? true;
}

const REFUNDS = ['FULL_REFUND', 'PARTIAL_REFUND', 'REFUND_WITH_RETURN', 'DELAY_COMPENSATION'];

export const holdsRefund = (remedies: readonly string[]): boolean =>
  remedies.some((remedy) => REFUNDS.includes(remedy));

/** Rule 25: money and remedies tell the same story. */
export function fits(remedies: readonly string[], amount: number, full: number): boolean {
  const has = (remedy: string) => remedies.includes(remedy);
  return (
    amount > 0 === holdsRefund(remedies) &&
    !(has('FULL_REFUND') && (amount < full || has('PARTIAL_REFUND'))) &&
    !(has('NOTHING') && remedies.length > 1)
  );
}
