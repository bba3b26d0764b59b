import type { Instant } from '../../../kernel/instant.js';
import type { Fault, Refusal } from '../../../kernel/problem.js';
import type { Caller } from '../../decision.js';
import type { OrderCommandOf } from '../commands.js';
import type { OrderContext } from '../context.js';
import { termIds } from '../contract/eligibility.js';
import { brokenRules, faultsWhere, notFound, wrongParty, wrongState } from '../refuse.js';
import type { Inspection, Order } from '../state.js';
import type { Turn } from '../turn.js';

const known = (order: Order, inspectionId: string) =>
  order.inspections.find((inspection) => inspection.inspectionId === inspectionId);

const alreadyKnown = (inspectionId: string): Refusal =>
  wrongState('INSPECTION.KNOWN', `Inspection ${inspectionId} is booked already.`);

const isAccredited = (context: OrderContext, inspectorId: string | undefined): boolean =>
  inspectorId !== undefined && (context.accreditedInspectors ?? []).includes(inspectorId);

const byAParty = (order: Order, inspectorId: string | undefined): readonly [boolean, Fault] => [
  inspectorId === order.buyer.id || inspectorId === order.supplierId,
  {
    code: 'INSPECTION.BY_A_PARTY',
    message: 'A party is not its own inspector.',
    pointer: '/inspectorId',
    rule: 16,
  },
];

export function bookInspection(
  turn: Turn,
  { data }: OrderCommandOf<'BookInspection'>,
  context: OrderContext,
): Refusal | undefined {
  const { order } = turn;
  if (known(order, data.inspectionId)) return alreadyKnown(data.inspectionId);
  const needsInspector = data.by === 'THIRD_PARTY' || data.by === 'PLATFORM';
  const refusal = brokenRules(
    faultsWhere(
      [
        needsInspector && data.inspectorId === undefined,
        {
          code: 'INSPECTION.NO_INSPECTOR',
          message: 'A third party or platform inspection names its inspector.',
          pointer: '/inspectorId',
          rule: 16,
        },
      ],
      [
        data.stage === 'PRE_SHIPMENT' && order.fulfilment.shipments.length > 0,
        {
          code: 'INSPECTION.AFTER_SHIPMENT',
          message: 'The goods have been shipped.',
          pointer: '/stage',
          rule: 16,
        },
      ],
      byAParty(order, data.inspectorId),
    ),
  );
  if (refusal) return refusal;
  const bookedBy = context.caller.role as 'buyer' | 'supplier' | 'agent';
  turn.emit({
    type: 'InspectionBooked',
    data: { ...data, accepted: isAccredited(context, data.inspectorId), bookedBy },
  });
  return undefined;
}

/** An inspector reports its own inspections; those that name none are reported by the buyer or the agent. */
export const mayReport = ({ inspectorId }: Inspection, caller: Caller): boolean =>
  inspectorId === undefined ? caller.role !== 'inspector' : caller.id === inspectorId;

export function reportInspection(
  turn: Turn,
  { data }: OrderCommandOf<'ReportInspection'>,
  context: OrderContext,
): Refusal | undefined {
  const { order } = turn;
  const inspection = known(order, data.inspectionId);
  if (inspection === undefined)
    return notFound('INSPECTION.NONE_SUCH', `No inspection ${data.inspectionId} was booked.`);
  if (inspection.report !== undefined)
    return wrongState('INSPECTION.REPORTED', 'This inspection was reported already.');
  const { caller } = context;
  if (!mayReport(inspection, caller))
    return wrongParty(
      'INSPECTION.NOT_ITS_INSPECTOR',
      'Only the inspector named by the booking reports it.',
      16,
    );
  const terms = termIds(order.contract.terms);
  const unknown = data.findings.map(({ term }) => term).filter((term) => !terms.includes(term));
  const inspectedAt = data.inspectedAt ?? turn.at;
  const refusal = brokenRules(
    faultsWhere(
      [
        unknown.length > 0,
        {
          code: 'INSPECTION.UNKNOWN_TERM',
          message: `The contract has no term ${unknown.join(', ')}.`,
          pointer: '/findings',
          rule: 16,
        },
      ],
      [
        inspectedAt > turn.at,
        {
          code: 'INSPECTION.IN_FUTURE',
          message: 'An inspection is reported once it was made.',
          pointer: '/inspectedAt',
          rule: 16,
        },
      ],
      [
        inspection.stage === 'PRE_SHIPMENT' && shippedBefore(order, inspectedAt),
        {
          code: 'INSPECTION.AFTER_SHIPMENT',
          message: 'The goods had been shipped: this was no inspection before shipment.',
          pointer: '/inspectedAt',
          rule: 16,
        },
      ],
      [
        contradictsItself(data),
        {
          code: 'INSPECTION.CONTRADICTS_ITSELF',
          message: 'The result says otherwise than the findings.',
          pointer: '/result',
          rule: 16,
        },
      ],
    ),
  );
  if (refusal) return refusal;
  turn.emit({
    type: 'InspectionReported',
    data: { ...data, findings: [...data.findings], inspectedAt, reportedBy: caller.id },
  });
  return undefined;
}

const shippedBefore = ({ fulfilment: { shipments } }: Order, instant: Instant): boolean =>
  shipments.some(({ shippedAt }) => shippedAt < instant);

/** What passed has no finding that fails; what failed has findings that fail, if it has any. */
const contradictsItself = ({ result, findings }: OrderCommandOf<'ReportInspection'>['data']): boolean =>
  (result === 'PASS' && findings.some(({ conforms }) => !conforms)) ||
  (result === 'FAIL' && findings.length > 0 && findings.every(({ conforms }) => conforms));

/** Rule 26: the arbitrator has an accredited inspector look. */
export function commissionInspection(
  turn: Turn,
  { data }: OrderCommandOf<'CommissionInspection'>,
  context: OrderContext,
): Refusal | undefined {
  const { order } = turn;
  if (known(order, data.inspectionId)) return alreadyKnown(data.inspectionId);
  const accepted = isAccredited(context, data.inspectorId);
  const refusal = brokenRules(
    faultsWhere(
      [
        !accepted,
        {
          code: 'INSPECTION.NOT_ACCREDITED',
          message: 'Only an accredited inspector is commissioned.',
          pointer: '/inspectorId',
          rule: 26,
        },
      ],
      byAParty(order, data.inspectorId),
      [
        data.fee !== undefined && data.fee.currency !== order.currency,
        {
          code: 'INSPECTION.CURRENCY_OF_ANOTHER_ORDER',
          message: `The order is in ${order.currency}.`,
          pointer: '/fee/currency',
          rule: 12,
        },
      ],
      [
        data.stage === 'PRE_SHIPMENT' && order.fulfilment.shipments.length > 0,
        {
          code: 'INSPECTION.AFTER_SHIPMENT',
          message: 'The goods have been shipped.',
          pointer: '/stage',
          rule: 16,
        },
      ],
    ),
  );
  if (refusal) return refusal;
  turn.emit({
    type: 'InspectionCommissioned',
    data: { ...data, accepted, commissionedBy: context.caller.id, fee: data.fee ?? null },
  });
  return undefined;
}
