import { money } from '../../../kernel/money.js';
import { EXPIRE, accept, issued, open, openQuality, released } from '../fixture/commands.js';
import {
  AGENT,
  BUYER,
  CLOCK,
  PAYMENTS,
  RISK,
  SUPPLIER,
  deadlinesOf,
  eventsOf,
  typesOf,
  usd,
  type Scene,
  type Setup,
} from '../fixture/scene.js';
import { disputed, lateInFull, paid } from '../fixture/stories.js';

const recovered = (dollars: number, recoveryId = 'recovery-1') =>
  ({ type: 'RecordRecovery', data: { recoveryId, amount: usd(dollars) } }) as const;
const writeOff = {
  type: 'WriteOffRecovery',
  data: { recoveryId: 'recovery-1', reason: 'insolvent' },
} as const;
const refunded = (setup: Setup = {}) =>
  disputed(setup)
    .does(SUPPLIER, accept())
    .does(PAYMENTS, issued('refund-1', usd(3_000)));

describe('Recovery', () => {
  test('rules 11 and 30: once the refund is out the supplier owes it, due in the policy’s time', () => {
    const scene = refunded();
    expect(eventsOf(scene.events, 'RecoveryDemanded')).toEqual([
      {
        recoveryId: 'recovery-1',
        dispute: 1,
        refundId: 'refund-1',
        amount: usd(3_000),
        supplierId: 'S1',
        dueAt: '2026-05-01T00:00:00.000Z',
      },
    ]);
    expect(deadlinesOf(scene, 'RecoveryDue')).toMatchObject([
      { deadline: 'RecoveryDue.recovery-1', dueAt: '2026-05-01T00:00:00.000Z', state: 'OPEN' },
    ]);
  });

  test('rule 30: or, by policy, only what the platform advanced beyond the money it held', () => {
    const policy: Setup['policy'] = { recoveryBasis: 'ADVANCED' };
    expect(typesOf(refunded({ policy }).events)).not.toContain('RecoveryDemanded');
    const scene = paid({ preset: 'classic', policy })
      .does(PAYMENTS, released('release-1', usd(3_000)))
      .at('2026-04-01T00:00:00.000Z')
      .does(BUYER, open({ claimed: usd(2_000), desiredRemedy: 'PARTIAL_REFUND' }))
      .does(SUPPLIER, accept())
      .does(PAYMENTS, issued('refund-1', usd(2_000)));
    expect(eventsOf(scene.events, 'RecoveryDemanded')).toMatchObject([{ amount: usd(2_000) }]);
  });

  test('rule 30: it is paid in parts, to the cent, and ends with the last', () => {
    const scene = refunded();
    const part = scene.does(PAYMENTS, recovered(1_000));
    expect(part.order.recoveries).toMatchObject([{ amount: 300_000, outstanding: 200_000, state: 'OWED' }]);
    expect(typesOf(part.events)).toEqual(['RecoveryReceived']);
    part.when(PAYMENTS, recovered(2_000.01)).thenRefused('rules', 'RECOVERY.ABOVE_OUTSTANDING');
    const whole = part.does(PAYMENTS, recovered(2_000));
    expect(typesOf(whole.events)).toEqual(['RecoveryReceived', 'DeadlineMet']);
    expect(whole.order.recoveries).toMatchObject([{ outstanding: 0, state: 'PAID' }]);
    whole.when(PAYMENTS, recovered(1)).thenRefused('wrong_state', 'RECOVERY.NOTHING_OWED');
    expect(eventsOf(scene.history, 'DeadlineSet').at(-1)).toMatchObject({
      kind: 'RecoveryDue',
      period: 'P30D',
    });
  });

  test('rule 30: each recovery is paid, and runs out, by itself', () => {
    const both = lateInFull()
      .does(BUYER, open({ claimed: usd(2_000), desiredRemedy: 'PARTIAL_REFUND' }))
      .does(BUYER, openQuality({ claimed: usd(1_000) }))
      .does(SUPPLIER, accept(1))
      .does(SUPPLIER, accept(2))
      .does(PAYMENTS, issued('refund-1', usd(2_000)))
      .does(PAYMENTS, issued('refund-2', usd(1_000)));
    const states = (scene: Scene) => scene.order.recoveries.map(({ state }) => state);
    const first = both.does(PAYMENTS, recovered(2_000));
    expect(states(first)).toEqual(['PAID', 'OWED']);
    expect(deadlinesOf(first, 'RecoveryDue').map(({ state }) => state)).toEqual(['MET', 'OPEN']);
    first.when(PAYMENTS, recovered(1)).thenRefused('wrong_state', 'RECOVERY.NOTHING_OWED');
    expect(states(first.after('P30D').does(CLOCK, EXPIRE))).toEqual(['PAID', 'OVERDUE']);
    expect(
      states(first.does(AGENT, { ...writeOff, data: { ...writeOff.data, recoveryId: 'recovery-2' } })),
    ).toEqual(['PAID', 'WRITTEN_OFF']);
  });

  test('rule 30: only what is owed, in the order’s currency, told by the payment service', () => {
    refunded().when(PAYMENTS, recovered(0)).thenRefused('rules', 'RECOVERY.NO_AMOUNT');
    refunded()
      .when(PAYMENTS, { ...recovered(1), data: { recoveryId: 'recovery-1', amount: money(1, 'EUR') } })
      .thenRefused('rules', 'RECOVERY.CURRENCY_OF_ANOTHER_ORDER');
    refunded().when(PAYMENTS, recovered(1, 'recovery-2')).thenRefused('not_found', 'RECOVERY.NONE_SUCH');
    refunded().when(SUPPLIER, recovered(1)).thenRefused('wrong_party', 'COMMAND.NOT_YOURS');
    disputed().when(PAYMENTS, recovered(1)).thenRefused('wrong_state', 'RECOVERY.NOTHING_OWED');
  });

  test('rule 30: an overdue recovery is marked at its due instant, which suspends the supplier; it can still be paid', () => {
    expect(typesOf(refunded().at('2026-04-30T23:59:59.999Z').does(CLOCK, EXPIRE).events)).toEqual([]);
    const overdue = refunded().at('2026-05-01T00:00:00.000Z').does(CLOCK, EXPIRE);
    expect(eventsOf(overdue.events, 'DeadlineExpired')).toMatchObject([
      { kind: 'RecoveryDue', dueAt: '2026-05-01T00:00:00.000Z' },
    ]);
    expect(overdue.order.recoveries).toMatchObject([{ state: 'OVERDUE', outstanding: 300_000 }]);
    expect(overdue.does(PAYMENTS, recovered(1_000)).order.recoveries).toMatchObject([
      { state: 'OVERDUE', outstanding: 200_000 },
    ]);
    expect(overdue.does(PAYMENTS, recovered(3_000)).order.recoveries).toMatchObject([{ state: 'PAID' }]);
  });

  test('rule 30: written off by the agent or risk, and then nothing is owed', () => {
    for (const by of [AGENT, RISK]) {
      const scene = refunded().does(PAYMENTS, recovered(1_000)).does(by, writeOff);
      expect(eventsOf(scene.events, 'RecoveryWrittenOff')).toMatchObject([{ amount: usd(2_000), by: by.id }]);
      expect(typesOf(scene.events)).toEqual(['RecoveryWrittenOff', 'DeadlineMet']);
      expect(scene.order.recoveries).toMatchObject([{ state: 'WRITTEN_OFF', outstanding: 0 }]);
      scene.when(by, writeOff).thenRefused('wrong_state', 'RECOVERY.NOTHING_OWED');
    }
    refunded().when(SUPPLIER, writeOff).thenRefused('wrong_party', 'COMMAND.NOT_YOURS');
    refunded()
      .when(AGENT, { ...writeOff, data: { ...writeOff.data, recoveryId: 'recovery-2' } })
      .thenRefused('not_found', 'RECOVERY.NONE_SUCH');
  });

  test('rule 30: what is owed outlives the order', () => {
    const scene = refunded();
    expect(scene.order.status).toBe('COMPLETED');
    expect(deadlinesOf(scene, 'RecoveryDue')).toMatchObject([{ state: 'OPEN' }]);
  });
});
