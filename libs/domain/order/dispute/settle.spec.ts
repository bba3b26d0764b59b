import { money } from '../../../kernel/money.js';
import {
  acceptOffer,
  accept,
  book,
  chargeback,
  counter,
  determine,
  EXPIRE,
  issued,
  open,
  openQuality,
  propose,
  reject,
  rejectOffer,
  released,
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
import {
  determined,
  disputed,
  escalated,
  late,
  lateInFull,
  onTheBench,
  paid,
  received,
  underAppeal,
} from '../fixture/stories.js';

describe('Offers', () => {
  const offered = (setup: Setup = {}) => disputed(setup).does(SUPPLIER, counter());

  test('rule 25: only the counterparty accepts', () => {
    const scene = offered();
    scene.when(SUPPLIER, acceptOffer()).thenRefused('wrong_party', 'SETTLEMENT.OWN_OFFER');
    scene.when(SUPPLIER, rejectOffer()).thenRefused('wrong_party', 'SETTLEMENT.OWN_OFFER');
    scene.when(AGENT, acceptOffer()).thenRefused('wrong_party', 'COMMAND.NOT_YOURS');
    scene.when(BUYER, acceptOffer(2)).thenRefused('wrong_state', 'SETTLEMENT.NO_SUCH_OFFER');
    disputed().when(BUYER, acceptOffer()).thenRefused('wrong_state', 'SETTLEMENT.NO_OPEN_OFFER');
    disputed()
      .does(BUYER, propose())
      .when(SUPPLIER, acceptOffer())
      .thenTypes(
        'SettlementAccepted',
        'DisputeClosed',
        'DeadlineMet',
        'DeadlineMet',
        'DeadlineMet',
        'RefundInstructed',
        'FundsUnfrozen',
      );
  });

  test('rule 25: an accepted settlement closes the dispute and instructs the money', () => {
    const scene = offered().does(BUYER, acceptOffer());
    expect(eventsOf(scene.events, 'SettlementAccepted')).toEqual([
      { dispute: 1, offer: 1, by: 'buyer', remedies: ['PARTIAL_REFUND'], amount: usd(1_000) },
    ]);
    expect(eventsOf(scene.events, 'DisputeClosed')).toMatchObject([
      { outcome: 'SETTLED', award: usd(1_000) },
    ]);
    expect(eventsOf(scene.events, 'RefundInstructed')).toMatchObject([
      { amount: usd(1_000), reason: 'SETTLEMENT' },
    ]);
    expect(scene.dispute.offers).toMatchObject([{ state: 'ACCEPTED' }]);
    expect(scene.order.deadlines.filter(({ dispute, state }) => dispute === 1 && state === 'OPEN')).toEqual(
      [],
    );
  });

  test('rule 25: a new offer supersedes, whoever makes it', () => {
    const scene = offered().does(BUYER, propose({ amount: usd(2_000) }));
    expect(typesOf(scene.events)).toEqual(['SettlementProposed', 'DeadlineMet', 'DeadlineSet']);
    expect(scene.dispute.offers).toMatchObject([{ state: 'SUPERSEDED' }, { state: 'OPEN', by: 'buyer' }]);
    scene.when(BUYER, acceptOffer(1)).thenRefused('wrong_party', 'SETTLEMENT.OWN_OFFER');
    scene.when(SUPPLIER, acceptOffer(1)).thenRefused('wrong_party', 'SETTLEMENT.OWN_OFFER');
    const again = scene.does(SUPPLIER, propose({ amount: usd(1_500) }));
    again.when(BUYER, acceptOffer(1)).thenRefused('wrong_state', 'SETTLEMENT.OFFER_NOT_OPEN');
    expect(again.does(BUYER, acceptOffer(3)).dispute.closed).toMatchObject({
      outcome: 'SETTLED',
      award: 150_000,
    });
  });

  test('rule 25: a rejected offer is gone, and its time with it; the talks go on', () => {
    const scene = offered().does(BUYER, rejectOffer());
    expect(typesOf(scene.events)).toEqual(['SettlementRejected', 'DeadlineMet']);
    scene.when(BUYER, acceptOffer()).thenRefused('wrong_state', 'SETTLEMENT.NO_OPEN_OFFER');
    expect(scene.dispute.status).toBe('NEGOTIATING');
  });

  test('rule 25: each offer has its own fate, also when the case closes over it', () => {
    const states = ({ dispute }: Scene) => dispute.offers.map(({ state }) => state);
    const rejected = offered()
      .does(BUYER, rejectOffer())
      .does(SUPPLIER, propose({ amount: usd(1_200) }));
    expect(states(rejected)).toEqual(['REJECTED', 'OPEN']);
    expect(states(rejected.does(BUYER, acceptOffer(2)))).toEqual(['REJECTED', 'ACCEPTED']);
    expect(states(rejected.does(BUYER, withdraw()))).toEqual(['REJECTED', 'SUPERSEDED']);
    rejected.when(BUYER, rejectOffer(3)).thenRefused('wrong_state', 'SETTLEMENT.NO_SUCH_OFFER');
    const { refusal } = rejected
      .when(BUYER, rejectOffer(1))
      .thenRefused('wrong_state', 'SETTLEMENT.OFFER_NOT_OPEN').decision;
    expect(refusal?.faults[0]?.message).toBe('This offer is rejected.');
    disputed().when(BUYER, rejectOffer()).thenRefused('wrong_state', 'SETTLEMENT.NO_OPEN_OFFER');
  });

  test('rule 25: the time of an offer that names its end counts no days; the policy’s does', () => {
    const named = disputed().does(SUPPLIER, counter({ expiresAt: '2026-04-01T12:00:00.000Z' }));
    const last = (scene: Scene) => eventsOf(scene.events, 'DeadlineSet').at(-1);
    expect(last(named)?.period).toBeUndefined();
    expect(last(offered())).toMatchObject({ kind: 'OfferExpiry', period: 'P3D' });
  });

  test('rule 25: a full refund is the claim, or what the cap has left of it', () => {
    const half = disputed({}, { claimed: usd(2_000), desiredRemedy: 'PARTIAL_REFUND' });
    half
      .when(BUYER, propose({ remedies: ['FULL_REFUND'], amount: usd(2_000) }))
      .thenTypes('SettlementProposed', 'DeadlineSet');
    half
      .when(BUYER, propose({ remedies: ['FULL_REFUND'], amount: usd(1_999.99) }))
      .thenRefused('rules', 'REMEDY.NOT_FULL');
  });

  test('rule 25: an offer expires when it says, or after the policy’s time, or never', () => {
    const named = disputed().does(SUPPLIER, counter({ expiresAt: '2026-04-01T12:00:00.000Z' }));
    expect(deadlinesOf(named, 'OfferExpiry')).toMatchObject([
      { deadline: 'OfferExpiry.1.1', dueAt: '2026-04-01T12:00:00.000Z' },
    ]);
    const scene = offered();
    expect(deadlinesOf(scene, 'OfferExpiry')).toMatchObject([{ dueAt: '2026-04-04T00:00:00.000Z' }]);
    scene
      .at('2026-04-03T23:59:59.999Z')
      .when(BUYER, acceptOffer())
      .thenTypes(
        'SettlementAccepted',
        'DisputeClosed',
        'DeadlineMet',
        'DeadlineMet',
        'RefundInstructed',
        'FundsUnfrozen',
      );
    const expired = scene.at('2026-04-04T00:00:00.000Z');
    expired
      .when(BUYER, acceptOffer())
      .thenRefused('wrong_state', 'SETTLEMENT.NO_OPEN_OFFER')
      .thenExpired('DeadlineExpired');
    expect(expired.does(CLOCK, EXPIRE).dispute.offers).toMatchObject([{ state: 'EXPIRED' }]);
    expired.when(BUYER, propose()).thenTypes('SettlementProposed', 'DeadlineSet');
    expect(deadlinesOf(offered({ policy: { offerExpiry: null } }), 'OfferExpiry')).toEqual([]);
    disputed()
      .when(SUPPLIER, counter({ expiresAt: '2026-04-01T00:00:00.000Z' }))
      .thenRefused('rules', 'SETTLEMENT.EXPIRED');
  });

  test('rule 25: an offer is made until the ruling; a supplier that has not answered makes it with its answer', () => {
    disputed().when(SUPPLIER, propose()).thenRefused('wrong_state', 'DISPUTE.UNANSWERED');
    disputed().when(BUYER, propose()).thenTypes('SettlementProposed', 'DeadlineSet');
    for (const scene of [escalated(), onTheBench()]) {
      const settled = scene.does(SUPPLIER, propose()).does(BUYER, acceptOffer());
      expect(settled.dispute.closed?.outcome).toBe('SETTLED');
    }
    determined().when(SUPPLIER, propose()).thenRefused('wrong_state', 'DISPUTE.WRONG_STATE');
    const undecided = onTheBench()
      .does(SUPPLIER, propose({ expiresAt: '2026-09-01T00:00:00.000Z' }))
      .does(ARBITRATOR, determine());
    undecided.when(BUYER, acceptOffer()).thenRefused('wrong_state', 'DISPUTE.WRONG_STATE');
  });

  test('rules 20 and 25: an offer is within the cap when it is made, and when it is accepted', () => {
    disputed()
      .when(BUYER, propose({ amount: usd(3_000.01) }))
      .thenRefused('rules', 'ABOVE_COVERAGE');
    disputed()
      .when(BUYER, propose({ amount: money(1, 'EUR') }))
      .thenRefused('rules', 'SETTLEMENT.CURRENCY_OF_ANOTHER_ORDER');
    const both = lateInFull()
      .does(BUYER, open({ claimed: usd(7_500) }))
      .does(BUYER, openQuality({ claimed: usd(7_500) }))
      .does(SUPPLIER, counter({ amount: usd(4_000) }, 1))
      .does(SUPPLIER, counter({ amount: usd(4_000) }, 2))
      .does(BUYER, acceptOffer(1, 1));
    both.when(BUYER, acceptOffer(1, 2)).thenRefused('rules', 'ABOVE_COVERAGE');
    expect(
      both.does(SUPPLIER, propose({ amount: usd(3_500) }, 2)).does(BUYER, acceptOffer(2, 2)).dispute.closed
        ?.award,
    ).toBe(350_000);
    both.when(BUYER, rejectOffer(1, 2)).thenTypes('SettlementRejected', 'DeadlineMet');
  });
});

describe('Remedies', () => {
  const offer = (
    remedies: Parameters<typeof propose>[0] extends infer _ ? readonly string[] : never,
    dollars: number,
  ) => disputed().when(BUYER, propose({ remedies: remedies as never, amount: usd(dollars) }));
  const MADE = ['SettlementProposed', 'DeadlineSet'];

  test.each([
    [['PARTIAL_REFUND'], 500],
    [['FULL_REFUND'], 3_000],
    [['REFUND_WITH_RETURN'], 3_000],
    [['DELAY_COMPENSATION'], 100],
    [['REPLACEMENT'], 0],
    [['CORRECTION', 'DELAY_COMPENSATION'], 100],
    [['NOTHING'], 0],
  ])('rule 25: %j for %d dollars', (remedies, dollars) => {
    offer(remedies, dollars).thenTypes(...MADE);
  });

  test.each([
    [['REPLACEMENT'], 1, ['REMEDY.NO_REFUND']],
    [['NOTHING'], 1, ['REMEDY.NO_REFUND']],
    [['PARTIAL_REFUND'], 0, ['REMEDY.REFUND_WITHOUT_MONEY']],
    [['FULL_REFUND'], 2_999.99, ['REMEDY.NOT_FULL']],
    [['NOTHING', 'REPLACEMENT'], 0, ['REMEDY.NOTHING_AND_SOMETHING']],
    [['FULL_REFUND', 'PARTIAL_REFUND'], 3_000, ['REMEDY.FULL_AND_PARTIAL']],
  ])('rule 25: not %j for %d dollars: %j', (remedies, dollars, codes) => {
    const { refusal } = offer(remedies, dollars).thenRefused('rules', ...codes).decision;
    expect(refusal?.faults.every(({ pointer }) => pointer === '/remedies')).toBe(true);
  });

  test('rules 25 and 27: a ruling’s remedies tell the same story as its award', () => {
    onTheBench()
      .when(ARBITRATOR, determine({ remedies: ['REPLACEMENT'] }))
      .thenRefused('rules', 'REMEDY.NO_REFUND');
    onTheBench()
      .when(ARBITRATOR, determine({ liability: 0, remedies: ['PARTIAL_REFUND'] }))
      .thenRefused('rules', 'REMEDY.REFUND_WITHOUT_MONEY');
    onTheBench()
      .when(ARBITRATOR, determine({ liability: 9_999, remedies: ['FULL_REFUND'] }))
      .thenRefused('rules', 'REMEDY.NOT_FULL');
    onTheBench()
      .when(ARBITRATOR, determine({ remedies: ['FULL_REFUND'] }))
      .thenTypes('DeterminationIssued', 'DeadlineMet', 'DeadlineSet');
  });
});

describe('What goes on after a dispute', () => {
  test('the claim window goes on, or the order does', () => {
    const scene = received()
      .does(BUYER, openQuality({ desiredRemedy: 'REPLACEMENT' }))
      .does(SUPPLIER, accept());
    expect(deadlinesOf(scene, 'ClaimWindow').map(({ state }) => state)).toEqual(['MET', 'OPEN']);
    const before = disputed().does(BUYER, withdraw());
    expect(before.order.status).toBe('PAID');
    expect(
      late()
        .does(BUYER, open({ claimed: usd(1) }))
        .does(SUPPLIER, accept()).order.status,
    ).toBe('PAID');
  });

  test('rule 11: the last dispute that closes completes an order whose money has all gone back', () => {
    const scene = late({}, { method: 'CARD' })
      .does(BUYER, open())
      .does(BUYER, openQuality({ claimed: usd(1), desiredRemedy: 'PARTIAL_REFUND' }))
      .does(SUPPLIER, accept(1))
      .does(PAYMENTS, issued('refund-1', usd(3_000)));
    expect(scene.order.status).toBe('PAID');
    const over = scene.does(BUYER, withdraw(2));
    expect(eventsOf(over.events, 'OrderCompleted')).toMatchObject([{ reason: 'FULLY_REFUNDED' }]);
  });

  test('rule 32: what the bank takes back empties the disputes that are still open, and no others', () => {
    const scene = late({}, { method: 'CARD' })
      .does(BUYER, open({ claimed: usd(2_000), desiredRemedy: 'PARTIAL_REFUND' }))
      .does(BUYER, openQuality({ claimed: usd(1_000) }))
      .does(SUPPLIER, accept(1))
      .does(PAYMENTS, issued('refund-1', usd(2_000)))
      .does(PAYMENTS, chargeback(usd(1_000)));
    expect(eventsOf(scene.events, 'DisputeClosed')).toMatchObject([
      { dispute: 2, outcome: 'LAPSED', remedies: ['NOTHING'] },
    ]);
    expect(scene.order.disputes.map(({ closed }) => closed?.outcome)).toEqual(['SETTLED', 'LAPSED']);
  });

  test('rule 10: with a designated account what is not refunded passes on', () => {
    const scene = late({ preset: 'classic' })
      .does(BUYER, open({ claimed: usd(1_000), desiredRemedy: 'PARTIAL_REFUND' }))
      .does(SUPPLIER, accept());
    expect(typesOf(scene.events).slice(-3)).toEqual([
      'RefundInstructed',
      'FundsUnfrozen',
      'ReleaseInstructed',
    ]);
    expect(eventsOf(scene.events, 'ReleaseInstructed')).toMatchObject([{ amount: usd(2_000) }]);
    const done = scene
      .does(PAYMENTS, released('release-2', usd(2_000)))
      .does(PAYMENTS, issued('refund-1', usd(1_000)));
    expect(done.order.funds).toMatchObject({ held: 0, released: 200_000, refunded: 100_000, advanced: 0 });
  });

  test('messages are for the parties, the agent and whoever decides, until the case is closed', () => {
    const say = { type: 'PostMessage', data: { dispute: 1, text: 'Please look again.' } } as const;
    const scene = onTheBench();
    for (const by of [BUYER, SUPPLIER, AGENT, ARBITRATOR]) {
      expect(eventsOf(scene.does(by, say).events, 'MessagePosted')).toMatchObject([
        { by: by.role, author: by.id, message: 1 },
      ]);
    }
    expect(scene.does(BUYER, say).does(SUPPLIER, say).dispute.messages).toBe(2);
    scene.when({ role: 'arbitrator', id: 'A9' }, say).thenRefused('wrong_party', 'ARBITRATOR.NOT_ASSIGNED');
    expect(eventsOf(underAppeal().does(APPEAL, say).events, 'MessagePosted')).toMatchObject([
      { by: 'arbitrator', author: 'A2' },
    ]);
    underAppeal()
      .when({ ...APPEAL, id: 'A9' }, say)
      .thenRefused('wrong_party', 'ARBITRATOR.NOT_ASSIGNED');
    expect(typesOf(determined().does(BUYER, say).events)).toEqual(['MessagePosted']);
    disputed().does(BUYER, withdraw()).when(BUYER, say).thenRefused('wrong_state', 'DISPUTE.WRONG_STATE');
  });

  test('an inspection may be booked in the middle of a dispute', () => {
    expect(
      typesOf(paid().does(BUYER, openQuality()).does(SUPPLIER, reject()).does(BUYER, book()).events),
    ).toEqual(['InspectionBooked']);
  });
});
