import { epochMsOf, instantOf } from '../../../kernel/instant.js';
import type { Caller } from '../../decision.js';
import type { DeadlineKind } from '../../vocabulary.js';
import type { OrderCommand } from '../commands.js';
import {
  COMPLETE,
  EXPIRE,
  accept,
  acceptOffer,
  agreeShipDate,
  appeal,
  counter,
  determine,
  escalate,
  evidence,
  issued,
  moveShipDate,
  openQuality,
  pay,
  propose,
  receive,
  reject,
  rejectOffer,
  requestEvidence,
  ship,
  withdraw,
} from '../fixture/commands.js';
import {
  AGENT,
  ARBITRATOR,
  BUYER,
  CLOCK,
  LOGISTICS,
  PAYMENTS,
  SHIP_DUE,
  SUPPLIER,
  deadlinesOf,
  eventsOf,
  typesOf,
  usd,
  type Scene,
  type Setup,
} from '../fixture/scene.js';
import { confirmed, determined, disputed, onTheBench, paid, received, shipped } from '../fixture/stories.js';

/** One row of the table of deadlines: where it starts, what ends it, and what comes of it when nothing does. */
interface Row {
  readonly kind: DeadlineKind;
  readonly rules: string;
  readonly start: () => Scene;
  readonly dueAt: string;
  readonly endedBy: readonly (readonly [string, Caller, OrderCommand])[];
  /** What follows the expiry, beside the ends of other deadlines. */
  readonly then: readonly string[];
}

const TABLE: readonly Row[] = [
  {
    kind: 'PaymentDue',
    rules: 'rule 9',
    start: () => confirmed(),
    dueAt: '2026-03-08T00:00:00.000Z',
    endedBy: [['PaymentReceived', PAYMENTS, pay()]],
    then: ['OrderCancelled'],
  },
  {
    kind: 'ShipmentDue',
    rules: 'rule 15',
    start: () => paid(),
    dueAt: SHIP_DUE,
    endedBy: [['ShipmentRecorded', SUPPLIER, ship()]],
    then: [],
  },
  {
    kind: 'SupplierResponse',
    rules: 'rule 23',
    start: () => disputed(),
    dueAt: '2026-04-06T00:00:00.000Z',
    endedBy: [
      ['SupplierResponded', SUPPLIER, reject()],
      ['DisputeClosed', BUYER, withdraw()],
    ],
    then: ['DisputeEscalated'],
  },
  {
    kind: 'AutoEscalation',
    rules: 'rule 23',
    start: () => disputed({ preset: 'current' }).does(SUPPLIER, reject()),
    dueAt: '2026-04-08T00:00:00.000Z',
    endedBy: [
      ['DisputeClosed', BUYER, withdraw()],
      ['DisputeEscalated', BUYER, escalate()],
    ],
    then: ['DisputeEscalated'],
  },
  {
    kind: 'Settlement',
    rules: 'rule 24',
    start: () => disputed().does(SUPPLIER, reject()),
    dueAt: '2026-04-16T00:00:00.000Z',
    endedBy: [
      ['DisputeClosed', BUYER, withdraw()],
      ['DisputeEscalated', BUYER, escalate()],
    ],
    then: [],
  },
  {
    kind: 'OfferExpiry',
    rules: 'rule 25',
    start: () => disputed().does(SUPPLIER, counter()),
    dueAt: '2026-04-04T00:00:00.000Z',
    endedBy: [
      ['DisputeClosed', BUYER, acceptOffer()],
      ['SettlementRejected', BUYER, rejectOffer()],
      ['SettlementProposed', BUYER, propose()],
      ['DisputeClosed', BUYER, withdraw()],
    ],
    then: [],
  },
  {
    kind: 'Evidence',
    rules: 'rule 26',
    start: () => onTheBench().does(ARBITRATOR, requestEvidence('buyer')),
    dueAt: '2026-04-06T00:00:00.000Z',
    endedBy: [
      ['EvidenceSubmitted', BUYER, evidence({ request: 1 })],
      ['DisputeClosed', BUYER, withdraw()],
    ],
    then: ['DisputeClosed', 'FundsUnfrozen'],
  },
  {
    kind: 'DeterminationDue',
    rules: 'rule 26',
    start: () => onTheBench(),
    dueAt: '2026-04-15T00:00:00.000Z',
    endedBy: [
      ['DeterminationIssued', ARBITRATOR, determine()],
      ['DisputeClosed', BUYER, withdraw()],
    ],
    then: [],
  },
  {
    kind: 'Appeal',
    rules: 'rule 28',
    start: () => determined(),
    dueAt: '2026-04-16T00:00:00.000Z',
    endedBy: [['AppealLodged', SUPPLIER, appeal()]],
    then: ['DisputeClosed', 'RefundInstructed', 'FundsUnfrozen'],
  },
  {
    kind: 'ClaimWindow',
    rules: 'rule 22',
    start: () => received(),
    dueAt: '2026-04-21T00:00:00.000Z',
    endedBy: [
      ['DisputeOpened', BUYER, openQuality()],
      ['OrderCompleted', BUYER, COMPLETE],
    ],
    then: ['ReleaseInstructed', 'OrderCompleted'],
  },
  {
    kind: 'AutoReceipt',
    rules: 'rule 22',
    start: () => shipped(),
    dueAt: '2026-05-11T00:00:00.000Z',
    endedBy: [['ReceiptConfirmed', BUYER, receive()]],
    then: ['ReceiptConfirmed', 'DeadlineSet'],
  },
  {
    kind: 'RecoveryDue',
    rules: 'rule 30',
    start: () =>
      disputed()
        .does(SUPPLIER, accept())
        .does(PAYMENTS, issued('refund-1', usd(3_000))),
    dueAt: '2026-05-01T00:00:00.000Z',
    endedBy: [
      [
        'RecoveryReceived',
        PAYMENTS,
        { type: 'RecordRecovery', data: { recoveryId: 'recovery-1', amount: usd(3_000) } },
      ],
    ],
    then: [],
  },
];

