import { money } from '../../../kernel/money.js';
import type { PolicyParameters } from '../../policy/parameters.js';
import {
  AGENT,
  ARBITRATOR,
  BUYER,
  CLOCK,
  INSPECTOR,
  PAYMENTS,
  SUPPLIER,
  deadlinesOf,
  eventsOf,
  typesOf,
  usd,
  type OrderOutcome,
  type Scene,
  type Setup,
} from '../fixture/scene.js';
import {
  COMPLETE,
  EXPIRE,
  accept,
  book,
  chargeback,
  determine,
  failed,
  issued,
  nothing,
  open,
  openQuality,
  pay,
  payBalance,
  receive,
  released,
  report,
  ship,
  withdraw,
} from '../fixture/commands.js';
import {
  confirmed,
  determined,
  disputed,
  drafted,
  late,
  lateInFull,
  onTheBench,
  paid,
  paidInFull,
  received,
} from '../fixture/stories.js';

const fundsOf = ({ order: { funds } }: Scene) => {
  const { received: got, held, released: gone, refunded, chargedBack } = funds;
  return { received: got, held, released: gone, refunded, chargedBack };
};
const reasons = (scene: Scene) =>
  eventsOf(scene.events, 'PaymentMarkedIneligible').flatMap((event) => event.reasons.map(({ code }) => code));
const CLASSIC: Setup = { preset: 'classic' };
const CARD = { method: 'CARD' } as const;

