import {
  AGENT,
  BUYER,
  CLOCK,
  SUPPLIER,
  deadlinesOf,
  eventsOf,
  typesOf,
  usd,
  type Scene,
  type Setup,
} from '../fixture/scene.js';
import { EXPIRE, accept, counter, escalate, open, openQuality, reject } from '../fixture/commands.js';
import { disputed, escalated, late, lateInFull, received } from '../fixture/stories.js';

const CLASSIC: Setup = { preset: 'classic' };
const CURRENT: Setup = { preset: 'current' };
const OPENED_AT = '2026-04-01T00:00:00.000Z';
const due = (scene: Scene, kind: 'SupplierResponse' | 'AutoEscalation' | 'Settlement') =>
  deadlinesOf(scene, kind)[0]?.dueAt;

describe('The supplier’s answer', () => {
  test('rule 23: accepting settles as claimed', () => {
    const scene = disputed().does(SUPPLIER, accept());
    expect(eventsOf(scene.events, 'DisputeClosed')).toMatchObject([
      { outcome: 'SETTLED', award: usd(3_000), remedies: ['FULL_REFUND'] },
    ]);
  });

  test('rule 23: accepting a wish for goods or work moves no money', () => {
    const scene = received()
      .does(BUYER, openQuality({ desiredRemedy: 'REPLACEMENT' }))
      .does(SUPPLIER, accept());
    expect(eventsOf(scene.events, 'DisputeClosed')).toMatchObject([
      { outcome: 'SETTLED', award: usd(0), remedies: ['REPLACEMENT'] },
    ]);
    expect(typesOf(scene.events)).not.toContain('RefundInstructed');
  });

  test('rule 23: refusing gives at least one reason', () => {
    const refusal = reject();
    disputed()
      .when(SUPPLIER, { ...refusal, data: { ...refusal.data, response: 'REJECT', reasonCodes: [] } })
      .thenRefused('rules', 'DISPUTE.NO_REASON');
    disputed().when(SUPPLIER, reject()).thenTypes('SupplierResponded', 'DeadlineMet');
  });

  test('rule 23: countering makes an offer, held to the rules of offers', () => {
    const scene = disputed().does(SUPPLIER, counter({ amount: usd(500) }));
    expect(typesOf(scene.events)).toEqual([
      'SupplierResponded',
      'DeadlineMet',
      'SettlementProposed',
      'DeadlineSet',
    ]);
    expect(scene.dispute.offers).toMatchObject([{ offer: 1, by: 'supplier', amount: 50_000, state: 'OPEN' }]);
    const { refusal } = disputed()
      .when(SUPPLIER, counter({ amount: usd(3_000.01) }))
      .thenRefused('rules', 'ABOVE_COVERAGE').decision;
    expect(refusal?.faults[0]?.pointer).toBe('/offer/amount/amount');
  });

  test('rule 23: only the supplier of the order answers, once', () => {
    disputed().when(BUYER, reject()).thenRefused('wrong_party', 'COMMAND.NOT_YOURS');
    disputed().when({ role: 'supplier', id: 'S2' }, reject()).thenRefused('not_found', 'ORDER.NOT_FOUND');
    disputed().when(SUPPLIER, reject(2)).thenRefused('not_found', 'DISPUTE.NOT_FOUND');
    disputed()
      .does(SUPPLIER, reject())
      .when(SUPPLIER, accept())
      .thenRefused('wrong_state', 'DISPUTE.WRONG_STATE');
  });
});

