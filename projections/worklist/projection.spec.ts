import { projecting } from '../../libs/projection/spec.js';
import {
  decidedDispute,
  envelopesOf,
  escalatedDispute,
  givenSteps,
  openedDispute,
  otherEvents,
  type Step,
} from '../../test/support/example-history.js';
import { factOf } from '../order-facts.js';
import { historyOf } from '../case-file/history.js';
import { judgeOf, worklist } from './projection.js';

const given = (steps: readonly Step[]) => projecting(worklist).given(...givenSteps(steps));
const rowOf = (steps: readonly Step[]) => given(steps).document('O1/1')!;
const upTo = (type: string, count = 1) => {
  const indexes = decidedDispute.flatMap(({ event }, index) => (event.type === type ? [index] : []));
  return decidedDispute.slice(0, indexes[count - 1]! + 1);
};

describe('The list of cases', () => {
  it('has a row for a dispute from its opening on, with both parties', () => {
    given(openedDispute).thenColumns('O1/1', {
      state: 'AWAITING_SUPPLIER',
      ground: 'QUALITY',
      buyer: 'B1',
      supplier: 'S1',
      arbitrator: null,
      claimed: 750_000,
      currency: 'USD',
      due_at: '2026-04-15T09:00:00.000Z',
      opened_at: '2026-04-10T09:00:00.000Z',
      escalated_at: null,
    });
    expect(given(openedDispute.slice(0, 20)).ids()).toEqual([]);
    expect(given(decidedDispute).ids()).toEqual(['O1/1']);
  });

  it('follows the dispute as the domain does, after every event', () => {
    for (let length = openedDispute.length; length <= decidedDispute.length; length += 1) {
      const steps = decidedDispute.slice(0, length);
      const dispute = historyOf(envelopesOf(steps).map(factOf))!.order.disputes[0]!;
      const row = rowOf(steps).dispute;
      const shown = ({ status, claimed, requests, escalation, closed }: typeof dispute) =>
        JSON.stringify({ status, claimed, requests, escalation, closed });
      expect(shown(row)).toBe(shown(dispute));
      expect(judgeOf(row)).toBe(judgeOf(dispute));
    }
  });

  it('is reopened with nobody to judge it (rule 31)', () => {
    const reopened = otherEvents.filter(({ event }) => event.type === 'DisputeReopened');
    given([...decidedDispute, ...reopened]).thenColumns('O1/1', { state: 'ESCALATED', arbitrator: null });
  });

  it('shows the deadline that is due next, and sorts what has none behind', () => {
    given(upTo('SupplierResponded')).thenColumns('O1/1', { due_at: '2026-04-15T09:00:00.000Z' });
    given(escalatedDispute).thenColumns('O1/1', { due_at: '2026-04-21T09:00:00.000Z' });
    given(decidedDispute).thenColumns('O1/1', { due_at: '9999-12-31T23:59:59.999Z' });
  });

  it('names whoever has to decide now: in an appeal its own arbitrator', () => {
    const arbitrators = ['ArbitratorAssigned', 'DeterminationIssued', 'AppealLodged', 'DisputeClosed'].map(
      (type) => judgeOf(rowOf(upTo(type)).dispute),
    );
    expect(arbitrators).toEqual(['A1', 'A2', undefined, 'A2']);
    expect(judgeOf(rowOf(upTo('ArbitratorAssigned', 3)).dispute)).toBe('A3');
  });

  it('remembers a silent supplier and an overdue determination (rules 23 and 26)', () => {
    const expired = (kind: string): Step => ({
      by: { role: 'clock', id: 'clock' },
      at: '2026-04-15T09:00:00.000Z',
      event: {
        type: 'DeadlineExpired',
        data: {
          deadline: `${kind}.1`,
          kind,
          dispute: 1,
          dueAt: '2026-04-15T09:00:00.000Z',
          firedAt: '2026-04-15T09:00:00.000Z',
        },
      },
    });
    expect(rowOf([...openedDispute, expired('SupplierResponse')])).toMatchObject({ silent: true });
    expect(rowOf([...escalatedDispute, expired('DeterminationDue')])).toMatchObject({
      determinationOverdue: true,
    });
    expect(rowOf(escalatedDispute)).toMatchObject({ silent: false, determinationOverdue: false });
  });

  it('keeps a determination that is overdue among what is due until somebody decides (rule 26)', () => {
    const due = '2026-04-15T09:00:00.000Z';
    const expired: Step = {
      by: { role: 'clock', id: 'clock' },
      at: due,
      event: {
        type: 'DeadlineExpired',
        data: {
          deadline: 'DeterminationDue.1',
          kind: 'DeterminationDue',
          dispute: 1,
          dueAt: due,
          firedAt: due,
        },
      },
    };
    given([...escalatedDispute, expired]).thenColumns('O1/1', { due_at: due });
    given([...escalatedDispute, expired, ...decidedDispute.slice(escalatedDispute.length)]).thenColumns(
      'O1/1',
      {
        due_at: '9999-12-31T23:59:59.999Z',
      },
    );
  });

  it('does not grow with evidence', () => {
    expect(rowOf(escalatedDispute).dispute.evidence).toEqual([]);
  });

  it('moves a deadline that was extended', () => {
    const extension: Step = {
      by: { role: 'agent', id: 'G1' },
      at: '2026-04-11T00:00:00.000Z',
      event: {
        type: 'DeadlineExtended',
        data: {
          deadline: 'SupplierResponse.1',
          kind: 'SupplierResponse',
          dispute: 1,
          from: '2026-04-15T09:00:00.000Z',
          to: '2026-05-15T09:00:00.000Z',
          reason: 'Holidays',
          by: 'G1',
        },
      },
    };
    given([...openedDispute, extension]).thenColumns('O1/1', { due_at: '2026-04-25T09:00:00.000Z' });
  });
});
