import { money } from '../../../kernel/money.js';
import type { OrderCommandOf } from '../commands.js';
import {
  AGENT,
  ARBITRATOR,
  BUYER,
  PAYMENTS,
  SUPPLIER,
  eventsOf,
  typesOf,
  usd,
  type OrderOutcome,
  type Scene,
  type Setup,
} from '../fixture/scene.js';
import {
  CANCEL,
  accept,
  acceptOffer,
  assign,
  counter,
  determine,
  escalate,
  evidence,
  issued,
  nothing,
  open,
  openQuality,
  pay,
  reject,
  reopen,
  requestEvidence,
  ship,
  waive,
  withdraw,
} from '../fixture/commands.js';
import {
  confirmed,
  determined,
  disputed,
  escalated,
  late,
  lateInFull,
  onTheBench,
  paid,
  paidInFull,
  received,
  shipped,
} from '../fixture/stories.js';

const OPENED = ['DisputeOpened', 'FundsFrozen', 'DeadlineSet', 'DeadlineSet'];
const OPENED_IN_WINDOW = ['DisputeOpened', 'FundsFrozen', 'DeadlineMet', 'DeadlineSet', 'DeadlineSet'];
const quantity = (more = {}) => openQuality({ ground: 'QUANTITY', terms: [], ...more });