describe('Payments', () => {
  test('rule 8: a covered payment is received, with the payer’s account name', () => {
    const [payment] = eventsOf(paid().events, 'PaymentReceived');
    expect(payment).toMatchObject({
      payerAccountName: 'Hardware Direct LLC',
      amount: usd(3_000),
      method: 'TELEGRAPHIC_TRANSFER',
    });
  });

  test.each(['TELEGRAPHIC_TRANSFER', 'CARD', 'ONLINE_BANK_PAYMENT', 'PAY_LATER', 'E_CHECKING'] as const)(
    'rule 8: %s is listed by the standard policy, and only T/T by the classic one',
    (method) => {
      expect(reasons(confirmed().does(PAYMENTS, pay({ method })))).toEqual([]);
      const codes = reasons(confirmed(CLASSIC).does(PAYMENTS, pay({ method })));
      expect(codes).toEqual(method === 'TELEGRAPHIC_TRANSFER' ? [] : ['METHOD_NOT_LISTED']);
    },
  );

  test('rule 8: a method that nobody lists', () => {
    expect(reasons(confirmed().does(PAYMENTS, pay({ method: 'OTHER' })))).toEqual(['METHOD_NOT_LISTED']);
  });

  test.each([
    ['WESTERN_UNION', 2_499.99, 'US', []],
    ['WESTERN_UNION', 2_500, 'US', ['ABOVE_METHOD_CAP']],
    ['WESTERN_UNION', 2_499.99, 'DE', ['PAYER_COUNTRY_NOT_COVERED']],
    ['WESTERN_UNION', 3_000, 'DE', ['PAYER_COUNTRY_NOT_COVERED', 'ABOVE_METHOD_CAP']],
    ['E_CHECKING', 3_000, 'US', []],
    ['E_CHECKING', 3_000, 'CA', ['PAYER_COUNTRY_NOT_COVERED']],
    ['PAY_LATER', 3_000, 'DE', []],
  ] as const)('rule 8: %s of %d dollars from %s: %j', (method, dollars, payerCountry, codes) => {
    const scene = confirmed().does(PAYMENTS, pay({ method, amount: usd(dollars), payerCountry }));
    expect(reasons(scene)).toEqual(codes);
  });

  test('rule 8: Pay Later gives credit up to 150,000 dollars, to the cent', () => {
    const dear: Setup = {
      terms: { orderValue: usd(400_000), initialPayment: usd(200_000), balance: usd(200_000) },
      supplier: { limit: usd(500_000) },
    };
    const by = (dollars: number) =>
      confirmed(dear).does(PAYMENTS, pay({ method: 'PAY_LATER', amount: usd(dollars) }));
    expect(reasons(by(150_000))).toEqual([]);
    expect(reasons(by(150_000.01))).toEqual(['ABOVE_METHOD_CAP']);
  });

  test('rule 8: in another currency than the order’s, or than the method takes', () => {
    expect(reasons(confirmed().does(PAYMENTS, pay({ amount: money(300_000, 'EUR') })))).toEqual([
      'CURRENCY_OF_ANOTHER_ORDER',
    ]);
    const inEuros: Setup = {
      terms: {
        orderValue: money(1_000_000, 'EUR'),
        coveredAmount: money(1_000_000, 'EUR'),
        initialPayment: money(300_000, 'EUR'),
        balance: money(700_000, 'EUR'),
      },
      supplier: { limit: money(750_000, 'EUR') },
    };
    const by = (method: 'CARD' | 'E_CHECKING' | 'PAY_LATER' | 'WESTERN_UNION') =>
      confirmed(inEuros).does(PAYMENTS, pay({ method, amount: money(100_000, 'EUR') }));
    expect(reasons(by('CARD'))).toEqual([]);
    for (const method of ['E_CHECKING', 'PAY_LATER', 'WESTERN_UNION'] as const) {
      expect(reasons(by(method))).toContain('CURRENCY_NOT_COVERED');
    }
  });

  test('rule 8: the reason is told in words, with what the policy takes', () => {
    const told = (setup: Setup, payment: Parameters<typeof pay>[0]) =>
      eventsOf(confirmed(setup).does(PAYMENTS, pay(payment)).events, 'PaymentMarkedIneligible').flatMap(
        (event) => event.reasons.map(({ message }) => message),
      );
    expect(told({}, { method: 'WESTERN_UNION', amount: usd(2_500), payerCountry: 'DE' })).toEqual([
      'WESTERN_UNION is covered for payers in US only.',
      'WESTERN_UNION is covered below 2,500.00 USD.',
    ]);
    expect(told({}, { method: 'OTHER', amount: money(1, 'EUR') })).toEqual([
      'The order is in USD, the payment in EUR.',
      'The policy does not list OTHER.',
    ]);
    const card: PolicyParameters['methods'][number] = {
      method: 'CARD',
      fee: { kind: 'NONE' },
      currencies: ['EUR', 'GBP'],
      payerCountries: ['DE', 'FR'],
      cap: money(1, 'USD'),
    };
    expect(told({ policy: { methods: [card] } }, { ...CARD, amount: usd(0.02) })).toEqual([
      'CARD is covered in EUR, GBP only.',
      'CARD is covered for payers in DE, FR only.',
      'CARD is covered up to 0.01 USD.',
    ]);
    const inEuros = { method: 'CARD', fee: { kind: 'NONE' }, cap: money(1, 'EUR') } as const;
    expect(told({ policy: { methods: [inEuros] } }, { ...CARD, amount: usd(0.02) })).toEqual([
      'The cap of CARD is set in EUR only.',
    ]);
  });

  test('rule 8: an ineligible payment counts for nothing', () => {
    const scene = confirmed().does(PAYMENTS, pay({ method: 'OTHER' }));
    expect(scene.order.status).toBe('CONFIRMED');
    expect(fundsOf(scene)).toEqual({ received: 0, held: 0, released: 0, refunded: 0, chargedBack: 0 });
    expect(deadlinesOf(scene, 'PaymentDue')).toMatchObject([{ state: 'OPEN' }]);
    expect(scene.order.funds.payments).toMatchObject([{ eligible: false }]);
  });

  test('rule 8: a payment is above zero, was made, and is recorded once, by the payment service', () => {
    const scene = confirmed();
    scene.when(PAYMENTS, pay({ amount: usd(0) })).thenRefused('rules', 'FUNDS.NO_AMOUNT');
    scene.when(PAYMENTS, pay({ paidAt: '2026-03-01T00:00:00.001Z' })).thenRefused('rules', 'FUNDS.IN_FUTURE');
    scene.when(BUYER, pay()).thenRefused('wrong_party', 'COMMAND.NOT_YOURS');
    paid().when(PAYMENTS, pay()).thenRefused('wrong_state', 'FUNDS.PAYMENT_KNOWN');
    drafted().when(PAYMENTS, pay()).thenRefused('wrong_state', 'ORDER.WRONG_STATE');
  });

  test('rule 8: fees are told beside the ledger, once each, in the order’s currency', () => {
    const fee = (feeId: string, amount = usd(40)) =>
      ({ type: 'RecordFee', data: { feeId, kind: 'PAYMENT', amount, chargedTo: 'buyer' } }) as const;
    const scene = paid().does(PAYMENTS, fee('fee-1'));
    expect(scene.order.funds.fees).toMatchObject([{ amount: 4_000, chargedTo: 'buyer' }]);
    expect(fundsOf(scene)).toEqual(fundsOf(paid()));
    scene.when(PAYMENTS, fee('fee-1')).thenRefused('wrong_state', 'FUNDS.FEE_KNOWN');
    scene
      .when(PAYMENTS, fee('fee-2', money(1, 'EUR')))
      .thenRefused('rules', 'FUNDS.CURRENCY_OF_ANOTHER_ORDER');
  });
});

