import {
  EXPIRE,
  appeal,
  assign,
  chargeback,
  decideAppeal,
  determine,
  evidence,
  nothing,
  open,
  withdraw,
} from '../fixture/commands.js';
import {
  AGENT,
  APPEAL,
  ARBITRATOR,
  BUYER,
  CLOCK,
  PAYMENTS,
  SUPPLIER,
  deadlinesOf,
  eventsOf,
  typesOf,
  usd,
  type Scene,
  type Setup,
} from '../fixture/scene.js';
import { determined, disputed, escalated, lateInFull, onTheBench, underAppeal } from '../fixture/stories.js';

const award = (scene: Scene) => scene.dispute.determination?.award;
const FINAL_AT = '2026-04-16T00:00:00.000Z';

describe('Determinations', () => {
  test.each([
    [10_000, 300_000],
    [5_000, 150_000],
    [3_333, 99_990],
    [1, 30],
  ])('rule 20: claimed 3,000.00 × liability %d basis points is %d cents', (liability, cents) => {
    expect(award(onTheBench().does(ARBITRATOR, determine({ liability })))).toBe(cents);
  });

  test('rule 20: a product of less than a cent is nothing', () => {
    onTheBench(disputed({}, { claimed: usd(0.99) }))
      .when(ARBITRATOR, determine({ ...nothing, liability: 100 }))
      .thenTypes('DeterminationIssued', 'DeadlineMet', 'DeadlineSet');
    expect(
      award(
        onTheBench(disputed({}, { claimed: usd(0.99) })).does(
          ARBITRATOR,
          determine({ ...nothing, liability: 101 }),
        ),
      ),
    ).toBe(0);
  });

  test('rule 20: and at most the cap, as it is when it is decided', () => {
    const scene = onTheBench(
      lateInFull({}, { method: 'CARD' }).does(BUYER, open({ claimed: usd(7_500) })),
    ).does(PAYMENTS, chargeback(usd(3_000)));
    expect(award(scene.does(ARBITRATOR, determine({ liability: 9_000 })))).toBe(675_000);
    expect(award(scene.does(ARBITRATOR, determine({ liability: 9_400 })))).toBe(700_000);
    // Then the whole of it is as full as a refund can be.
    expect(award(scene.does(ARBITRATOR, determine({ remedies: ['FULL_REFUND'] })))).toBe(700_000);
  });

  test('rule 27: names liability, award, reasons, evidence, terms, and the revision that was seen', () => {
    const scene = onTheBench().does(BUYER, evidence());
    const [issued] = eventsOf(
      scene.does(ARBITRATOR, determine({ evidence: [1], fileRevision: '7' })).events,
      'DeterminationIssued',
    );
    expect(issued).toMatchObject({
      by: 'A1',
      liability: 10_000,
      claimed: usd(3_000),
      award: usd(3_000),
      reasonCodes: ['NOT_SHIPPED'],
      evidence: [1],
      terms: ['SHIP_DATE'],
      fileRevision: '7',
      cap: { cap: usd(3_000) },
    });
  });

  test('rule 27: every part of it that is missing is named', () => {
    const scene = onTheBench().does(BUYER, evidence());
    scene.when(ARBITRATOR, determine({ reasonCodes: [] })).thenRefused('rules', 'DETERMINATION.NO_REASON');
    scene.when(ARBITRATOR, determine({ terms: [] })).thenRefused('rules', 'DETERMINATION.RESTS_ON_NOTHING');
    scene
      .when(ARBITRATOR, determine({ terms: [], evidence: [1] }))
      .thenTypes('DeterminationIssued', 'DeadlineMet', 'DeadlineSet');
    scene
      .when(ARBITRATOR, determine({ evidence: [2] }))
      .thenRefused('rules', 'DETERMINATION.UNKNOWN_EVIDENCE');
    scene
      .when(ARBITRATOR, determine({ terms: ['smell'] }))
      .thenRefused('rules', 'DETERMINATION.UNKNOWN_TERM');
    const { refusal } = scene.when(
      ARBITRATOR,
      determine({ terms: ['smell', 'taste'], evidence: [2, 3] }),
    ).decision;
    expect(refusal?.faults.map(({ message }) => message)).toEqual([
      'The contract has no term smell, taste.',
      'The file has no evidence 2, 3.',
    ]);
    scene
      .when(ARBITRATOR, determine({ reasonCodes: [], terms: ['smell'], evidence: [2], fileRevision: '999' }))
      .thenRefused(
        'rules',
        'DETERMINATION.NO_REASON',
        'DETERMINATION.UNKNOWN_TERM',
        'DETERMINATION.UNKNOWN_EVIDENCE',
        'DETERMINATION.UNSEEN_FILE',
      );
  });

  test('rule 27: any of the evidence on file may be cited', () => {
    const scene = onTheBench().does(BUYER, evidence()).does(SUPPLIER, evidence());
    scene
      .when(ARBITRATOR, determine({ evidence: [1, 2] }))
      .thenTypes('DeterminationIssued', 'DeadlineMet', 'DeadlineSet');
    scene
      .when(ARBITRATOR, determine({ evidence: [2, 3] }))
      .thenRefused('rules', 'DETERMINATION.UNKNOWN_EVIDENCE');
  });

  test('rule 27: nobody has seen a revision that is not there yet', () => {
    const scene = onTheBench();
    const { revision } = scene.context(ARBITRATOR);
    scene
      .when(ARBITRATOR, determine({ fileRevision: revision }))
      .thenTypes('DeterminationIssued', 'DeadlineMet', 'DeadlineSet');
    scene
      .when(ARBITRATOR, determine({ fileRevision: String(BigInt(revision) + 1n) }))
      .thenRefused('rules', 'DETERMINATION.UNSEEN_FILE');
    // As numbers, not as text.
    expect(revision > '9').toBe(false);
    scene
      .when(ARBITRATOR, determine({ fileRevision: '9' }))
      .thenTypes('DeterminationIssued', 'DeadlineMet', 'DeadlineSet');
  });

  test('rule 26: only the arbitrator who sits decides, once', () => {
    onTheBench()
      .when({ role: 'arbitrator', id: 'A9' }, determine())
      .thenRefused('wrong_party', 'ARBITRATOR.NOT_ASSIGNED');
    onTheBench().when(AGENT, determine()).thenRefused('wrong_party', 'COMMAND.NOT_YOURS');
    escalated().when(ARBITRATOR, determine()).thenRefused('wrong_state', 'DISPUTE.WRONG_STATE');
    determined().when(ARBITRATOR, determine()).thenRefused('wrong_state', 'DISPUTE.WRONG_STATE');
  });
});