describe('Grounds', () => {
  test('rule 14: lateness and quality always, quantity where the policy says so', () => {
    late()
      .when(BUYER, open())
      .thenTypes(...OPENED);
    paid()
      .when(BUYER, openQuality())
      .thenTypes(...OPENED);
    shipped()
      .when(BUYER, quantity())
      .thenTypes(...OPENED);
    for (const preset of ['classic', 'current'] as const) {
      shipped({ preset })
        .when(BUYER, quantity())
        .thenRefused('rules', 'EXCLUDED_GROUND', ...(preset === 'classic' ? ['OUT_OF_WINDOW'] : []));
    }
  });

  test.each([
    ['TRANSIT_DAMAGE', 'TRANSIT_DAMAGE'],
    ['FRAUD', 'EXCLUDED_GROUND'],
    ['NOT_RECEIVED', 'LOST_IN_TRANSIT'],
    ['OTHER', 'EXCLUDED_GROUND'],
  ] as const)('rule 14: %s is not covered: %s', (ground, code) => {
    shipped().when(BUYER, openQuality({ ground })).thenRefused('rules', code);
  });

  test('rule 14: a policy may cover damage in transit, once goods are in transit, and fraud', () => {
    const policy: Setup['policy'] = { grounds: ['LATE_SHIPMENT', 'QUALITY', 'TRANSIT_DAMAGE', 'FRAUD'] };
    shipped({ policy })
      .when(BUYER, openQuality({ ground: 'TRANSIT_DAMAGE', terms: [] }))
      .thenTypes(...OPENED);
    paid({ policy })
      .when(BUYER, openQuality({ ground: 'TRANSIT_DAMAGE' }))
      .thenRefused('rules', 'DISPUTE.NOT_SHIPPED');
    paid({ policy })
      .when(BUYER, openQuality({ ground: 'FRAUD', terms: [] }))
      .thenTypes(...OPENED);
    const bench = onTheBench(paid({ policy }).does(BUYER, openQuality({ ground: 'FRAUD', terms: [] })));
    bench
      .when(ARBITRATOR, determine({ reasonCodes: ['FRAUD_FOUND'] }))
      .thenTypes('DeterminationIssued', 'DeadlineMet', 'DeadlineSet');
  });

  test('rules 14 and 22: a window that ends with shipment ends claims about the goods, and no others', () => {
    const setup: Setup = {
      preset: 'classic',
      policy: { grounds: ['LATE_SHIPMENT', 'QUALITY', 'QUANTITY', 'FRAUD', 'TRANSIT_DAMAGE'] },
    };
    for (const ground of ['QUALITY', 'QUANTITY'] as const) {
      shipped(setup).when(BUYER, openQuality({ ground })).thenRefused('rules', 'OUT_OF_WINDOW');
    }
    for (const ground of ['FRAUD', 'TRANSIT_DAMAGE'] as const) {
      shipped(setup)
        .when(BUYER, openQuality({ ground, terms: [] }))
        .thenTypes(...OPENED);
    }
  });

  test('rule 15: a claim of lateness says whether nothing was shipped yet, or in time', () => {
    const { faults } = paid().when(BUYER, open()).thenRefused('rules', 'DISPUTE.NOT_LATE').decision.refusal!;
    expect(faults[0]).toMatchObject({
      message: 'The promised ship date and its grace have not passed.',
      facts: { dueAt: '2026-03-31T23:59:59.999Z', shippedAt: undefined },
    });
    const inTime = shipped().when(BUYER, open()).thenRefused('rules', 'DISPUTE.NOT_LATE').decision.refusal!;
    expect(inTime.faults[0]).toMatchObject({
      message: 'The goods were shipped in time.',
      facts: { shippedAt: '2026-03-12T00:00:00.000Z' },
    });
  });

  test('rule 16: the safeguard is for quality alone', () => {
    late({ terms: { qualitySafeguard: false } })
      .when(BUYER, open())
      .thenTypes(...OPENED);
  });

  test('rule 17: a late shipment that was waived is not claimed, whatever the claim lists', () => {
    const waived = late().does(BUYER, waive('SHIP_DATE'));
    waived.when(BUYER, open({ terms: [] })).thenRefused('rules', 'WAIVED');
  });

  test('rules 17 and 21: every term that does not fit is named', () => {
    const told = (scene: Scene, terms: readonly string[]) =>
      scene.when(BUYER, openQuality({ terms })).decision.refusal?.faults.map(({ message }) => message);
    const scene = received({ preset: 'current' }).does(BUYER, waive('colour', 'weight'));
    expect(told(scene, ['smell', 'taste'])).toEqual(['The contract has no term smell, taste.']);
    expect(told(scene, ['QUANTITY', 'SHIP_DATE'])).toEqual([
      'QUANTITY, SHIP_DATE is claimed on a ground of its own.',
    ]);
    expect(told(scene, ['colour', 'weight'])).toEqual(['The buyer has waived colour, weight.']);
  });

  test('rule 22: an open dispute keeps the order open, not the window', () => {
    const scene = received().does(BUYER, openQuality());
    const closedAt = '2026-04-21T00:00:00.000Z';
    scene
      .at('2026-04-20T23:59:59.999Z')
      .when(BUYER, quantity())
      .thenTypes('DisputeOpened', 'FundsFrozen', 'DeadlineSet', 'DeadlineSet');
    const { refusal } = scene
      .at(closedAt)
      .when(BUYER, quantity())
      .thenRefused('rules', 'OUT_OF_WINDOW').decision;
    expect(refusal?.faults).toEqual([
      { code: 'OUT_OF_WINDOW', message: 'The claim window has closed.', rule: 22, facts: { closedAt } },
    ]);
  });

  test('rule 14: quantity is claimed once something was shipped', () => {
    paid().when(BUYER, quantity()).thenRefused('rules', 'DISPUTE.NOT_SHIPPED');
  });

  test('rule 14: quality that is found wanting after shipment is not covered under pre-shipment coverage', () => {
    const setup: Setup = { terms: { coverageType: 'PRE_SHIPMENT' } };
    received(setup).when(BUYER, openQuality()).thenRefused('rules', 'DISCOVERED_AFTER_ARRIVAL');
    received(setup)
      .when(BUYER, quantity())
      .thenTypes(...OPENED_IN_WINDOW);
  });

  test('rule 14: what has a ground of its own is not smuggled into a quality claim', () => {
    received({ preset: 'current' })
      .when(BUYER, openQuality({ terms: ['QUANTITY'] }))
      .thenRefused('rules', 'DISPUTE.NOT_A_QUALITY_TERM');
  });
});

