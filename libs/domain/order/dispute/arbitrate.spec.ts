import { EXPIRE, assign, decideAppeal, determine, recuse, requestEvidence } from '../fixture/commands.js';
import {
  AGENT,
  APPEAL,
  ARBITRATOR,
  BUYER,
  CLOCK,
  SUPPLIER,
  deadlinesOf,
  eventsOf,
  typesOf,
} from '../fixture/scene.js';
import { determined, disputed, escalated, onTheBench, underAppeal } from '../fixture/stories.js';
import { appeal } from '../fixture/commands.js';

describe('Arbitrators', () => {
  test('rule 26: the agent assigns one to an escalated case', () => {
    const scene = escalated().does(AGENT, assign());
    expect(eventsOf(scene.events, 'ArbitratorAssigned')).toEqual([
      { dispute: 1, arbitrator: 'A1', assignedBy: 'G1', appeal: false },
    ]);
    expect(scene.dispute).toMatchObject({ status: 'UNDER_DETERMINATION', arbitrator: 'A1' });
    for (const by of [BUYER, SUPPLIER, ARBITRATOR]) {
      escalated().when(by, assign()).thenRefused('wrong_party', 'COMMAND.NOT_YOURS');
    }
    disputed().when(AGENT, assign()).thenRefused('wrong_state', 'DISPUTE.WRONG_STATE');
    onTheBench().when(AGENT, assign('A5')).thenRefused('wrong_state', 'DISPUTE.WRONG_STATE');
    underAppeal().when(AGENT, assign('A5')).thenRefused('wrong_state', 'ARBITRATOR.ASSIGNED');
  });

  test('rule 26: who is no party to it, and has declared no conflict', () => {
    escalated().when(AGENT, assign(BUYER.id)).thenRefused('rules', 'ARBITRATOR.IS_A_PARTY');
    escalated().when(AGENT, assign(SUPPLIER.id)).thenRefused('rules', 'ARBITRATOR.IS_A_PARTY');
    escalated()
      .when(AGENT, assign('A1', ['S1']))
      .thenRefused('rules', 'ARBITRATOR.HAS_A_CONFLICT');
    escalated()
      .when(AGENT, assign('A1', ['S7', 'B1']))
      .thenRefused('rules', 'ARBITRATOR.HAS_A_CONFLICT');
    escalated()
      .when(AGENT, assign('B1', ['B1']))
      .thenRefused('rules', 'ARBITRATOR.IS_A_PARTY', 'ARBITRATOR.HAS_A_CONFLICT');
    escalated()
      .when(AGENT, assign('A1', ['S7']))
      .thenTypes('ArbitratorAssigned');
  });

  test('rule 26: may step down, or be taken off, and does not come back', () => {
    const scene = onTheBench();
    scene
      .when({ role: 'arbitrator', id: 'A9' }, recuse())
      .thenRefused('wrong_party', 'ARBITRATOR.NOT_ASSIGNED');
    scene.when(BUYER, recuse()).thenRefused('wrong_party', 'COMMAND.NOT_YOURS');
    for (const by of [ARBITRATOR, AGENT]) {
      const gone = scene.does(by, recuse());
      expect(eventsOf(gone.events, 'ArbitratorRecused')).toMatchObject([{ arbitrator: 'A1' }]);
      expect(gone.dispute).toMatchObject({ status: 'ESCALATED', arbitrator: undefined, recused: ['A1'] });
      gone.when(AGENT, assign('A1')).thenRefused('rules', 'ARBITRATOR.RECUSED');
      gone.when(ARBITRATOR, recuse()).thenRefused('wrong_state', 'DISPUTE.WRONG_STATE');
      expect(gone.does(AGENT, assign('A5')).dispute.arbitrator).toBe('A5');
    }
  });

  test('rules 26 and 28: so may the arbitrator of an appeal', () => {
    const scene = underAppeal();
    const gone = scene.does(APPEAL, recuse());
    expect(gone.dispute).toMatchObject({
      status: 'UNDER_APPEAL',
      arbitrator: 'A1',
      recused: ['A2'],
      appeal: { by: 'supplier', at: scene.now },
    });
    gone.when(AGENT, recuse()).thenRefused('wrong_state', 'ARBITRATOR.NONE');
    gone.when(AGENT, assign('A2')).thenRefused('rules', 'ARBITRATOR.RECUSED');
    gone.when(APPEAL, decideAppeal()).thenRefused('wrong_party', 'ARBITRATOR.NOT_ASSIGNED');
    expect(gone.does(AGENT, assign('A5')).dispute.appeal?.arbitrator).toBe('A5');
  });

  test('rule 28: an appeal is decided by another arbitrator', () => {
    const lodged = determined().does(SUPPLIER, appeal());
    lodged.when(AGENT, assign(ARBITRATOR.id)).thenRefused('rules', 'ARBITRATOR.DECIDED_BEFORE');
    lodged.when(ARBITRATOR, decideAppeal()).thenRefused('wrong_party', 'COMMAND.NOT_YOURS');
    lodged
      .when({ ...APPEAL, id: ARBITRATOR.id }, decideAppeal())
      .thenRefused('wrong_party', 'ARBITRATOR.NOT_ASSIGNED');
    expect(eventsOf(lodged.does(AGENT, assign(APPEAL.id)).events, 'ArbitratorAssigned')).toMatchObject([
      { appeal: true, arbitrator: 'A2' },
    ]);
  });

  test('rule 26: the determination is due in the policy’s time from the escalation; an overdue one is only marked', () => {
    const scene = onTheBench();
    expect(deadlinesOf(scene, 'DeterminationDue')).toMatchObject([{ dueAt: '2026-04-15T00:00:00.000Z' }]);
    const overdue = scene.at('2026-04-15T00:00:00.000Z').does(CLOCK, EXPIRE);
    expect(typesOf(overdue.events)).toEqual(['DeadlineExpired']);
    overdue.when(ARBITRATOR, determine()).thenTypes('DeterminationIssued', 'DeadlineSet');
    overdue.when(ARBITRATOR, requestEvidence('buyer')).thenTypes('EvidenceRequested', 'DeadlineSet');
  });
});