describe('Milestones', () => {
  test('rule 9: the initial payment, in parts, then the balance, and of neither more than was agreed', () => {
    const scene = confirmed().does(PAYMENTS, pay({ amount: usd(2_000) }));
    expect(scene.order.status).toBe('CONFIRMED');
    scene.when(PAYMENTS, payBalance()).thenRefused('wrong_state', 'FUNDS.INITIAL_PAYMENT_OUTSTANDING');
    scene
      .when(PAYMENTS, pay({ paymentId: 'pay-2', amount: usd(1_000.01) }))
      .thenRefused('rules', 'FUNDS.ABOVE_MILESTONE');
    const whole = scene.does(PAYMENTS, pay({ paymentId: 'pay-2', amount: usd(1_000) }));
    expect(whole.order.status).toBe('PAID');
    expect(typesOf(whole.events)).toEqual(['PaymentReceived', 'DeadlineMet']);
    whole
      .when(PAYMENTS, pay({ paymentId: 'pay-3', amount: usd(0.01) }))
      .thenRefused('rules', 'FUNDS.ABOVE_MILESTONE');
    whole
      .when(PAYMENTS, payBalance({ paymentId: 'pay-3', amount: usd(7_000.01) }))
      .thenRefused('rules', 'FUNDS.ABOVE_MILESTONE');
    expect(fundsOf(whole.does(PAYMENTS, payBalance({ paymentId: 'pay-3' })))).toMatchObject({
      received: 1_000_000,
    });
  });

  test('rule 9: a balance that comes after the shipment takes the order nowhere back', () => {
    const scene = paid().does(SUPPLIER, ship()).does(PAYMENTS, payBalance());
    expect(scene.order.status).toBe('SHIPPED');
  });

  test('rule 9: the buyer may withhold the balance: nothing expires for want of it, not after a failed inspection either', () => {
    const failedInspection = paid({ terms: { coverageType: 'PRE_SHIPMENT' } })
      .does(BUYER, book())
      .does(INSPECTOR, report());
    const scene = failedInspection.after('P1Y').does(CLOCK, EXPIRE);
    expect(eventsOf(scene.events, 'DeadlineExpired').map(({ kind }) => kind)).toEqual(['ShipmentDue']);
    expect(scene.order.status).toBe('PAID');
    expect(scene.does(SUPPLIER, ship()).order.status).toBe('SHIPPED');
  });

  test('rule 9: what was charged back may be paid anew', () => {
    const scene = confirmed()
      .does(PAYMENTS, pay({ ...CARD, amount: usd(2_000) }))
      .does(PAYMENTS, chargeback(usd(2_000)));
    expect(scene.order.status).toBe('CONFIRMED');
    expect(scene.does(PAYMENTS, pay({ paymentId: 'pay-2' })).order.status).toBe('PAID');
  });
});

describe('Custody', () => {
  test('rule 10: in escrow money is held until no claim can come any more', () => {
    expect(fundsOf(received())).toMatchObject({ received: 1_000_000, held: 1_000_000 });
    const scene = received().after('P30D').tries(BUYER, COMPLETE);
    expect(eventsOf(scene.events, 'ReleaseInstructed')).toMatchObject([
      { amount: usd(10_000), payee: 'S1', reason: 'CLAIM_WINDOW_CLOSED' },
    ]);
    const gone = scene.does(PAYMENTS, released('release-1', usd(10_000)));
    expect(fundsOf(gone)).toMatchObject({ held: 0, released: 1_000_000 });
    gone
      .when(PAYMENTS, released('release-1', usd(10_000)))
      .thenRefused('wrong_state', 'FUNDS.NO_RELEASE_PENDING');
  });

  test('rule 10: with a designated account it passes on once the order is paid for', () => {
    const partly = confirmed(CLASSIC).does(PAYMENTS, pay({ amount: usd(2_000) }));
    expect(typesOf(partly.events)).toEqual(['PaymentReceived']);
    const scene = partly.does(PAYMENTS, pay({ paymentId: 'pay-2', amount: usd(1_000) }));
    expect(eventsOf(scene.events, 'ReleaseInstructed')).toMatchObject([
      { amount: usd(3_000), reason: 'DESIGNATED_ACCOUNT' },
    ]);
  });

  test('rule 10: an open dispute freezes what is held, stops releases under way, and nothing is released while frozen', () => {
    const scene = late(CLASSIC).does(BUYER, open());
    expect(eventsOf(scene.events, 'FundsFrozen')).toEqual([{ dispute: 1, held: usd(3_000) }]);
    scene.when(PAYMENTS, released('release-1', usd(3_000))).thenRefused('rules', 'FUNDS.FROZEN');
    const more = scene.does(PAYMENTS, payBalance());
    expect(typesOf(more.events)).toEqual(['PaymentReceived']);
    const free = more.does(BUYER, withdraw());
    expect(eventsOf(free.events, 'FundsUnfrozen')).toEqual([{ dispute: 1, held: usd(10_000) }]);
    expect(eventsOf(free.events, 'ReleaseInstructed')).toMatchObject([
      { releaseId: 'release-2', amount: usd(10_000) },
    ]);
    free.when(PAYMENTS, released('release-1', usd(3_000))).thenRefused('rules', 'FUNDS.FROZEN');
    expect(fundsOf(free.does(PAYMENTS, released('release-2', usd(10_000))))).toMatchObject({
      held: 0,
      released: 1_000_000,
    });
  });

  test('rule 10: each release has its own fate: one that was stopped stays so when the next goes out', () => {
    const again = late(CLASSIC).does(BUYER, open()).does(BUYER, withdraw());
    const out = again.does(PAYMENTS, released('release-2', usd(3_000)));
    expect(out.order.funds.releases).toEqual([
      { releaseId: 'release-1', amount: 300_000, reason: 'DESIGNATED_ACCOUNT', state: 'STOPPED' },
      { releaseId: 'release-2', amount: 300_000, reason: 'DESIGNATED_ACCOUNT', state: 'RELEASED' },
    ]);
    const more = out.does(PAYMENTS, payBalance());
    more
      .when(PAYMENTS, released('release-2', usd(3_000)))
      .thenRefused('wrong_state', 'FUNDS.RELEASE_REPORTED');
    const disputedAnew = more.does(BUYER, openQuality({ claimed: usd(100) }));
    expect(disputedAnew.order.funds.releases.map(({ state }) => state)).toEqual([
      'STOPPED',
      'RELEASED',
      'STOPPED',
    ]);
  });

  test('rule 10: as long as one of two disputes is open, everything stays frozen', () => {
    const both = late(CLASSIC)
      .does(BUYER, open())
      .does(BUYER, openQuality({ claimed: usd(500) }));
    expect(both.order.funds.frozenBy).toEqual([1, 2]);
    const one = both.does(BUYER, withdraw(1));
    expect(typesOf(one.events)).not.toContain('ReleaseInstructed');
    expect(typesOf(one.does(BUYER, withdraw(2)).events)).toContain('ReleaseInstructed');
  });

  test('rule 10: an order with an open dispute is not completed', () => {
    received().does(BUYER, openQuality()).when(BUYER, COMPLETE).thenRefused('wrong_state', 'ORDER.DISPUTED');
  });
});