describe('The opening', () => {
  test('rule 21: only the buyer of the order opens', () => {
    late().when(SUPPLIER, open()).thenRefused('wrong_party', 'COMMAND.NOT_YOURS');
    late().when(AGENT, open()).thenRefused('wrong_party', 'COMMAND.NOT_YOURS');
    late().when({ role: 'buyer', id: 'B2' }, open()).thenRefused('not_found', 'ORDER.NOT_FOUND');
  });

  test('rule 21: at most one open dispute a ground; another ground is another matter', () => {
    const scene = lateInFull().does(BUYER, open());
    scene.when(BUYER, open({ claimed: usd(1) })).thenRefused('rules', 'DISPUTE.GROUND_OPEN');
    const second = scene.does(BUYER, openQuality());
    expect(second.order.disputes.map(({ dispute, ground }) => [dispute, ground])).toEqual([
      [1, 'LATE_SHIPMENT'],
      [2, 'QUALITY'],
    ]);
    scene
      .does(BUYER, withdraw())
      .when(BUYER, open())
      .thenTypes(...OPENED);
  });

  test('rule 21: with an amount above zero, within the cap, and a statement', () => {
    late()
      .when(BUYER, open({ claimed: usd(0) }))
      .thenRefused('rules', 'DISPUTE.NOTHING_CLAIMED');
    late()
      .when(BUYER, open({ claimed: usd(0.01) }))
      .thenTypes(...OPENED);
    late()
      .when(BUYER, open({ claimed: usd(3_000.01) }))
      .thenRefused('rules', 'ABOVE_COVERAGE');
    for (const statement of ['', ' \n\t']) {
      late().when(BUYER, open({ statement })).thenRefused('rules', 'DISPUTE.NO_STATEMENT');
    }
    late()
      .when(BUYER, open({ claimed: money(1, 'EUR') }))
      .thenRefused('rules', 'DISPUTE.CURRENCY_OF_ANOTHER_ORDER');
  });

  test('rule 21: a quality claim names terms that the contract has', () => {
    received()
      .when(BUYER, openQuality({ terms: [] }))
      .thenRefused('rules', 'DISPUTE.NO_TERM');
    received()
      .when(BUYER, openQuality({ terms: ['colour', 'smell'] }))
      .thenRefused('rules', 'DISPUTE.UNKNOWN_TERM');
    late()
      .when(BUYER, open({ terms: [] }))
      .thenTypes(...OPENED);
  });

  test('rule 21: a refused opening names every rule that failed', () => {
    const scene = shipped({ preset: 'classic', terms: { qualitySafeguard: false } }).does(
      BUYER,
      waive('colour'),
    );
    scene
      .when(
        BUYER,
        openQuality({ claimed: usd(7_500.01), terms: ['colour', 'smell', 'QUANTITY'], statement: '' }),
      )
      .thenRefused(
        'rules',
        'DISPUTE.NO_QUALITY_SAFEGUARD',
        'OUT_OF_WINDOW',
        'ABOVE_COVERAGE',
        'DISPUTE.UNKNOWN_TERM',
        'DISPUTE.NOT_A_QUALITY_TERM',
        'WAIVED',
        'DISPUTE.NO_STATEMENT',
      );
    const { refusal } = scene.when(BUYER, openQuality({ claimed: usd(7_500.01) })).decision;
    expect(refusal?.faults.map(({ rule }) => rule)).toEqual([16, 22, 20, 17]);
  });

  test('rules 8 and 21: nothing is claimed before the initial payment was made by a covered method', () => {
    confirmed().when(BUYER, openQuality()).thenRefused('rules', 'INELIGIBLE_PAYMENT', 'ABOVE_COVERAGE');
    const partly = confirmed().does(PAYMENTS, pay({ amount: usd(2_000) }));
    partly.when(BUYER, openQuality({ claimed: usd(100) })).thenRefused('rules', 'INELIGIBLE_PAYMENT');
    const ineligible = confirmed()
      .does(PAYMENTS, pay({ method: 'OTHER' }))
      .when(BUYER, openQuality());
    const unpaid = (outcome: OrderOutcome) =>
      outcome.decision.refusal?.faults.find(({ code }) => code === 'INELIGIBLE_PAYMENT');
    expect(unpaid(ineligible)).toMatchObject({
      message: 'The initial payment was not made by a method that is covered.',
      facts: { ineligible: 1 },
    });
    expect(unpaid(partly.when(BUYER, openQuality({ claimed: usd(100) })))).toMatchObject({
      message: 'The initial payment has not been made.',
      facts: { ineligible: 0, eligibleBase: usd(2_000) },
    });
    confirmed()
      .does(BUYER, CANCEL)
      .when(BUYER, openQuality())
      .thenRefused('wrong_state', 'ORDER.WRONG_STATE');
  });

  test('rule 21: the event holds what was claimed, and the cap with the numbers that it came from', () => {
    const [opened] = eventsOf(disputed().events, 'DisputeOpened');
    expect(opened).toMatchObject({
      dispute: 1,
      ground: 'LATE_SHIPMENT',
      claimed: usd(3_000),
      buyerId: 'B1',
      supplierId: 'S1',
      cap: {
        coveredAmount: usd(10_000),
        supplierLimit: usd(7_500),
        eligibleBase: usd(3_000),
        priorRefunds: usd(0),
        cap: usd(3_000),
      },
      openedAt: '2026-04-01T00:00:00.000Z',
    });
  });
});

