import { money } from '../../kernel/money.js';
import type { Role } from '../vocabulary.js';
import { specOf } from '../spec.js';
import { decideSupplier } from './decide.js';
import type { SupplierEvent } from './events.js';
import { evolveSupplier } from './evolve.js';
import { standingOf, type Supplier } from './state.js';

const given = specOf({ decide: decideSupplier, evolve: evolveSupplier });
const now = '2026-03-01T00:00:00.000Z';
const by = (role: Role, id: string) => ({ now, caller: { role, id } });
const risk = by('risk', 'R1');
const engine = by('clock', 'recourse');
const usd = (amount: number) => money(amount, 'USD');
const fold = (events: readonly SupplierEvent[]) =>
  events.reduce<Supplier | undefined>(evolveSupplier, undefined);

const enrol = { type: 'EnrolSupplier', data: { supplierId: 'S1', name: 'Acme', country: 'CN' } } as const;
const enrolled: SupplierEvent = { type: 'SupplierEnrolled', data: { ...enrol.data, enrolledAt: now } };
const assess = (legalStatus: boolean) =>
  ({ type: 'AssessSupplier', data: { tradeHistory: true, qualifications: true, legalStatus } }) as const;
const assessed = (legalStatus: boolean): SupplierEvent => ({
  type: 'SupplierAssessed',
  data: { ...assess(legalStatus).data, qualified: legalStatus, assessedBy: 'R1' },
});
const limitSet = (amount: number, currency = 'USD'): SupplierEvent => ({
  type: 'AssuranceLimitSet',
  data: { limit: money(amount, currency), setBy: 'R1' },
});
const suspended: SupplierEvent = { type: 'SupplierSuspended', data: { reason: 'RISK', suspendedAt: now } };
const reserved = (orderId: string, amount: number, kind: 'ORDER' | 'RECOVERY' = 'ORDER'): SupplierEvent => ({
  type: 'CoverageReserved',
  data: { orderId, amount: usd(amount), kind },
});
const released = (orderId: string, amount: number, kind: 'ORDER' | 'RECOVERY' = 'ORDER'): SupplierEvent => ({
  type: 'CoverageReleased',
  data: { orderId, amount: usd(amount), kind },
});
const reserve = (orderId: string, amount: number, kind: 'ORDER' | 'RECOVERY' = 'ORDER') =>
  ({ type: 'ReserveCoverage', data: { orderId, amount: usd(amount), kind } }) as const;
const release = (orderId: string, amount?: number, kind: 'ORDER' | 'RECOVERY' = 'ORDER') =>
  ({
    type: 'ReleaseCoverage',
    data: { orderId, kind, ...(amount === undefined ? {} : { amount: usd(amount) }) },
  }) as const;
const inGoodStanding = [enrolled, assessed(true), limitSet(750_000)] as const;

describe('Rule 1: enrolment', () => {
  test('risk, or the supplier itself, enrols a supplier, once', () => {
    given().when(enrol, risk).then(enrolled);
    given().when(enrol, by('supplier', 'S1')).then(enrolled);
    given(enrolled).when(enrol, risk).thenRefused('wrong_state', 'SUPPLIER.ALREADY_ENROLLED');
  });

  test('a supplier does not enrol another', () => {
    given().when(enrol, by('supplier', 'S2')).thenRefused('wrong_party', 'SUPPLIER.NOT_ITSELF');
  });

  test('nothing else is known of one that is not enrolled', () => {
    for (const command of [assess(true), reserve('O1', 1), reserve('O1', 1, 'RECOVERY'), release('O1')]) {
      given().when(command, risk).thenRefused('not_found', 'SUPPLIER.NOT_ENROLLED');
    }
    expect(standingOf(undefined, 'USD')).toBeUndefined();
  });
});

describe('Rule 1: assessment', () => {
  test('qualified when trade history, qualifications and legal status all hold', () => {
    given(enrolled).when(assess(true), risk).then(assessed(true));
    given(enrolled).when(assess(false), risk).then(assessed(false));
    for (const missing of ['tradeHistory', 'qualifications', 'legalStatus'] as const) {
      const data = { ...assess(true).data, [missing]: false, note: 'Looked into' };
      given(enrolled)
        .when({ type: 'AssessSupplier', data }, risk)
        .then({ type: 'SupplierAssessed', data: { ...data, qualified: false, assessedBy: 'R1' } });
    }
    expect(standingOf(fold([enrolled]), 'USD')).toMatchObject({ enrolled: true, qualified: false });
    expect(standingOf(fold([enrolled, assessed(true)]), 'USD')).toMatchObject({ qualified: true });
    expect(standingOf(fold([enrolled, assessed(true), assessed(false)]), 'USD')).toMatchObject({
      qualified: false,
    });
  });
});