describe.each(TABLE.map((row) => [row.kind, row] as const))(
  '%s',
  (kind, { rules, start, dueAt, endedBy, then }) => {
    test(`${rules}: starts where the table says, and is a fact in the history`, () => {
      const scene = start();
      const set = eventsOf(scene.history, 'DeadlineSet').find((event) => event.kind === kind);
      expect(set).toMatchObject({ kind, dueAt, calendar: 'CALENDAR', zone: expect.any(String) });
      expect(deadlinesOf(scene, kind)).toMatchObject([{ dueAt, state: 'OPEN' }]);
    });

    test.each(endedBy)(`${rules}: is ended by %s`, (by, caller, command) => {
      const met = eventsOf(start().does(caller, command).events, 'DeadlineMet').find(
        (event) => event.kind === kind,
      );
      expect(met).toMatchObject({ kind, dueAt, by });
    });

    test(`${rules}: does not expire a millisecond early, and expires at its due instant, however late anybody looks`, () => {
      const scene = start();
      const early = scene.at(instantOf(epochMsOf(dueAt) - 1)).does(CLOCK, EXPIRE);
      expect(eventsOf(early.events, 'DeadlineExpired').filter((event) => event.kind === kind)).toEqual([]);
      for (const now of [dueAt, '2026-06-15T12:00:00.000Z']) {
        const outcome = scene.at(now).when(CLOCK, EXPIRE);
        const expired = eventsOf(outcome.history, 'DeadlineExpired').find((event) => event.kind === kind);
        expect(expired).toMatchObject({ kind, dueAt, firedAt: now });
        const { expired: recorded } = outcome.decision;
        expect(
          recorded.find(({ event }) => event.type === 'DeadlineExpired' && event.data.kind === kind)
            ?.occurredAt,
        ).toBe(dueAt);
      }
      const types = typesOf(scene.at(dueAt).does(CLOCK, EXPIRE).events);
      const own = types
        .slice(types.lastIndexOf('DeadlineExpired') + 1)
        .filter((type) => type !== 'DeadlineMet');
      expect(own.filter((type) => type !== 'DeadlineSet' || then.includes(type))).toEqual(then);
    });
  },
);