describe('When a determination is final', () => {
  test('rule 28: when the appeal window closes, at its due instant, and the money moves then', () => {
    const scene = determined();
    expect(scene.dispute).toMatchObject({ status: 'DETERMINED', determination: { finalAt: FINAL_AT } });
    expect(deadlinesOf(scene, 'Appeal')).toMatchObject([{ dueAt: FINAL_AT }]);
    expect(eventsOf(scene.events, 'DeadlineSet')).toMatchObject([{ kind: 'Appeal', period: 'P15D' }]);
    expect(typesOf(scene.at('2026-04-15T23:59:59.999Z').does(CLOCK, EXPIRE).events)).toEqual([]);
    const final = scene.at('2026-04-20T00:00:00.000Z').does(CLOCK, EXPIRE);
    expect(eventsOf(final.events, 'DisputeClosed')).toMatchObject([
      { outcome: 'REFUNDED', award: usd(3_000), closedAt: FINAL_AT },
    ]);
    expect(eventsOf(final.events, 'RefundInstructed')).toMatchObject([
      { amount: usd(3_000), reason: 'DETERMINATION' },
    ]);
  });

  test.each([
    [10_000, 'REFUNDED', ['PARTIAL_REFUND']],
    [9_999, 'PARTIALLY_REFUNDED', ['PARTIAL_REFUND']],
    [0, 'REJECTED', ['NOTHING']],
  ] as const)('rule 28: liability %d closes it as %s', (liability, outcome, remedies) => {
    const final = determined(disputed(), { liability, remedies: [...remedies] })
      .at(FINAL_AT)
      .does(CLOCK, EXPIRE);
    expect(eventsOf(final.events, 'DisputeClosed')).toMatchObject([{ outcome }]);
  });

  test('rule 28: at once, where the policy says so', () => {
    const scene = determined(disputed({ preset: 'classic' }));
    expect(typesOf(scene.events)).toContain('RefundInstructed');
    expect(scene.dispute.status).toBe('CLOSED');
    scene.when(SUPPLIER, appeal()).thenRefused('wrong_state', 'DISPUTE.WRONG_STATE');
    const appealable: Setup['policy'] = { determinationFinal: 'AT_ONCE', appeal: 'P15D' };
    expect(determined(disputed({ policy: appealable })).dispute.status).toBe('CLOSED');
  });
});