describe('The award cap', () => {
  const cap = (scene: Scene) =>
    eventsOf(scene.does(BUYER, open({ claimed: usd(0.01) })).events, 'DisputeOpened')[0]?.cap.cap;
  const claimable = (scene: Scene, most: number) => {
    scene.when(BUYER, open({ claimed: usd(most) })).thenTypes(...OPENED);
    scene.when(BUYER, open({ claimed: usd(most + 0.01) })).thenRefused('rules', 'ABOVE_COVERAGE');
  };

  test('rule 20: order 10,000, limit 7,500: at most 7,500', () => {
    claimable(lateInFull(), 7_500);
  });

  test('rule 20: at most the covered amount', () => {
    claimable(lateInFull({ terms: { coveredAmount: usd(6_000) } }), 6_000);
  });

  test('rule 20: at most what was paid by eligible methods: under pre-shipment coverage the initial payment alone', () => {
    claimable(late(), 3_000);
    claimable(lateInFull({ terms: { coverageType: 'PRE_SHIPMENT' } }), 3_000);
    const other = late().does(
      PAYMENTS,
      pay({ paymentId: 'pay-9', milestone: 'BALANCE', method: 'OTHER', amount: usd(7_000) }),
    );
    claimable(other, 3_000);
  });

  test('rule 20: less what was refunded before, instructed, or failed and still owed', () => {
    const before = lateInFull().does(BUYER, openQuality({ claimed: usd(2_000) }));
    const instructed = before.does(SUPPLIER, accept());
    claimable(instructed, 5_500);
    claimable(instructed.does(PAYMENTS, issued('refund-1', usd(2_000))), 5_500);
    claimable(
      instructed.does(PAYMENTS, {
        type: 'RecordRefund',
        data: { refundId: 'refund-1', outcome: 'FAILED', amount: usd(2_000), reason: 'x' },
      }),
      5_500,
    );
    expect(cap(instructed)).toEqual(usd(5_500));
  });

  test('rule 20: two disputes whose refunds together stop at the cap', () => {
    const both = lateInFull()
      .does(BUYER, open({ claimed: usd(5_000), desiredRemedy: 'PARTIAL_REFUND' }))
      .does(BUYER, openQuality({ claimed: usd(5_000) }));
    const first = both.does(SUPPLIER, accept(1));
    const second = first.does(SUPPLIER, accept(2));
    expect(eventsOf(second.history, 'RefundInstructed').map(({ amount }) => amount)).toEqual([
      usd(5_000),
      usd(2_500),
    ]);
  });

  test('rule 20: two rulings whose refunds together stop at the cap, whichever becomes final first', () => {
    const both = lateInFull()
      .does(BUYER, open({ claimed: usd(5_000) }))
      .does(BUYER, openQuality({ ground: 'QUALITY', claimed: usd(5_000) }));
    const ruled = both
      .does(SUPPLIER, reject(1))
      .does(BUYER, escalate(1))
      .does(AGENT, assign(ARBITRATOR.id, undefined, 1))
      .does(ARBITRATOR, determine({ dispute: 1 }))
      .does(SUPPLIER, counter({ amount: usd(5_000) }, 2));
    expect(ruled.order.disputes[0]?.determination?.award).toBe(500_000);
    const settled = ruled.does(BUYER, acceptOffer(1, 2));
    const final = settled.after('P15D').tries(BUYER, withdraw(1));
    expect(eventsOf(final.history, 'RefundInstructed').map(({ amount }) => amount)).toEqual([
      usd(5_000),
      usd(2_500),
    ]);
    expect(eventsOf(final.events, 'DisputeClosed')).toMatchObject([
      { outcome: 'PARTIALLY_REFUNDED', award: usd(2_500) },
    ]);
  });
});

