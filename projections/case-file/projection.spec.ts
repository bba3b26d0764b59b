import { projecting } from '../../libs/projection/spec.js';
import { decidedDispute, givenSteps } from '../../test/support/example-history.js';
import { caseFile } from './projection.js';

describe('The documents that case files are made of', () => {
  const given = projecting(caseFile).given(...givenSteps(decidedDispute));
  const facts = given.ids().map((id) => given.document(id)!.fact);

  it('hold every fact of the order once, in the order of their ids', () => {
    expect(given.ids().slice(0, 2)).toEqual(['O1/000000', 'O1/000001']);
    expect(facts.map(({ revision }) => Number(revision))).toEqual(
      decidedDispute.map((_, revision) => revision),
    );
  });

  it('are found by their order', () => {
    given.thenColumns('O1/000000', { order_id: 'O1' });
  });

  it('keep who, when and what, word for word', () => {
    const revision = decidedDispute.findIndex(({ event }) => event.type === 'SupplierResponded');
    expect(facts.find(({ type }) => type === 'SupplierResponded')).toEqual({
      revision: String(revision),
      type: 'SupplierResponded',
      data: decidedDispute[revision]!.event.data,
      at: '2026-04-12T09:00:00.000Z',
      by: { role: 'supplier', id: 'S1' },
    });
  });
});