describe('Silence', () => {
  test('rule 23: standard: five days, and silence escalates by itself, at the due instant', () => {
    const scene = disputed();
    expect(due(scene, 'SupplierResponse')).toBe('2026-04-06T00:00:00.000Z');
    expect(typesOf(scene.at('2026-04-05T23:59:59.999Z').does(CLOCK, EXPIRE).events)).toEqual([]);
    for (const now of ['2026-04-06T00:00:00.000Z', '2026-04-09T12:34:56.789Z']) {
      const silent = scene.at(now).does(CLOCK, EXPIRE);
      expect(eventsOf(silent.events, 'DisputeEscalated')).toEqual([
        { dispute: 1, reason: 'SUPPLIER_SILENT', escalatedAt: '2026-04-06T00:00:00.000Z' },
      ]);
      expect(eventsOf(silent.events, 'DeadlineExpired')).toMatchObject([
        { kind: 'SupplierResponse', dueAt: '2026-04-06T00:00:00.000Z', firedAt: now },
      ]);
      expect(deadlinesOf(silent, 'DeterminationDue')).toMatchObject([{ dueAt: '2026-04-20T00:00:00.000Z' }]);
    }
  });

  test('rule 23: one second before it negotiates; one second after it is refused, and the escalation is recorded', () => {
    const scene = disputed();
    expect(scene.at('2026-04-05T23:59:59.000Z').does(SUPPLIER, reject()).dispute.status).toBe('NEGOTIATING');
    for (const now of ['2026-04-06T00:00:00.000Z', '2026-04-06T00:00:01.000Z']) {
      scene
        .at(now)
        .when(SUPPLIER, reject())
        .thenRefused('wrong_state', 'DISPUTE.WRONG_STATE')
        .thenExpired('DeadlineExpired', 'DisputeEscalated', 'DeadlineMet', 'DeadlineSet');
    }
  });

  test('rule 23: classic: after five days the buyer may escalate; until then the supplier may still answer', () => {
    const scene = disputed(CLASSIC);
    scene
      .at('2026-04-05T23:59:59.999Z')
      .when(BUYER, escalate())
      .thenRefused('rules', 'DISPUTE.TOO_EARLY_TO_ESCALATE');
    const silent = scene.at('2026-04-06T00:00:00.000Z');
    silent.when(CLOCK, EXPIRE).thenExpired('DeadlineExpired');
    silent.when(SUPPLIER, escalate()).thenRefused('rules', 'DISPUTE.TOO_EARLY_TO_ESCALATE');
    silent.when(SUPPLIER, reject()).thenTypes('SupplierResponded');
    expect(eventsOf(silent.does(BUYER, escalate()).events, 'DisputeEscalated')).toMatchObject([
      { reason: 'BUYER', escalatedAt: '2026-04-06T00:00:00.000Z' },
    ]);
    expect(silent.after('P1Y').tries(SUPPLIER, accept(2)).dispute.status).toBe('AWAITING_SUPPLIER');
  });

  test('rule 23: current: three days to answer, then the buyer may escalate, and on day seven it escalates by itself', () => {
    const scene = disputed(CURRENT);
    expect(due(scene, 'SupplierResponse')).toBe('2026-04-04T00:00:00.000Z');
    expect(due(scene, 'Settlement')).toBe('2026-04-04T00:00:00.000Z');
    expect(due(scene, 'AutoEscalation')).toBe('2026-04-08T00:00:00.000Z');
    scene
      .at('2026-04-03T23:59:59.999Z')
      .when(BUYER, escalate())
      .thenRefused('rules', 'DISPUTE.TOO_EARLY_TO_ESCALATE');
    scene
      .at('2026-04-04T00:00:00.000Z')
      .when(BUYER, escalate())
      .thenExpired('DeadlineExpired', 'DeadlineExpired')
      .thenTypes('DisputeEscalated', 'DeadlineMet', 'DeadlineSet');
    scene
      .at('2026-04-04T00:00:00.000Z')
      .when(SUPPLIER, escalate())
      .thenRefused('rules', 'DISPUTE.TOO_EARLY_TO_ESCALATE');
    scene.at('2026-04-07T23:59:59.999Z').when(SUPPLIER, reject()).thenTypes('SupplierResponded');
    const silent = scene.at('2026-04-08T00:00:00.000Z').does(CLOCK, EXPIRE);
    expect(eventsOf(silent.events, 'DisputeEscalated')).toMatchObject([
      { reason: 'SUPPLIER_SILENT', escalatedAt: '2026-04-08T00:00:00.000Z' },
    ]);
  });

  test('rule 24: current: a supplier that answered is escalated on day seven all the same, for want of a settlement', () => {
    const scene = disputed(CURRENT)
      .does(SUPPLIER, counter())
      .at('2026-04-08T00:00:00.000Z')
      .does(CLOCK, EXPIRE);
    expect(eventsOf(scene.events, 'DisputeEscalated')).toMatchObject([{ reason: 'SETTLEMENT_EXPIRED' }]);
  });

  test('rule 23: days end in the policy’s zone, working days leave out its holidays', () => {
    const policy: Setup['policy'] = { days: { kind: 'WORKING', holidays: 'CN' }, zone: 'Asia/Shanghai' };
    // A Wednesday; Friday is the first of May.
    const scene = late({ policy }).at('2026-04-29T01:00:00.000Z').does(BUYER, open());
    const [set] = eventsOf(scene.events, 'DeadlineSet');
    expect(set).toMatchObject({ kind: 'SupplierResponse', period: 'P5D', zone: 'Asia/Shanghai' });
    expect(set?.calendar).toMatch(/^CN@\d/);
    expect(set?.dueAt).toBe('2026-05-07T01:00:00.000Z');
  });
});

