import {
  decidedDispute,
  escalatedDispute,
  givenSteps,
  openedDispute,
  type Step,
} from '../../test/support/example-history.js';
import { projecting } from '../../libs/projection/spec.js';
import { deadlineQueue } from './projection.js';

const given = (steps: readonly Step[]) => projecting(deadlineQueue).given(...givenSteps(steps));

describe('The queue of deadlines', () => {
  it('holds a row for each open deadline, found by its due instant and its order', () => {
    given(openedDispute)
      .thenDocument('O1/SupplierResponse.1', {
        orderId: 'O1',
        deadline: 'SupplierResponse.1',
        kind: 'SupplierResponse',
        dispute: 1,
        dueAt: '2026-04-15T09:00:00.000Z',
      })
      .thenColumns('O1/SupplierResponse.1', { due_at: '2026-04-15T09:00:00.000Z', order_id: 'O1' });
    expect(given(openedDispute).ids()).toEqual([
      'O1/ClaimWindow',
      'O1/Settlement.1',
      'O1/SupplierResponse.1',
    ]);
  });

  it('gives up what was met and what has expired', () => {
    expect(given(escalatedDispute).ids()).toEqual([
      'O1/ClaimWindow',
      'O1/DeterminationDue.1',
      'O1/Evidence.1.1',
    ]);
    expect(given(decidedDispute).ids()).toEqual([]);
  });

  it('moves a deadline that was extended', () => {
    const extended = escalatedDispute.findIndex(({ event }) => event.type === 'DeadlineExtended');
    expect(given(escalatedDispute.slice(0, extended)).document('O1/ShipmentDue')?.dueAt).toBe(
      '2026-03-11T00:00:00.000Z',
    );
    expect(given(escalatedDispute.slice(0, extended + 1)).document('O1/ShipmentDue')?.dueAt).toBe(
      '2026-03-21T00:00:00.000Z',
    );
  });

  it('takes no notice of an extension of what is no longer open', () => {
    given([{ ...escalatedDispute.find(({ event }) => event.type === 'DeadlineExtended')! }]).thenNoDocument(
      'O1/ShipmentDue',
    );
  });
});