describe('Time is a fact, not a race', () => {
  test('rule 7: an agreed revision starts ShipmentDue anew', () => {
    const scene = paid().does(SUPPLIER, moveShipDate('2026-04-05')).does(BUYER, agreeShipDate());
    expect(deadlinesOf(scene, 'ShipmentDue').map(({ dueAt, state }) => [dueAt, state])).toEqual([
      [SHIP_DUE, 'MET'],
      ['2026-04-05T23:59:59.999Z', 'OPEN'],
    ]);
  });

  test('rules 22 and 23: what was overdue expires first, in due order, each as of its due instant, and then the command', () => {
    const scene = disputed().after('P1D').does(BUYER, propose());
    const outcome = scene.at('2026-06-30T00:00:00.000Z').when(BUYER, evidence());
    expect(
      outcome.decision.expired.map(({ event, occurredAt }) => [event.type, occurredAt.slice(0, 10)]),
    ).toEqual([
      ['DeadlineExpired', '2026-04-05'],
      ['DeadlineExpired', '2026-04-06'],
      ['DisputeEscalated', '2026-04-06'],
      ['DeadlineMet', '2026-04-06'],
      ['DeadlineSet', '2026-04-06'],
      ['DeadlineExpired', '2026-04-20'],
    ]);
    expect(outcome.decision.accepted.map(({ occurredAt }) => occurredAt)).toEqual([
      '2026-06-30T00:00:00.000Z',
    ]);
  });

  test('rule 22: a chain counts from the due instant, not from when somebody looked', () => {
    const scene = shipped().at('2027-01-01T00:00:00.000Z').does(CLOCK, EXPIRE);
    expect(eventsOf(scene.events, 'ReceiptConfirmed')).toMatchObject([
      { by: 'clock', deemed: true, receivedAt: '2026-05-11T00:00:00.000Z' },
    ]);
    expect(eventsOf(scene.events, 'DeadlineExpired').map(({ kind, dueAt }) => [kind, dueAt])).toEqual([
      ['AutoReceipt', '2026-05-11T00:00:00.000Z'],
      ['ClaimWindow', '2026-06-10T00:00:00.000Z'],
    ]);
    expect(eventsOf(scene.events, 'OrderCompleted')).toMatchObject([
      { completedAt: '2026-06-10T00:00:00.000Z' },
    ]);
  });

  test('a refused command records what was overdue all the same, once', () => {
    const scene = disputed().after('P6D').tries(SUPPLIER, reject());
    expect(typesOf(scene.events)).toEqual([
      'DeadlineExpired',
      'DisputeEscalated',
      'DeadlineMet',
      'DeadlineSet',
    ]);
    expect(typesOf(scene.tries(SUPPLIER, reject()).events)).toEqual([]);
    expect(typesOf(scene.does(CLOCK, EXPIRE).events)).toEqual([]);
  });

  test('rule 23: deadlines that fall due together expire in one order, whatever the order they were set in', () => {
    const policy: Setup['policy'] = {
      supplierResponse: 'P5D',
      autoEscalation: 'P5D',
      settlement: { period: 'P5D', then: 'ESCALATE' },
      silence: 'AWAIT_AUTO_ESCALATION',
      offerExpiry: 'P5D',
    };
    const scene = disputed({ policy }).does(BUYER, propose()).after('P5D').does(CLOCK, EXPIRE);
    expect(eventsOf(scene.events, 'DeadlineExpired').map(({ kind }) => kind)).toEqual([
      'OfferExpiry',
      'SupplierResponse',
      'AutoEscalation',
    ]);
    expect(eventsOf(scene.events, 'DeadlineMet').map(({ kind }) => kind)).toEqual(['Settlement']);
    expect(eventsOf(scene.events, 'DisputeEscalated')).toMatchObject([{ reason: 'SUPPLIER_SILENT' }]);
  });

  test('only the clock sends what schedulers send', () => {
    for (const by of [BUYER, SUPPLIER, AGENT, PAYMENTS, LOGISTICS]) {
      paid().when(by, EXPIRE).thenRefused('wrong_party', 'COMMAND.NOT_YOURS');
    }
    paid().when(CLOCK, EXPIRE).then();
  });

  test('rule 9: an order that is cancelled for want of payment runs no deadline any more', () => {
    const scene = confirmed().at('2026-05-01T00:00:00.000Z').tries(PAYMENTS, pay());
    expect(eventsOf(scene.events, 'OrderCancelled')).toEqual([{ by: null, reason: 'PAYMENT_OVERDUE' }]);
    expect(scene.order.deadlines.map(({ kind, state }) => [kind, state])).toEqual([
      ['PaymentDue', 'EXPIRED'],
      ['ShipmentDue', 'MET'],
    ]);
  });

  test('rule 24: by policy the end of the settlement period opens escalation, or escalates', () => {
    const after = (then: 'ESCALATE' | 'BUYER_MAY_ESCALATE' | 'EITHER_MAY_ESCALATE') =>
      disputed({ policy: { settlement: { period: 'P15D', then } } })
        .does(SUPPLIER, counter({ expiresAt: '2027-01-01T00:00:00.000Z' }))
        .after('P15D')
        .does(CLOCK, EXPIRE).dispute;
    expect(after('ESCALATE')).toMatchObject({
      status: 'ESCALATED',
      escalation: { reason: 'SETTLEMENT_EXPIRED' },
    });
    expect(after('BUYER_MAY_ESCALATE')).toMatchObject({ status: 'NEGOTIATING', mayEscalate: ['buyer'] });
    expect(after('EITHER_MAY_ESCALATE')).toMatchObject({
      status: 'NEGOTIATING',
      mayEscalate: ['buyer', 'supplier'],
    });
  });

  test('rule 22: receipt is never deemed where the policy says so', () => {
    expect(deadlinesOf(shipped({ policy: { autoReceipt: null } }), 'AutoReceipt')).toEqual([]);
    const twice = shipped().does(SUPPLIER, ship({ shipmentId: 'ship-2' }));
    expect(deadlinesOf(twice, 'AutoReceipt')).toHaveLength(1);
  });
});