describe('Escalation by hand', () => {
  const DAY_15 = '2026-04-16T00:00:00.000Z';

  test('rule 24: after a refusal the buyer need not wait; the supplier must', () => {
    const scene = disputed().does(SUPPLIER, reject());
    scene.when(SUPPLIER, escalate()).thenRefused('rules', 'DISPUTE.TOO_EARLY_TO_ESCALATE');
    scene.when(AGENT, escalate()).thenRefused('wrong_party', 'COMMAND.NOT_YOURS');
    const taken = scene.does(BUYER, escalate());
    expect(typesOf(taken.events)).toEqual(['DisputeEscalated', 'DeadlineMet', 'DeadlineSet']);
    expect(taken.dispute).toMatchObject({
      status: 'ESCALATED',
      escalation: { reason: 'BUYER', at: OPENED_AT },
    });
  });

  test('rule 24: a counter-offer is no refusal', () => {
    disputed()
      .does(SUPPLIER, counter())
      .when(BUYER, escalate())
      .thenRefused('rules', 'DISPUTE.TOO_EARLY_TO_ESCALATE');
    disputed().when(BUYER, escalate()).thenRefused('rules', 'DISPUTE.TOO_EARLY_TO_ESCALATE');
  });

  test('rule 24: standard: when fifteen days pass without settlement either party may', () => {
    const scene = disputed().does(SUPPLIER, counter({ expiresAt: '2026-05-01T00:00:00.000Z' }));
    expect(due(scene, 'Settlement')).toBe(DAY_15);
    for (const party of [BUYER, SUPPLIER]) {
      scene
        .at('2026-04-15T23:59:59.999Z')
        .when(party, escalate())
        .thenRefused('rules', 'DISPUTE.TOO_EARLY_TO_ESCALATE');
      const taken = scene.at(DAY_15).does(party, escalate());
      expect(taken.dispute.escalation?.reason).toBe(party === BUYER ? 'BUYER' : 'SUPPLIER');
    }
  });

  test('rule 24: classic: the buyer alone may; and by policy it escalates by itself', () => {
    const classic = disputed(CLASSIC)
      .does(SUPPLIER, counter({ expiresAt: '2026-05-01T00:00:00.000Z' }))
      .at(DAY_15);
    classic.when(SUPPLIER, escalate()).thenRefused('rules', 'DISPUTE.TOO_EARLY_TO_ESCALATE');
    classic.when(BUYER, escalate()).thenTypes('DisputeEscalated', 'DeadlineSet');
    const policy: Setup['policy'] = { settlement: { period: 'P15D', then: 'ESCALATE' } };
    const auto = disputed({ policy })
      .does(SUPPLIER, counter({ expiresAt: '2026-05-01T00:00:00.000Z' }))
      .at('2026-04-20T00:00:00.000Z')
      .does(CLOCK, EXPIRE);
    expect(eventsOf(auto.events, 'DisputeEscalated')).toMatchObject([
      { reason: 'SETTLEMENT_EXPIRED', escalatedAt: DAY_15 },
    ]);
  });

  test('rules 23 and 24: a supplier that may escalate still may when its own time to respond runs out later', () => {
    const policy: Setup['policy'] = {
      settlement: { period: 'P3D', then: 'EITHER_MAY_ESCALATE' },
      silence: 'BUYER_MAY_ESCALATE',
    };
    const scene = disputed({ policy });
    for (const now of ['2026-04-04T00:00:00.000Z', '2026-04-06T00:00:00.000Z']) {
      expect(scene.at(now).does(CLOCK, EXPIRE).dispute.mayEscalate).toEqual(['buyer', 'supplier']);
    }
    const buyerOnly = disputed({
      policy: { ...policy, settlement: { period: 'P3D', then: 'BUYER_MAY_ESCALATE' } },
    });
    expect(buyerOnly.after('P6D').does(CLOCK, EXPIRE).dispute.mayEscalate).toEqual(['buyer']);
  });

  test('rules 23 and 24: escalation ends the time to respond, too, where that has not passed', () => {
    const policy: Setup['policy'] = { settlement: { period: 'P3D', then: 'BUYER_MAY_ESCALATE' } };
    const scene = disputed({ policy }).after('P3D').does(BUYER, escalate());
    expect(deadlinesOf(scene, 'SupplierResponse')).toMatchObject([{ state: 'MET' }]);
    expect(eventsOf(scene.events, 'DeadlineMet')).toMatchObject([
      { kind: 'SupplierResponse', by: 'DisputeEscalated' },
    ]);
  });

  test('rule 23: silence in one dispute says nothing of another', () => {
    const scene = lateInFull()
      .does(BUYER, open())
      .does(BUYER, openQuality())
      .does(SUPPLIER, reject(1))
      .after('P5D')
      .does(CLOCK, EXPIRE);
    expect(scene.order.disputes.map(({ status }) => status)).toEqual(['NEGOTIATING', 'ESCALATED']);
    const other = lateInFull()
      .does(BUYER, open())
      .does(BUYER, openQuality())
      .does(SUPPLIER, reject(2))
      .after('P5D')
      .does(CLOCK, EXPIRE);
    expect(other.order.disputes.map(({ status }) => status)).toEqual(['ESCALATED', 'NEGOTIATING']);
  });

  test('rule 24: what is escalated is not escalated again, by anybody', () => {
    escalated().when(BUYER, escalate()).thenRefused('wrong_state', 'DISPUTE.WRONG_STATE');
    const scene = escalated().after('P30D').does(CLOCK, EXPIRE);
    expect(eventsOf(scene.events, 'DisputeEscalated')).toEqual([]);
    const both = lateInFull()
      .does(BUYER, open())
      .does(BUYER, openQuality())
      .does(SUPPLIER, reject(1))
      .does(BUYER, escalate(1));
    expect(both.order.disputes.map(({ status }) => status)).toEqual(['ESCALATED', 'AWAITING_SUPPLIER']);
    both.when(BUYER, escalate(2)).thenRefused('rules', 'DISPUTE.TOO_EARLY_TO_ESCALATE');
  });
});