describe('Appeals', () => {
  test('rule 28: by either party, once, within the window', () => {
    for (const party of [BUYER, SUPPLIER]) {
      const scene = determined().does(party, appeal());
      expect(scene.dispute.appeal).toEqual({ by: party.role, at: scene.now });
      expect(eventsOf(scene.events, 'AppealLodged')).toMatchObject([{ by: party.role }]);
      expect(typesOf(scene.events)).toEqual(['AppealLodged', 'DeadlineMet', 'DeadlineSet']);
      expect(deadlinesOf(scene, 'DeterminationDue').at(-1)).toMatchObject({
        deadline: 'DeterminationDue.1~2',
        state: 'OPEN',
      });
      scene.when(BUYER, appeal()).thenRefused('wrong_state', 'DISPUTE.WRONG_STATE');
    }
    determined().when(AGENT, appeal()).thenRefused('wrong_party', 'COMMAND.NOT_YOURS');
    onTheBench().when(BUYER, appeal()).thenRefused('wrong_state', 'DISPUTE.WRONG_STATE');
    determined()
      .at('2026-04-15T23:59:59.000Z')
      .when(BUYER, appeal())
      .thenTypes('AppealLodged', 'DeadlineMet', 'DeadlineSet');
    determined()
      .at('2026-04-16T00:00:01.000Z')
      .when(BUYER, appeal())
      .thenRefused('wrong_state', 'DISPUTE.WRONG_STATE');
  });

  test.each([
    [10_000, {}, 'UPHELD', 'REFUNDED'],
    [5_000, {}, 'VARIED', 'PARTIALLY_REFUNDED'],
    [0, nothing, 'OVERTURNED', 'REJECTED'],
  ] as const)('rule 28: liability %d on appeal', (liability, more, outcome, closed) => {
    const scene = underAppeal().does(APPEAL, decideAppeal({ liability, ...more }));
    expect(eventsOf(scene.events, 'AppealDecided')).toMatchObject([{ outcome, by: 'A2' }]);
    expect(eventsOf(scene.events, 'DisputeClosed')).toMatchObject([{ outcome: closed }]);
    expect(eventsOf(scene.events, 'RefundInstructed').map(({ reason }) => reason)).toEqual(
      liability === 0 ? [] : ['APPEAL'],
    );
    scene.when(SUPPLIER, appeal()).thenRefused('wrong_state', 'DISPUTE.WRONG_STATE');
  });

  test('rule 28: nothing may become something', () => {
    const scene = underAppeal(determined(disputed(), nothing)).does(APPEAL, decideAppeal());
    expect(eventsOf(scene.events, 'AppealDecided')).toMatchObject([
      { outcome: 'OVERTURNED', award: usd(3_000) },
    ]);
    const same = underAppeal(determined(disputed(), nothing)).does(APPEAL, decideAppeal(nothing));
    expect(eventsOf(same.events, 'AppealDecided')).toMatchObject([{ outcome: 'UPHELD' }]);
  });

  test('rules 27 and 28: an appeal is decided under the same rules, and no money moves before', () => {
    const lodged = underAppeal();
    expect(typesOf(lodged.at('2026-05-30T00:00:00.000Z').does(CLOCK, EXPIRE).events)).toEqual([
      'DeadlineExpired',
    ]);
    lodged
      .when(APPEAL, decideAppeal({ reasonCodes: [], terms: [] }))
      .thenRefused('rules', 'DETERMINATION.NO_REASON', 'DETERMINATION.RESTS_ON_NOTHING');
    lodged.when(BUYER, withdraw()).thenRefused('wrong_state', 'DISPUTE.WRONG_STATE');
    const unassigned = determined().does(BUYER, appeal());
    unassigned.when(APPEAL, decideAppeal()).thenRefused('wrong_party', 'ARBITRATOR.NOT_ASSIGNED');
    unassigned
      .does(AGENT, assign(APPEAL.id))
      .when(APPEAL, decideAppeal())
      .thenTypes('AppealDecided', 'DeadlineMet', 'DisputeClosed', 'RefundInstructed', 'FundsUnfrozen');
  });
});