describe('Extensions', () => {
  const extend = (deadline: string, to: string) =>
    ({ type: 'ExtendDeadline', data: { deadline, to, reason: 'public holiday' } }) as const;

  test('more time by the agent, never less, and only for what still runs', () => {
    const scene = disputed();
    const more = scene.does(AGENT, extend('SupplierResponse.1', '2026-04-08T00:00:00.000Z'));
    expect(eventsOf(more.events, 'DeadlineExtended')).toMatchObject([
      {
        deadline: 'SupplierResponse.1',
        from: '2026-04-06T00:00:00.000Z',
        to: '2026-04-08T00:00:00.000Z',
        by: 'G1',
      },
    ]);
    expect(more.at('2026-04-07T23:59:59.999Z').does(SUPPLIER, reject()).dispute.status).toBe('NEGOTIATING');
    more
      .at('2026-04-08T00:00:00.000Z')
      .when(SUPPLIER, reject())
      .thenRefused('wrong_state', 'DISPUTE.WRONG_STATE');
    scene
      .when(AGENT, extend('SupplierResponse.1', '2026-04-06T00:00:00.000Z'))
      .thenRefused('rules', 'DEADLINE.NOT_LATER');
    scene
      .when(AGENT, extend('SupplierResponse.2', '2026-04-08T00:00:00.000Z'))
      .thenRefused('wrong_state', 'DEADLINE.NOT_OPEN');
    scene
      .after('P5D')
      .when(AGENT, extend('SupplierResponse.1', '2026-05-08T00:00:00.000Z'))
      .thenRefused('wrong_state', 'DEADLINE.NOT_OPEN');
    for (const by of [BUYER, SUPPLIER, ARBITRATOR]) {
      scene
        .when(by, extend('SupplierResponse.1', '2026-04-08T00:00:00.000Z'))
        .thenRefused('wrong_party', 'COMMAND.NOT_YOURS');
    }
    const over = received().does(BUYER, COMPLETE);
    over
      .when(AGENT, extend('ClaimWindow', '2027-01-01T00:00:00.000Z'))
      .thenRefused('wrong_state', 'DEADLINE.NONE_OPEN');
  });

  test('rule 28: an extended appeal window takes appeals until its new end', () => {
    const scene = determined().does(AGENT, extend('Appeal.1', '2026-04-20T00:00:00.000Z'));
    scene
      .at('2026-04-19T23:59:59.000Z')
      .when(SUPPLIER, appeal())
      .thenTypes('AppealLodged', 'DeadlineMet', 'DeadlineSet');
    scene
      .at('2026-04-20T00:00:00.000Z')
      .when(SUPPLIER, appeal())
      .thenRefused('wrong_state', 'DISPUTE.WRONG_STATE');
  });
});
