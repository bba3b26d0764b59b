import type { Refusal } from '../../../kernel/problem.js';
import { continueClaimWindow } from '../completion.js';
import type { OrderCommandOf } from '../commands.js';
import { termIds } from '../contract/eligibility.js';
import { latestDeadline, meetDeadlines, ofKind, policyOf, setDeadline } from '../deadlines/decide.js';
import { brokenRules, faultsWhere, notFound, wrongState } from '../refuse.js';
import type { Turn } from '../turn.js';

/** Rule 15: late or not is judged by when the goods were handed over, not by when it was told. */
export function recordShipment(turn: Turn, { data }: OrderCommandOf<'RecordShipment'>): Refusal | undefined {
  const { order } = turn;
  if (order.fulfilment.shipments.some(({ shipmentId }) => shipmentId === data.shipmentId)) {
    return wrongState('FULFILMENT.SHIPMENT_KNOWN', `Shipment ${data.shipmentId} is recorded already.`);
  }
  const shippedAt = data.shippedAt ?? turn.at;
  const confirmedAt = order.contract.confirmed?.at ?? turn.at;
  const refusal = brokenRules(
    faultsWhere(
      [
        shippedAt > turn.at,
        {
          code: 'FULFILMENT.IN_FUTURE',
          message: 'A shipment is recorded once it has left.',
          pointer: '/shippedAt',
          rule: 15,
        },
      ],
      [
        shippedAt < confirmedAt,
        {
          code: 'FULFILMENT.BEFORE_CONTRACT',
          message: 'The shipment lies before the contract.',
          pointer: '/shippedAt',
          rule: 15,
        },
      ],
    ),
  );
  if (refusal) return refusal;
  turn.emit({
    type: 'ShipmentRecorded',
    data: {
      ...data,
      shippedAt,
      late: shippedAt > (latestDeadline(order, 'ShipmentDue')?.dueAt ?? shippedAt),
    },
  });
  meetDeadlines(turn, 'ShipmentRecorded', ofKind('ShipmentDue'));
  const { autoReceipt } = policyOf(order);
  if (
    autoReceipt !== null &&
    order.fulfilment.shipments.length === 0 &&
    order.fulfilment.received === undefined
  ) {
    setDeadline(turn, { kind: 'AutoReceipt', rule: 22 }, autoReceipt);
  }
  return undefined;
}

export function recordCustomsClearance(
  turn: Turn,
  { data }: OrderCommandOf<'RecordCustomsClearance'>,
): Refusal | undefined {
  const clearedAt = data.clearedAt ?? turn.at;
  const shippedAt = turn.order.fulfilment.shipments[0]?.shippedAt ?? clearedAt;
  const refusal = brokenRules(
    faultsWhere(
      [
        clearedAt > turn.at,
        {
          code: 'FULFILMENT.IN_FUTURE',
          message: 'A clearance is recorded once it was given.',
          pointer: '/clearedAt',
          rule: 22,
        },
      ],
      [
        clearedAt < shippedAt,
        {
          code: 'FULFILMENT.BEFORE_SHIPMENT',
          message: 'The clearance lies before the shipment.',
          pointer: '/clearedAt',
          rule: 22,
        },
      ],
    ),
  );
  if (refusal) return refusal;
  turn.emit({ type: 'CustomsCleared', data: { ...data, clearedAt } });
  continueClaimWindow(turn);
  return undefined;
}

export function confirmReceipt(turn: Turn, { data }: OrderCommandOf<'ConfirmReceipt'>): Refusal | undefined {
  receive(turn, 'buyer', data.quantity);
  return undefined;
}

/** Receipt, confirmed by the buyer or deemed by AutoReceipt. */
export function receive(turn: Turn, by: 'buyer' | 'clock', quantity?: number): void {
  turn.emit({
    type: 'ReceiptConfirmed',
    data: { by, receivedAt: turn.at, deemed: by === 'clock', quantity },
  });
  meetDeadlines(turn, 'ReceiptConfirmed', ofKind('AutoReceipt'));
  continueClaimWindow(turn);
}

/** Rule 17: an explicit waiver, with its scope. */
export function waiveNonconformity(
  turn: Turn,
  { data }: OrderCommandOf<'WaiveNonconformity'>,
): Refusal | undefined {
  const { order } = turn;
  const known = termIds(order.contract.terms);
  const unknown = data.terms.filter((term) => !known.includes(term));
  if (
    data.inspectionId !== undefined &&
    !order.inspections.some(({ inspectionId }) => inspectionId === data.inspectionId)
  ) {
    return notFound('INSPECTION.NONE_SUCH', `No inspection ${data.inspectionId} was booked.`);
  }
  const refusal = brokenRules(
    faultsWhere(
      [
        data.terms.length === 0,
        {
          code: 'WAIVER.NO_SCOPE',
          message: 'A waiver names the terms that it covers.',
          pointer: '/terms',
          rule: 17,
        },
      ],
      [
        unknown.length > 0,
        {
          code: 'WAIVER.UNKNOWN_TERM',
          message: `The contract has no term ${unknown.join(', ')}.`,
          pointer: '/terms',
          rule: 17,
        },
      ],
    ),
  );
  if (refusal) return refusal;
  turn.emit({ type: 'NonconformityWaived', data: { ...data, terms: [...data.terms] } });
  return undefined;
}