describe('Rule 1: the assurance limit', () => {
  test('is one a currency, and a new one replaces the last', () => {
    given(enrolled)
      .when({ type: 'SetAssuranceLimit', data: { limit: usd(750_000) } }, risk)
      .then(limitSet(750_000));
    const supplier = fold([enrolled, limitSet(750_000), limitSet(90_000, 'JPY'), limitSet(500_000)]);
    expect(standingOf(supplier, 'USD')).toMatchObject({ limit: usd(500_000), available: usd(500_000) });
    expect(standingOf(supplier, 'JPY')).toMatchObject({ limit: money(90_000, 'JPY') });
    expect(standingOf(supplier, 'EUR')).not.toHaveProperty('limit');
  });

  test('rule 12: is money', () => {
    given(enrolled)
      .when({ type: 'SetAssuranceLimit', data: { limit: usd(0) } }, risk)
      .then(limitSet(0));
    for (const limit of [money(1, 'XAU'), usd(-1), usd(0.5), usd(-0)]) {
      given(enrolled)
        .when({ type: 'SetAssuranceLimit', data: { limit } }, risk)
        .thenRefused('rules', 'SUPPLIER.LIMIT_NOT_MONEY');
    }
  });
});

describe('Rule 1: suspension', () => {
  const suspend = { type: 'SuspendSupplier', data: {} } as const;
  const reinstate = { type: 'ReinstateSupplier', data: {} } as const;
  const forRecovery = (orderId: string) => ({ type: 'SuspendForRecovery', data: { orderId } }) as const;
  const overdue = (orderId: string): SupplierEvent => ({
    type: 'SupplierSuspended',
    data: { reason: 'RECOVERY_OVERDUE', orderId, suspendedAt: now },
  });

  test('risk suspends and reinstates', () => {
    const outcome = given(enrolled).when(suspend, risk).then(suspended);
    expect(standingOf(outcome.state, 'USD')).toMatchObject({ suspended: true });
    const again = outcome
      .when(reinstate, risk)
      .then({ type: 'SupplierReinstated', data: { reinstatedBy: 'R1' } });
    expect(standingOf(again.state, 'USD')).toMatchObject({ suspended: false });
  });

  test('and say why, where they do', () => {
    given(enrolled)
      .when({ ...suspend, data: { note: 'Complaints' } }, risk)
      .then({ type: 'SupplierSuspended', data: { reason: 'RISK', note: 'Complaints', suspendedAt: now } });
    given(enrolled, suspended)
      .when({ ...reinstate, data: { note: 'Settled' } }, risk)
      .then({ type: 'SupplierReinstated', data: { note: 'Settled', reinstatedBy: 'R1' } });
  });

  test('not twice, and not what is not suspended', () => {
    given(enrolled, suspended).when(suspend, risk).thenRefused('wrong_state', 'SUPPLIER.ALREADY_SUSPENDED');
    given(enrolled).when(reinstate, risk).thenRefused('wrong_state', 'SUPPLIER.NOT_SUSPENDED');
  });

  test('rule 30: an overdue recovery suspends, once an order, also one that risk has suspended', () => {
    given(enrolled)
      .when(forRecovery('O1'), engine)
      .then(overdue('O1'))
      .when(forRecovery('O1'), engine)
      .then();
    given(enrolled, overdue('O1')).when(forRecovery('O2'), engine).then(overdue('O2'));
    given(enrolled, suspended).when(forRecovery('O1'), engine).then(overdue('O1'));
    given(enrolled, overdue('O1')).when(suspend, risk).then(suspended);
  });

  test('rule 30: review lifts every suspension; a later overdue recovery suspends anew', () => {
    given(enrolled, overdue('O1'), suspended)
      .when(reinstate, risk)
      .thenTypes('SupplierReinstated')
      .when(forRecovery('O1'), engine)
      .then(overdue('O1'));
  });
});