describe('Refunds', () => {
  const settled = (setup: Setup = {}) => disputed(setup).does(SUPPLIER, accept());

  test('rules 11 and 13: instructed when the buyer wins; recovered from the supplier only when it has been issued', () => {
    const scene = settled();
    expect(eventsOf(scene.events, 'RefundInstructed')).toEqual([
      { refundId: 'refund-1', attempt: 1, dispute: 1, amount: usd(3_000), payee: 'B1', reason: 'SETTLEMENT' },
    ]);
    expect(typesOf(scene.events)).not.toContain('RecoveryDemanded');
    const done = scene.does(PAYMENTS, issued('refund-1', usd(3_000)));
    expect(typesOf(done.events)).toEqual([
      'RefundIssued',
      'RecoveryDemanded',
      'DeadlineSet',
      'OrderCompleted',
    ]);
    expect(eventsOf(done.events, 'RefundIssued')).toMatchObject([{ amount: usd(3_000), advanced: usd(0) }]);
    expect(fundsOf(done)).toMatchObject({ held: 0, refunded: 300_000 });
  });

  test('rule 11: a refund never waits for recovery, nor for the money to be in custody', () => {
    const scene = paid(CLASSIC)
      .does(PAYMENTS, released('release-1', usd(3_000)))
      .at('2026-04-01T00:00:00.000Z');
    const refunded = scene
      .does(BUYER, open({ claimed: usd(2_000), desiredRemedy: 'PARTIAL_REFUND' }))
      .does(SUPPLIER, accept())
      .does(PAYMENTS, issued('refund-1', usd(2_000)));
    expect(eventsOf(refunded.events, 'RefundIssued')).toMatchObject([{ advanced: usd(2_000) }]);
    expect(fundsOf(refunded)).toEqual({
      received: 300_000,
      held: 0,
      released: 100_000,
      refunded: 200_000,
      chargedBack: 0,
    });
    expect(refunded.order.funds.advanced).toBe(200_000);
  });

  test('rule 11: custody pays first, the platform advances the rest', () => {
    const scene = paid(CLASSIC)
      .does(PAYMENTS, released('release-1', usd(3_000)))
      .at('2026-04-01T00:00:00.000Z')
      .does(BUYER, open({ claimed: usd(3_000) }))
      .does(PAYMENTS, payBalance({ amount: usd(1_200) }))
      .does(SUPPLIER, accept());
    expect(typesOf(scene.events)).not.toContain('ReleaseInstructed');
    const refunded = scene.does(PAYMENTS, issued('refund-1', usd(3_000)));
    expect(eventsOf(refunded.events, 'RefundIssued')).toMatchObject([{ advanced: usd(1_800) }]);
    expect(fundsOf(refunded)).toEqual({
      received: 420_000,
      held: 0,
      released: 120_000,
      refunded: 300_000,
      chargedBack: 0,
    });
  });

  test('rule 13: what is reported is what was instructed, once, to the cent', () => {
    const scene = settled();
    scene.when(PAYMENTS, issued('refund-1', usd(2_999.99))).thenRefused('rules', 'FUNDS.NOT_AS_INSTRUCTED');
    scene
      .when(PAYMENTS, issued('refund-1', money(300_000, 'EUR')))
      .thenRefused('rules', 'FUNDS.NOT_AS_INSTRUCTED');
    scene.when(PAYMENTS, failed('refund-1', usd(1))).thenRefused('rules', 'FUNDS.NOT_AS_INSTRUCTED');
    scene.when(PAYMENTS, issued('refund-2', usd(3_000))).thenRefused('not_found', 'FUNDS.NO_SUCH_REFUND');
    scene.when(SUPPLIER, issued('refund-1', usd(3_000))).thenRefused('wrong_party', 'COMMAND.NOT_YOURS');
    scene
      .does(PAYMENTS, issued('refund-1', usd(3_000)))
      .when(PAYMENTS, issued('refund-1', usd(3_000)))
      .thenRefused('wrong_state', 'FUNDS.NO_REFUND_PENDING');
    const over = received().after('P30D').tries(BUYER, COMPLETE);
    over.when(PAYMENTS, released('release-1', usd(9_999.99))).thenRefused('rules', 'FUNDS.NOT_AS_INSTRUCTED');
    const toldOf = ({ decision }: OrderOutcome) => decision.refusal?.faults.map(({ message }) => message);
    expect(toldOf(over.when(PAYMENTS, released('release-1', usd(1))))).toEqual([
      'The release was instructed for 10,000.00 USD.',
    ]);
    expect(toldOf(scene.when(PAYMENTS, issued('refund-1', usd(1))))).toEqual([
      'The refund was instructed for 3,000.00 USD.',
    ]);
    over.when(PAYMENTS, released('release-2', usd(10_000))).thenRefused('not_found', 'FUNDS.NO_SUCH_RELEASE');
    paid()
      .when(PAYMENTS, released('release-1', usd(1)))
      .thenRefused('wrong_state', 'FUNDS.NO_RELEASE_PENDING');
  });

  test('rule 13: a failed refund stays visible and owed, and is retried until it succeeds', () => {
    const retry = { type: 'RetryRefund', data: { refundId: 'refund-1' } } as const;
    const once = settled().does(PAYMENTS, failed('refund-1', usd(3_000)));
    expect(once.order.funds.refunds).toMatchObject([{ state: 'FAILED', attempt: 1 }]);
    expect(fundsOf(once)).toMatchObject({ held: 300_000, refunded: 0 });
    expect(once.order.recoveries).toEqual([]);
    once.when(PAYMENTS, issued('refund-1', usd(3_000))).thenRefused('wrong_state', 'FUNDS.NO_REFUND_PENDING');
    once.when(BUYER, retry).thenRefused('wrong_party', 'COMMAND.NOT_YOURS');
    once
      .when(AGENT, { ...retry, data: { refundId: 'refund-2' } })
      .thenRefused('not_found', 'FUNDS.NO_SUCH_REFUND');
    const twice = once
      .does(AGENT, retry)
      .does(PAYMENTS, failed('refund-1', usd(3_000)))
      .does(PAYMENTS, retry);
    expect(eventsOf(twice.events, 'RefundInstructed')).toMatchObject([
      { refundId: 'refund-1', attempt: 3, reason: 'RETRY' },
    ]);
    twice.when(AGENT, retry).thenRefused('wrong_state', 'FUNDS.NO_REFUND_FAILED');
    const done = twice.does(PAYMENTS, issued('refund-1', usd(3_000)));
    expect(fundsOf(done)).toMatchObject({ held: 0, refunded: 300_000 });
    expect(done.order.recoveries).toMatchObject([{ amount: 300_000 }]);
  });

  test('rule 13: money for a failed refund is not released in the meantime', () => {
    const scene = received()
      .does(BUYER, openQuality({ claimed: usd(2_000) }))
      .does(SUPPLIER, accept())
      .does(PAYMENTS, failed('refund-1', usd(2_000)))
      .does(BUYER, COMPLETE);
    expect(eventsOf(scene.events, 'ReleaseInstructed')).toMatchObject([{ amount: usd(8_000) }]);
  });

  /** Two disputes, 2,000 and 1,000 dollars, both conceded by the supplier. */
  const twoRefunds = () =>
    lateInFull({}, CARD)
      .does(BUYER, open({ claimed: usd(2_000), desiredRemedy: 'PARTIAL_REFUND' }))
      .does(BUYER, openQuality({ claimed: usd(1_000) }))
      .does(SUPPLIER, accept(1))
      .does(SUPPLIER, accept(2));

  test('rule 13: each refund has its own fate', () => {
    const retry = (refundId: string) => ({ type: 'RetryRefund', data: { refundId } }) as const;
    const scene = twoRefunds()
      .does(PAYMENTS, failed('refund-1', usd(2_000)))
      .does(PAYMENTS, issued('refund-2', usd(1_000)));
    expect(scene.order.funds.refunds).toEqual([
      { refundId: 'refund-1', attempt: 1, dispute: 1, amount: 200_000, state: 'FAILED' },
      { refundId: 'refund-2', attempt: 1, dispute: 2, amount: 100_000, state: 'ISSUED' },
    ]);
    scene.when(AGENT, retry('refund-2')).thenRefused('wrong_state', 'FUNDS.REFUND_NOT_FAILED');
    scene.when(AGENT, retry('refund-1')).thenTypes('RefundInstructed');
  });

  test('rule 32: a chargeback calls back only what no longer fits beside it, the last refund first', () => {
    const scene = twoRefunds()
      .does(PAYMENTS, chargeback(usd(7_000), { paymentId: 'pay-2' }))
      .does(PAYMENTS, chargeback(usd(500), { chargebackId: 'cb-2' }));
    expect(eventsOf(scene.events, 'RefundFailed')).toEqual([
      {
        refundId: 'refund-2',
        attempt: 1,
        amount: usd(1_000),
        reason: 'Replaced: the payer was charged back meanwhile.',
        replaced: true,
      },
    ]);
    expect(scene.order.funds.refunds.map(({ refundId, amount, state }) => [refundId, amount, state])).toEqual(
      [
        ['refund-1', 200_000, 'INSTRUCTED'],
        ['refund-2', 100_000, 'REPLACED'],
        ['refund-3', 50_000, 'INSTRUCTED'],
      ],
    );
  });

  test('an order that was not paid in full in time is cancelled, and what was paid goes back without a recovery', () => {
    const scene = confirmed()
      .does(PAYMENTS, pay({ amount: usd(1_000) }))
      .after('P7D')
      .tries(PAYMENTS, pay({ paymentId: 'pay-2' }));
    expect(typesOf(scene.events)).toEqual([
      'DeadlineExpired',
      'OrderCancelled',
      'DeadlineMet',
      'RefundInstructed',
    ]);
    expect(eventsOf(scene.events, 'RefundInstructed')).toMatchObject([
      { amount: usd(1_000), dispute: null, reason: 'CANCELLATION' },
    ]);
    const back = scene.does(PAYMENTS, issued('refund-1', usd(1_000)));
    expect(typesOf(back.events)).toEqual(['RefundIssued']);
    expect(fundsOf(back)).toMatchObject({ held: 0, refunded: 100_000 });
  });

  test('an order whose money all went back is complete', () => {
    const scene = settled().does(PAYMENTS, issued('refund-1', usd(3_000)));
    expect(eventsOf(scene.events, 'OrderCompleted')).toMatchObject([{ reason: 'FULLY_REFUNDED' }]);
    const partly = disputed({}, { claimed: usd(2_999.99), desiredRemedy: 'PARTIAL_REFUND' })
      .does(SUPPLIER, accept())
      .does(PAYMENTS, issued('refund-1', usd(2_999.99)));
    expect(partly.order.status).toBe('PAID');
  });
});

