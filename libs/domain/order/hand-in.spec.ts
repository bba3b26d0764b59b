import type { Caller } from '../decision.js';
import type { HandedInFile, OrderContext } from './context.js';
import { determine, evidence, withdraw } from './fixture/commands.js';
import { APPEAL, ARBITRATOR, BUYER, SUPPLIER, given, type Scene } from './fixture/scene.js';
import { determined, disputed, onTheBench, underAppeal } from './fixture/stories.js';
import { handIn } from './hand-in.js';

const offered = ({ order, now }: Scene, caller: Caller, dispute = 1) => handIn(order, caller, now, dispute);

describe('Handing a file in', () => {
  test('rule 26: within the limits of the policy that the order was confirmed under', () => {
    const evidenceLimits = { maxFileBytes: 10, maxPartyBytes: 20, mediaTypes: ['image/png'] };
    expect(offered(disputed({ policy: { evidenceLimits } }), BUYER)).toEqual({
      by: 'buyer',
      ...evidenceLimits,
      onRecord: [],
    });
  });

  test("rule 26: beside what the same author has on record, and nobody else's", () => {
    const scene = underAppeal(
      determined(
        disputed()
          .does(BUYER, evidence())
          .does(SUPPLIER, evidence({ size: 7 })),
      ),
    );
    expect(offered(scene, BUYER)).toMatchObject({ onRecord: [{ size: 1_000, sha256: 'a'.repeat(64) }] });
    expect(offered(scene, SUPPLIER)).toMatchObject({ onRecord: [{ size: 7 }] });
    expect(offered(scene, { role: 'agent', id: BUYER.id })).toMatchObject({ by: 'agent', onRecord: [] });
    expect(offered(scene, APPEAL)).toMatchObject({ by: 'arbitrator', onRecord: [] });
    const bench = underAppeal(onTheBench().does(ARBITRATOR, evidence()).does(ARBITRATOR, determine()));
    expect(offered(bench, APPEAL)).toMatchObject({ by: 'arbitrator', onRecord: [] });
  });

  test('rule 26: by whoever may submit evidence now, and refused as that would be', () => {
    const refusal = (scene: Scene, caller: Caller, dispute?: number) => {
      const outcome = offered(scene, caller, dispute);
      return 'faults' in outcome ? [outcome.kind, outcome.faults[0]?.code] : outcome.by;
    };
    const scene = disputed();
    expect(refusal(scene, SUPPLIER)).toBe('supplier');
    expect(refusal(scene, BUYER, 2)).toEqual(['not_found', 'DISPUTE.NOT_FOUND']);
    expect(refusal(scene, { role: 'buyer', id: 'B2' })).toEqual(['not_found', 'ORDER.NOT_FOUND']);
    expect(refusal(scene, { role: 'auditor', id: 'U1' })).toEqual(['wrong_party', 'COMMAND.NOT_YOURS']);
    expect(refusal(scene, ARBITRATOR)).toEqual(['wrong_party', 'ARBITRATOR.NOT_ASSIGNED']);
    expect(refusal(onTheBench(), ARBITRATOR)).toBe('arbitrator');
    expect(refusal(determined(), BUYER)).toEqual(['wrong_state', 'DISPUTE.WRONG_STATE']);
    expect(refusal(scene.does(BUYER, withdraw()), BUYER)).toEqual(['wrong_state', 'DISPUTE.WRONG_STATE']);
  });

  test('rule 26: what is overdue counts as expired: nobody hands in after the appeal window closed by itself', () => {
    const late = underAppeal().after('P1Y');
    expect(offered(late, BUYER)).not.toHaveProperty('faults');
    const closed = determined().after('P1Y');
    expect(offered(closed, BUYER)).toMatchObject({
      kind: 'wrong_state',
      faults: [{ facts: { status: 'CLOSED' } }],
    });
  });
});

describe('Submitting what was handed in', () => {
  const file: HandedInFile = { size: 1_000, mediaType: 'image/jpeg', state: 'HERE' };
  const submitted = (more: Partial<OrderContext>) => {
    const scene = disputed();
    const context = { ...scene.context(BUYER), ...more };
    const { accepted, refusal } = given(...scene.history).when(evidence(), context).decision;
    return refusal === undefined
      ? accepted.map(({ event }) => event.data)
      : refusal.faults.map(({ code, pointer }) => [code, pointer]);
  };

  test('rule 26: is recorded as held here; a hash alone is not', () => {
    expect(submitted({ file })).toEqual([expect.objectContaining({ held: true })]);
    expect(submitted({})).toEqual([expect.not.objectContaining({ held: expect.anything() })]);
  });

  test('rule 26: agrees with what was handed in, or is told every difference', () => {
    expect(submitted({ file: { ...file, size: 999, mediaType: 'image/png' } })).toEqual([
      ['EVIDENCE.OTHER_SIZE', '/size'],
      ['EVIDENCE.OTHER_MEDIA_TYPE', '/mediaType'],
    ]);
  });

  test('rule 26: is not what waited too long, or was removed', () => {
    expect(submitted({ file: { ...file, state: 'STALE' } })).toEqual([
      ['EVIDENCE.HANDED_IN_LONG_AGO', '/sha256'],
    ]);
    expect(submitted({ file: { ...file, state: 'INFECTED' } })).toEqual([['EVIDENCE.INFECTED', '/sha256']]);
  });

  test('rule 26: may be asked for: then a hash alone does not do', () => {
    expect(submitted({ filesRequired: true })).toEqual([['EVIDENCE.NOT_HANDED_IN', '/sha256']]);
    expect(submitted({ filesRequired: true, file })).toEqual([expect.objectContaining({ held: true })]);
  });
});
