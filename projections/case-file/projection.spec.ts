import { projecting } from '../../libs/projection/spec.js';
import { decidedDispute, givenSteps } from '../../test/support/example-history.js';
import { caseFile } from './projection.js';

describe('The documents that case files are made of', () => {
  const given = projecting(caseFile).given(...givenSteps(decidedDispute));
  const facts = given.ids().flatMap((id) => given.document(id)!.facts);

  it('hold every fact of the order once, the bulky ones apart, the others by pages of twenty revisions', () => {
    expect(given.ids()).toEqual(['O1/000000', 'O1/000001', 'O1/000002', 'O1/000003', 'O1/contract']);
    expect(given.document('O1/contract')!.facts.map(({ type }) => type)).toEqual([
      'OrderDrafted',
      'TermsProposed',
      'ContractConfirmed',
    ]);
    expect(given.document('O1/000000')!.facts.map(({ revision }) => revision)).toEqual(
      Array.from({ length: 17 }, (_, index) => String(index + 3)),
    );
    expect(facts.map(({ revision }) => Number(revision)).toSorted((one, other) => one - other)).toEqual(
      decidedDispute.map((_, revision) => revision),
    );
  });

  it('are found by their order', () => {
    given.thenColumns('O1/000000', { order_id: 'O1' }).thenColumns('O1/contract', { order_id: 'O1' });
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
