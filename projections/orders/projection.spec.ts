import { projecting } from '../../libs/projection/spec.js';
import {
  decidedDispute,
  envelopesOf,
  escalatedDispute,
  givenSteps,
  otherEvents,
  receivedOrder,
  type Step,
} from '../../test/support/example-history.js';
import { historyOf } from '../case-file/history.js';
import { factOf } from '../order-facts.js';
import { orders } from './projection.js';

const given = (steps: readonly Step[]) => projecting(orders).given(...givenSteps(steps));
const rowOf = (steps: readonly Step[]) => given(steps).document('O1')!;

describe('The list of orders', () => {
  it('has a row for an order from its draft on', () => {
    expect(rowOf(receivedOrder.slice(0, 1))).toMatchObject({
      orderId: 'O1',
      reference: 'PO-77',
      status: 'DRAFT',
      buyer: { id: 'B1', name: 'Hardware Direct' },
      supplierId: 'S1',
      product: 'steel brackets',
      policyId: 'standard',
      draftedAt: '2026-02-01T09:00:00.000Z',
    });
    given(receivedOrder.slice(0, 1)).thenColumns('O1', {
      buyer: 'B1',
      supplier: 'S1',
      status: 'DRAFT',
      value: 1_000_000,
    });
  });

  it('shows the terms that stand, and whose they are once confirmed', () => {
    const { coveredAmount, policyVersion, supplierName } = rowOf(receivedOrder.slice(0, 3));
    expect([coveredAmount.amount, policyVersion, supplierName]).toEqual([750_000, 1, 'Ningbo Metal']);
  });

  it('has the state and the promised day of the domain’s own fold, after every event', () => {
    for (let length = 1; length <= decidedDispute.length; length += 1) {
      const steps = decidedDispute.slice(0, length);
      const { order } = historyOf(envelopesOf(steps).map(factOf))!;
      const row = rowOf(steps);
      expect([row.status, row.shipDate]).toEqual([order.status, order.contract.shipDate]);
    }
    expect(rowOf([...receivedOrder.slice(0, 5), ...otherEvents.slice(0, 1)]).status).toBe('CANCELLED');
  });

  it('counts open disputes, what was refunded, what the supplier owes, and feedback', () => {
    expect(rowOf(escalatedDispute).openDisputes).toEqual([1]);
    expect(rowOf(decidedDispute)).toMatchObject({
      openDisputes: [],
      refunded: 420_000,
      owedBySupplier: 0,
      feedback: [{ by: 'buyer', rating: 2 }],
      changedAt: '2026-06-03T09:00:00.000Z',
    });
    const demanded = decidedDispute.findIndex(({ event }) => event.type === 'RecoveryDemanded') + 1;
    expect(rowOf(decidedDispute.slice(0, demanded)).owedBySupplier).toBe(420_000);
  });
});
