import { specOf } from '../spec.js';
import { decideInspector } from './decide.js';
import type { InspectorEvent } from './events.js';
import { evolveInspector } from './evolve.js';

const given = specOf({ decide: decideInspector, evolve: evolveInspector });
const now = '2026-03-01T00:00:00.000Z';
const agent = { now, caller: { role: 'agent', id: 'G1' } } as const;
const accredit = {
  type: 'AccreditInspector',
  data: { inspectorId: 'I1', name: 'Look Ltd', fields: ['textile'] },
} as const;
const withdraw = { type: 'WithdrawAccreditation', data: { reason: 'Fraud' } } as const;
const accredited: InspectorEvent = {
  type: 'InspectorAccredited',
  data: { inspectorId: 'I1', name: 'Look Ltd', fields: ['textile'], accreditedBy: 'G1', accreditedAt: now },
};
const withdrawn: InspectorEvent = {
  type: 'AccreditationWithdrawn',
  data: { inspectorId: 'I1', reason: 'Fraud', withdrawnBy: 'G1' },
};

describe('Rule 16: accepted inspectors', () => {
  test('an inspector is accredited, once', () => {
    const outcome = given().when(accredit, agent).then(accredited);
    expect(outcome.state).toMatchObject({ inspectorId: 'I1', accredited: true });
    outcome.when(accredit, agent).thenRefused('wrong_state', 'INSPECTOR.ALREADY_ACCREDITED');
  });

  test('the accreditation is withdrawn, and may be given again', () => {
    const outcome = given(accredited).when(withdraw, agent).then(withdrawn);
    expect(outcome.state).toMatchObject({ accredited: false, name: 'Look Ltd' });
    outcome.when(withdraw, agent).thenRefused('wrong_state', 'INSPECTOR.NOT_ACCREDITED');
    expect(outcome.when(accredit, agent).then(accredited).state).toMatchObject({ accredited: true });
  });

  test('an unknown inspector is not found', () => {
    given().when(withdraw, agent).thenRefused('not_found', 'INSPECTOR.UNKNOWN');
  });
});
