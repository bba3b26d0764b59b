import { changeSeal, decideAppeal, evidence, nothing, recuse } from '../fixture/commands.js';
import { AGENT, APPEAL, ARBITRATOR, BUYER, SUPPLIER, eventsOf, type Scene } from '../fixture/scene.js';
import { determined, disputed, onTheBench, underAppeal } from '../fixture/stories.js';

const sealed = (scene: Scene = disputed()): Scene =>
  scene.does(SUPPLIER, evidence({ sealedTo: ['supplier'] }));
const onFile = ({ dispute }: Scene) => dispute.evidence.map(({ sealedTo }) => sealedTo);

describe('ChangeEvidenceSeal', () => {
  test('rule 26: the arbitrator lifts a seal, narrows it, and seals what was open', () => {
    const bench = onTheBench(sealed());
    const lifted = bench.does(ARBITRATOR, changeSeal());
    expect(eventsOf(lifted.events, 'EvidenceSealChanged')).toEqual([
      {
        dispute: 1,
        evidence: 1,
        sealedTo: undefined,
        reason: 'The other party has to answer it.',
        by: ARBITRATOR.id,
        changedAt: lifted.now,
      },
    ]);
    expect(onFile(lifted)).toEqual([undefined]);
    expect(onFile(lifted.does(ARBITRATOR, changeSeal({ sealedTo: ['buyer'] })))).toEqual([['buyer']]);
    expect(onFile(bench.does(ARBITRATOR, changeSeal({ sealedTo: [] })))).toEqual([[]]);
  });

  test('rule 26: of the evidence named, and of no other', () => {
    const two = onTheBench(sealed(disputed().does(BUYER, evidence())));
    expect(onFile(two.does(ARBITRATOR, changeSeal({ evidence: 2 })))).toEqual([undefined, undefined]);
    expect(onFile(two.does(ARBITRATOR, changeSeal({ evidence: 1, sealedTo: ['buyer'] })))).toEqual([
      ['buyer'],
      ['supplier'],
    ]);
    two.when(ARBITRATOR, changeSeal({ evidence: 3 })).thenRefused('rules', 'EVIDENCE.NONE_SUCH');
  });

  test('rule 26: what it is already is not done again, in whatever order it is said', () => {
    const scene = onTheBench(disputed().does(SUPPLIER, evidence({ sealedTo: ['supplier', 'buyer'] })));
    const again = changeSeal({ sealedTo: ['buyer', 'supplier', 'buyer'] });
    scene.when(ARBITRATOR, again).thenRefused('wrong_state', 'EVIDENCE.SEALED_SO');
    const open = scene.does(ARBITRATOR, changeSeal());
    open.when(ARBITRATOR, changeSeal()).thenRefused('wrong_state', 'EVIDENCE.SEALED_SO');
    // Sealed to nobody is not unsealed.
    expect(onFile(open.does(ARBITRATOR, changeSeal({ sealedTo: [] })))).toEqual([[]]);
  });

  test('rule 26: it is for whoever sits, and for nobody else', () => {
    const bench = onTheBench(sealed());
    for (const caller of [BUYER, SUPPLIER, AGENT])
      bench.when(caller, changeSeal()).thenRefused('wrong_party', 'COMMAND.NOT_YOURS');
    const other = { role: 'arbitrator', id: 'A9' } as const;
    bench.when(other, changeSeal()).thenRefused('wrong_party', 'ARBITRATOR.NOT_ASSIGNED');
    sealed().when(ARBITRATOR, changeSeal()).thenRefused('wrong_state', 'DISPUTE.WRONG_STATE');
    const left = bench.does(ARBITRATOR, recuse());
    left.when(ARBITRATOR, changeSeal()).thenRefused('wrong_state', 'DISPUTE.WRONG_STATE');
    onTheBench().when(ARBITRATOR, changeSeal()).thenRefused('wrong_state', 'EVIDENCE.NONE');
  });

  test('rule 28: under appeal it is for the other arbitrator', () => {
    const appealed = underAppeal(determined(sealed()));
    appealed.when(ARBITRATOR, changeSeal()).thenRefused('wrong_party', 'ARBITRATOR.NOT_ASSIGNED');
    const lifted = appealed.does(APPEAL, changeSeal());
    expect(onFile(lifted)).toEqual([undefined]);
    const over = lifted.does(APPEAL, decideAppeal(nothing));
    over.when(APPEAL, changeSeal({ sealedTo: [] })).thenRefused('wrong_state', 'DISPUTE.WRONG_STATE');
  });
});
