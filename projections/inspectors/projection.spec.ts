import { projecting } from '../../libs/projection/spec.js';
import { inspectors } from './projection.js';

const accredited = {
  type: 'InspectorAccredited',
  data: {
    inspectorId: 'I1',
    name: 'SGS',
    fields: ['metal'],
    accreditedBy: 'G1',
    accreditedAt: '2026-01-01T00:00:00.000Z',
  },
  stream: 'inspector-I1',
};
const withdrawn = {
  type: 'AccreditationWithdrawn',
  data: { inspectorId: 'I1', withdrawnBy: 'G1' },
  stream: 'inspector-I1',
};

describe('The list of inspectors', () => {
  it('says who is accredited', () => {
    projecting(inspectors).given(accredited).thenColumns('I1', { name: 'SGS', accredited: 1 });
    projecting(inspectors).given(accredited, withdrawn).thenColumns('I1', { name: 'SGS', accredited: 0 });
  });
});