describe('Chargebacks', () => {
  const byCard = () => paidInFull({}, CARD);
  const completed = () => byCard().does(SUPPLIER, ship()).does(BUYER, receive()).does(BUYER, COMPLETE);

  test('rule 32: recorded beside whatever goes on, out of what is held', () => {
    const scene = byCard().does(PAYMENTS, chargeback(usd(1_000)));
    expect(fundsOf(scene)).toEqual({
      received: 1_000_000,
      held: 900_000,
      released: 0,
      refunded: 0,
      chargedBack: 100_000,
    });
    expect(scene.order.status).toBe('PAID');
  });

  test('rule 32: only of a covered card payment, once, and of no more than is left of it', () => {
    const scene = byCard();
    scene.when(PAYMENTS, chargeback(usd(3_000.01))).thenRefused('rules', 'FUNDS.ABOVE_PAYMENTS');
    scene.when(PAYMENTS, chargeback(usd(0))).thenRefused('rules', 'FUNDS.NO_AMOUNT');
    scene.when(PAYMENTS, chargeback(money(1, 'EUR'))).thenRefused('rules', 'FUNDS.CURRENCY_OF_ANOTHER_ORDER');
    scene
      .when(PAYMENTS, chargeback(usd(1), { paymentId: 'pay-9' }))
      .thenRefused('not_found', 'FUNDS.NO_SUCH_PAYMENT');
    paid()
      .when(PAYMENTS, chargeback(usd(1)))
      .thenRefused('rules', 'FUNDS.NOT_A_CARD_PAYMENT');
    confirmed()
      .when(PAYMENTS, chargeback(usd(1)))
      .thenRefused('wrong_state', 'FUNDS.NOTHING_PAID');
    confirmed(CLASSIC)
      .does(PAYMENTS, pay(CARD))
      .when(PAYMENTS, chargeback(usd(1)))
      .thenRefused('rules', 'FUNDS.PAYMENT_INELIGIBLE');
    const once = scene.does(PAYMENTS, chargeback(usd(2_000)));
    once.when(PAYMENTS, chargeback(usd(1_000))).thenRefused('wrong_state', 'FUNDS.CHARGEBACK_KNOWN');
    once
      .when(PAYMENTS, chargeback(usd(1_000.01), { chargebackId: 'cb-2' }))
      .thenRefused('rules', 'FUNDS.ABOVE_PAYMENTS');
    once.when(PAYMENTS, chargeback(usd(1_000), { chargebackId: 'cb-2' })).thenTypes('ChargebackReported');
  });

  test('rule 32: after a refund only what is left of the payments', () => {
    const scene = late({}, CARD)
      .does(BUYER, open({ claimed: usd(2_000), desiredRemedy: 'PARTIAL_REFUND' }))
      .does(SUPPLIER, accept())
      .does(PAYMENTS, issued('refund-1', usd(2_000)));
    scene.when(PAYMENTS, chargeback(usd(1_000.01))).thenRefused('rules', 'FUNDS.ABOVE_PAYMENTS');
    expect(typesOf(scene.does(PAYMENTS, chargeback(usd(999.99))).events)).toEqual(['ChargebackReported']);
    const emptied = scene.does(PAYMENTS, chargeback(usd(1_000)));
    expect(fundsOf(emptied)).toEqual({
      received: 300_000,
      held: 0,
      released: 0,
      refunded: 200_000,
      chargedBack: 100_000,
    });
    expect(emptied.order.status).toBe('COMPLETED');
  });

  test('rule 32: during determination it shrinks what can be awarded', () => {
    const bench = onTheBench(lateInFull({}, CARD).does(BUYER, open({ claimed: usd(7_500) })));
    const scene = bench.does(PAYMENTS, chargeback(usd(3_000)));
    expect(scene.dispute.status).toBe('UNDER_DETERMINATION');
    const ruled = scene.does(ARBITRATOR, determine());
    expect(ruled.dispute.determination?.award).toBe(700_000);
    expect(ruled.dispute.determination?.cap).toMatchObject({
      eligibleBase: usd(7_000),
      priorRefunds: usd(0),
      cap: usd(7_000),
    });
  });

  test('rule 32: after the determination it shrinks what is paid', () => {
    const scene = determined(lateInFull({}, CARD).does(BUYER, open({ claimed: usd(7_500) })))
      .does(PAYMENTS, chargeback(usd(3_000)))
      .after('P15D')
      .does(PAYMENTS, chargeback(usd(1), { chargebackId: 'cb-2', paymentId: 'pay-2' }));
    expect(eventsOf(scene.events, 'DisputeClosed')).toMatchObject([
      { outcome: 'PARTIALLY_REFUNDED', award: usd(7_000) },
    ]);
  });

  test('rule 32: a refund under way is called back, and what still fits is instructed instead', () => {
    const scene = late({}, CARD)
      .does(BUYER, open())
      .does(SUPPLIER, accept())
      .does(PAYMENTS, chargeback(usd(500)));
    expect(typesOf(scene.events)).toEqual(['ChargebackReported', 'RefundFailed', 'RefundInstructed']);
    expect(eventsOf(scene.events, 'RefundFailed')).toMatchObject([
      { refundId: 'refund-1', amount: usd(3_000), replaced: true },
    ]);
    expect(eventsOf(scene.events, 'RefundInstructed')).toMatchObject([
      { refundId: 'refund-2', amount: usd(2_500), dispute: 1, reason: 'CHARGEBACK_ADJUSTMENT' },
    ]);
    scene.when(PAYMENTS, issued('refund-1', usd(3_000))).thenRefused('wrong_state', 'FUNDS.REFUND_REPORTED');
    scene
      .when(AGENT, { type: 'RetryRefund', data: { refundId: 'refund-1' } })
      .thenRefused('wrong_state', 'FUNDS.NO_REFUND_FAILED');
    expect(fundsOf(scene.does(PAYMENTS, issued('refund-2', usd(2_500))))).toMatchObject({
      refunded: 250_000,
      chargedBack: 50_000,
      held: 0,
    });
  });

  test('rule 32: so is a refund that failed: it would not fit when it is retried', () => {
    const scene = late({}, CARD)
      .does(BUYER, open())
      .does(SUPPLIER, accept())
      .does(PAYMENTS, failed('refund-1', usd(3_000)))
      .does(PAYMENTS, chargeback(usd(500)));
    expect(eventsOf(scene.events, 'RefundInstructed')).toMatchObject([
      { refundId: 'refund-2', amount: usd(2_500) },
    ]);
    scene
      .when(AGENT, { type: 'RetryRefund', data: { refundId: 'refund-1' } })
      .thenRefused('wrong_state', 'FUNDS.NO_REFUND_FAILED');
  });

  test('rule 32: with all money gone there is nothing left to dispute', () => {
    const scene = late({}, CARD)
      .does(BUYER, open())
      .does(PAYMENTS, chargeback(usd(3_000)));
    expect(eventsOf(scene.events, 'DisputeClosed')).toMatchObject([{ outcome: 'LAPSED', award: usd(0) }]);
    expect(scene.order.status).toBe('COMPLETED');
  });

  test('rules 12 and 32: a release under way is called back, and only what is left of it goes out', () => {
    const scene = completed().does(PAYMENTS, chargeback(usd(1_000)));
    expect(eventsOf(scene.events, 'ReleaseInstructed')).toMatchObject([
      { releaseId: 'release-2', amount: usd(9_000), reason: 'BUYER_SATISFIED' },
    ]);
    scene.when(PAYMENTS, released('release-1', usd(10_000))).thenRefused('rules', 'FUNDS.FROZEN');
    expect(fundsOf(scene.does(PAYMENTS, released('release-2', usd(9_000))))).toEqual({
      received: 1_000_000,
      held: 0,
      released: 900_000,
      refunded: 0,
      chargedBack: 100_000,
    });
  });

  test('rules 12 and 32: what the supplier has already got is taken back from its balance', () => {
    const done = completed().does(PAYMENTS, released('release-1', usd(10_000)));
    expect(fundsOf(done.does(PAYMENTS, chargeback(usd(1_000))))).toMatchObject({
      held: 0,
      released: 900_000,
      chargedBack: 100_000,
    });
  });

  test('rules 10 and 32: a chargeback releases nothing that a dispute has frozen', () => {
    const scene = paid({ policy: { custody: 'DESIGNATED_ACCOUNT' } }, CARD)
      .does(PAYMENTS, released('release-1', usd(3_000)))
      .at('2026-04-01T00:00:00.000Z')
      .does(BUYER, open({ claimed: usd(100), desiredRemedy: 'PARTIAL_REFUND' }))
      .does(PAYMENTS, payBalance())
      .does(PAYMENTS, chargeback(usd(1)));
    expect(typesOf(scene.events)).toEqual(['ChargebackReported']);
  });

  test('rule 32: an order that is over already does not end twice', () => {
    const scene = completed()
      .does(PAYMENTS, chargeback(usd(3_000)))
      .does(PAYMENTS, chargeback(usd(7_000), { chargebackId: 'cb-2', paymentId: 'pay-2' }));
    expect(typesOf(scene.events)).toEqual(['ChargebackReported']);
  });

  test('rule 32: an order that is charged back entirely is over', () => {
    const scene = paid({}, CARD).does(PAYMENTS, chargeback(usd(3_000)));
    expect(eventsOf(scene.events, 'OrderCompleted')).toMatchObject([{ reason: 'FULLY_REFUNDED' }]);
  });
});