describe('Rule 20: open orders share the limit (AGGREGATE_OPEN)', () => {
  test('an order reserves up to the limit, to the last cent', () => {
    given(...inGoodStanding, reserved('O1', 500_000))
      .when(reserve('O2', 250_000), engine)
      .then(reserved('O2', 250_000));
    given(...inGoodStanding, reserved('O1', 500_000))
      .when(reserve('O2', 250_001), engine)
      .thenRefused('rules', 'SUPPLIER.LIMIT_EXHAUSTED');
  });

  test('the refusal gives the numbers', () => {
    const { decision } = given(...inGoodStanding, reserved('O1', 500_000)).when(
      reserve('O2', 250_001),
      engine,
    );
    expect(decision.refusal?.faults[0]).toMatchObject({
      rule: 20,
      message:
        'The limit of 7,500.00 USD does not bear 2,500.01 USD beside the 5,000.00 USD of open orders and unpaid recoveries.',
      facts: { limit: 750_000, reserved: 500_000, requested: 250_001, currency: 'USD' },
    });
  });

  test('asked again for the same order it changes nothing; another amount replaces the first', () => {
    given(...inGoodStanding, reserved('O1', 700_000))
      .when(reserve('O1', 700_000), engine)
      .then();
    given(...inGoodStanding, reserved('O1', 700_000))
      .when(reserve('O1', 750_000), engine)
      .then(released('O1', 700_000), reserved('O1', 750_000));
  });

  test('rule 1: every reason against the supplier is named', () => {
    given(enrolled)
      .when(reserve('O1', 1), engine)
      .thenRefused('rules', 'SUPPLIER.NOT_QUALIFIED', 'SUPPLIER.NO_LIMIT');
    given(...inGoodStanding, suspended)
      .when(reserve('O1', 750_001), engine)
      .thenRefused('rules', 'SUPPLIER.SUSPENDED', 'SUPPLIER.LIMIT_EXHAUSTED');
  });

  test('limits of other currencies are not touched', () => {
    const supplier = fold([...inGoodStanding, limitSet(100, 'JPY'), reserved('O1', 500_000)]);
    expect(standingOf(supplier, 'USD')).toMatchObject({ limit: usd(750_000), available: usd(250_000) });
    expect(standingOf(supplier, 'JPY')).toMatchObject({ available: money(100, 'JPY') });
  });

  test('an order that changes its currency takes from the other limit, and gives the first back', () => {
    const yen = money(100, 'JPY');
    const inYen = { type: 'ReserveCoverage', data: { orderId: 'O1', amount: yen, kind: 'ORDER' } } as const;
    const history = [...inGoodStanding, limitSet(100, 'JPY'), reserved('O1', 100)];
    const outcome = given(...history)
      .when(inYen, engine)
      .then(released('O1', 100), { type: 'CoverageReserved', data: inYen.data });
    expect(standingOf(outcome.state, 'USD')).toMatchObject({ available: usd(750_000) });
    expect(standingOf(outcome.state, 'JPY')).toMatchObject({ available: money(0, 'JPY') });
    given(...history, limitSet(99, 'JPY'))
      .when(inYen, engine)
      .thenRefused('rules', 'SUPPLIER.LIMIT_EXHAUSTED');
    given(...history)
      .when({ type: 'ReleaseCoverage', data: { orderId: 'O1', amount: yen, kind: 'ORDER' } }, engine)
      .then();
  });

  test('nothing is neither reserved nor released', () => {
    given(...inGoodStanding)
      .when(reserve('O1', 0), engine)
      .then();
    given(...inGoodStanding, reserved('O1', 1))
      .when(release('O1', 0), engine)
      .then();
  });

  test('each order, and each kind, is counted by itself', () => {
    const history = [
      ...inGoodStanding,
      reserved('O1', 100),
      reserved('O2', 200),
      reserved('O1', 50, 'RECOVERY'),
    ];
    const outcome = given(...history)
      .when(release('O1'), engine)
      .then(released('O1', 100));
    expect(outcome.state?.reservations).toEqual([
      { orderId: 'O2', kind: 'ORDER', amount: 200, currency: 'USD' },
      { orderId: 'O1', kind: 'RECOVERY', amount: 50, currency: 'USD' },
    ]);
    expect(standingOf(outcome.state, 'USD')).toMatchObject({ available: usd(749_750), owed: usd(50) });
  });

  test('what is released is available again; nothing held, nothing happens', () => {
    const outcome = given(...inGoodStanding, reserved('O1', 500_000))
      .when(release('O1'), engine)
      .then(released('O1', 500_000));
    expect(standingOf(outcome.state, 'USD')).toMatchObject({ available: usd(750_000) });
    outcome.when(release('O1'), engine).then();
    given(...inGoodStanding, reserved('O1', 1))
      .when(release('O1', undefined, 'RECOVERY'), engine)
      .then();
  });
});

describe('Rule 30: an unpaid recovery takes from the coverage', () => {
  test('always, also beyond the limit, and of a suspended supplier; available is never below zero', () => {
    const outcome = given(...inGoodStanding, suspended, reserved('O1', 700_000))
      .when(reserve('O1', 100_000, 'RECOVERY'), engine)
      .then(reserved('O1', 100_000, 'RECOVERY'));
    expect(standingOf(outcome.state, 'USD')).toMatchObject({ limit: usd(750_000), available: usd(0) });
  });

  test('shrinks it until it is paid, in part or wholly, beside the order’s own reservation', () => {
    given(...inGoodStanding, reserved('O1', 500_000), reserved('O1', 100_000, 'RECOVERY'))
      .when(release('O1', 40_000, 'RECOVERY'), engine)
      .then(released('O1', 40_000, 'RECOVERY'))
      .when(reserve('O2', 190_001), engine)
      .thenRefused('rules', 'SUPPLIER.LIMIT_EXHAUSTED')
      .when(release('O1', 99_999, 'RECOVERY'), engine)
      .then(released('O1', 60_000, 'RECOVERY'))
      .when(reserve('O2', 250_000), engine)
      .then(reserved('O2', 250_000));
  });

  test('two recoveries of an order add up', () => {
    const { state } = given(...inGoodStanding, reserved('O1', 10, 'RECOVERY')).when(
      reserve('O1', 10, 'RECOVERY'),
      engine,
    );
    expect(standingOf(state, 'USD')).toMatchObject({ available: usd(749_980) });
  });
});