describe('Amending', () => {
  const amend = (more: Partial<OrderCommandOf<'AmendClaim'>['data']> = {}): OrderCommandOf<'AmendClaim'> => ({
    type: 'AmendClaim',
    data: { dispute: 1, claimed: usd(2_000), statement: 'We keep some.', terms: ['SHIP_DATE'], ...more },
  });

  test('rule 21: until an arbitrator sits, within the same rules', () => {
    for (const scene of [disputed(), disputed().does(SUPPLIER, counter()), escalated()]) {
      const amended = scene.does(BUYER, amend({ terms: ['SHIP_DATE', 'colour'] }));
      expect(amended.dispute).toMatchObject({ claimed: 200_000, terms: ['SHIP_DATE', 'colour'] });
    }
    onTheBench().when(BUYER, amend()).thenRefused('wrong_state', 'DISPUTE.WRONG_STATE');
    disputed().when(SUPPLIER, amend()).thenRefused('wrong_party', 'COMMAND.NOT_YOURS');
    disputed()
      .when(BUYER, amend({ dispute: 2 }))
      .thenRefused('not_found', 'DISPUTE.NOT_FOUND');
    disputed()
      .when(BUYER, amend({ claimed: usd(3_000.01), statement: ' ', terms: ['smell'] }))
      .thenRefused('rules', 'ABOVE_COVERAGE', 'DISPUTE.NO_STATEMENT', 'DISPUTE.UNKNOWN_TERM');
    disputed()
      .when(BUYER, amend({ claimed: usd(0) }))
      .thenRefused('rules', 'DISPUTE.NOTHING_CLAIMED');
  });
});