describe('The ledger', () => {
  test('rule 12: received = held + released + refunded + charged back, after every event of a story with all of them', () => {
    const scene = paid(CLASSIC)
      .does(PAYMENTS, released('release-1', usd(3_000)))
      .at('2026-04-01T00:00:00.000Z')
      .does(BUYER, open({ claimed: usd(1_000), desiredRemedy: 'PARTIAL_REFUND' }))
      .does(PAYMENTS, payBalance({ amount: usd(500) }))
      .does(SUPPLIER, accept())
      .does(PAYMENTS, issued('refund-1', usd(1_000)));
    expect(fundsOf(scene)).toEqual({
      received: 350_000,
      held: 0,
      released: 250_000,
      refunded: 100_000,
      chargedBack: 0,
    });
  });

  test('rule 12: an award is rounded down to the minor unit', () => {
    const scene = onTheBench(
      late({ terms: { initialPayment: usd(3_000.01), balance: usd(6_999.99) } }).does(
        BUYER,
        open({ claimed: usd(3_000.01) }),
      ),
    );
    const ruled = scene.does(ARBITRATOR, determine({ liability: 3_333 }));
    // 300001 × 0.3333 = 99990.3333
    expect(ruled.dispute.determination?.award).toBe(99_990);
  });

  test('rule 12: nothing awarded, nothing instructed', () => {
    const scene = determined(disputed(), nothing).after('P15D').tries(BUYER, COMPLETE);
    expect(typesOf(scene.events)).not.toContain('RefundInstructed');
  });
});