describe('How a dispute ends, and whether it comes back', () => {
  const missed = (scene: Scene = onTheBench()) =>
    scene.does(ARBITRATOR, requestEvidence('buyer')).after('P5D').tries(BUYER, withdraw());

  test('rule 31: a withdrawal, until the ruling, closes with nothing', () => {
    for (const scene of [disputed(), escalated(), onTheBench()]) {
      const closed = scene.does(BUYER, withdraw());
      expect(eventsOf(closed.events, 'DisputeClosed')).toMatchObject([
        { outcome: 'WITHDRAWN', award: usd(0) },
      ]);
      expect(typesOf(closed.events)).not.toContain('RefundInstructed');
    }
    disputed().when(SUPPLIER, withdraw()).thenRefused('wrong_party', 'COMMAND.NOT_YOURS');
    determined().when(BUYER, withdraw()).thenRefused('wrong_state', 'DISPUTE.WRONG_STATE');
  });

  test('rule 31: withdrawn, settled and determined are final', () => {
    const settled = lateInFull()
      .does(BUYER, open({ claimed: usd(1) }))
      .does(SUPPLIER, accept());
    const rejected = determined(disputed(), nothing).after('P15D').tries(BUYER, withdraw());
    for (const scene of [disputed().does(BUYER, withdraw()), settled, rejected]) {
      expect(scene.dispute.status).toBe('CLOSED');
      scene.when(BUYER, reopen()).thenRefused('wrong_state', 'DISPUTE.FINAL');
    }
    disputed().when(BUYER, reopen()).thenRefused('wrong_state', 'DISPUTE.WRONG_STATE');
  });

  test('rule 31: closed for want of evidence, it goes back before an arbitrator, and freezes the money again', () => {
    const scene = missed().does(BUYER, reopen());
    expect(typesOf(scene.events)).toEqual(['DisputeReopened', 'FundsFrozen', 'DeadlineSet']);
    expect(scene.dispute).toMatchObject({ status: 'ESCALATED', reopened: 1 });
    expect(scene.dispute.closed).toBeUndefined();
    expect(eventsOf(scene.events, 'DeadlineSet')).toMatchObject([
      { kind: 'DeterminationDue', period: 'P14D' },
    ]);
    scene.does(AGENT, assign()).does(ARBITRATOR, determine());
    missed().when(SUPPLIER, reopen()).thenRefused('wrong_party', 'COMMAND.NOT_YOURS');
    const silent = { type: 'ReopenDispute', data: { dispute: 1, statement: '' } } as const;
    missed().when(BUYER, silent).thenRefused('rules', 'DISPUTE.NO_STATEMENT');
  });

  test('rule 31: inside the window only', () => {
    const inWindow = missed(onTheBench(received().does(BUYER, openQuality())));
    expect(inWindow.now).toBe('2026-03-27T00:00:00.000Z');
    inWindow
      .at('2026-04-20T23:59:59.000Z')
      .when(BUYER, reopen())
      .thenTypes('DisputeReopened', 'FundsFrozen', 'DeadlineMet', 'DeadlineSet');
    inWindow
      .at('2026-04-21T00:00:00.000Z')
      .when(BUYER, reopen())
      .thenRefused('wrong_state', 'ORDER.WRONG_STATE');
  });

  test('rule 31: what holds no more is not reopened', () => {
    const scene = missed();
    scene.does(BUYER, waive('SHIP_DATE')).when(BUYER, reopen()).thenRefused('rules', 'WAIVED');
    scene.does(BUYER, open()).when(BUYER, reopen(1)).thenRefused('rules', 'DISPUTE.GROUND_OPEN');
    const quality = missed(
      onTheBench(paid({ terms: { coverageType: 'PRE_SHIPMENT' } }).does(BUYER, openQuality())),
    );
    quality.does(SUPPLIER, ship()).when(BUYER, reopen()).thenRefused('rules', 'DISCOVERED_AFTER_ARRIVAL');
  });

  test('rule 31: with all money gone there is nothing to reopen', () => {
    const scene = late({}, { method: 'CARD' })
      .does(BUYER, open())
      .does(PAYMENTS, {
        type: 'ReportChargeback',
        data: { chargebackId: 'cb-1', paymentId: 'pay-1', amount: usd(3_000) },
      });
    expect(scene.dispute.closed?.outcome).toBe('LAPSED');
    scene.when(BUYER, reopen()).thenRefused('wrong_state', 'ORDER.WRONG_STATE');
  });

  test('an open dispute outlives the order’s other steps', () => {
    const scene = paidInFull()
      .does(BUYER, openQuality())
      .does(SUPPLIER, ship())
      .does(BUYER, { type: 'ConfirmReceipt', data: {} });
    expect(scene.order.status).toBe('RECEIVED');
    expect(typesOf(scene.events)).toEqual(['ReceiptConfirmed', 'DeadlineMet']);
    expect(typesOf(scene.does(BUYER, evidence()).events)).toEqual(['EvidenceSubmitted']);
  });
});
