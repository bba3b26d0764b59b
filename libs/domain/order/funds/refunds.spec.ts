import { money } from '../../../kernel/money.js';
import {
  AGENT,
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
  COMPLETE,
  accept,
  chargeback,
  failed,
  issued,
  open,
  openQuality,
  pay,
  payBalance,
  released,
} from '../fixture/commands.js';
import { confirmed, disputed, lateInFull, paid, received } from '../fixture/stories.js';

const fundsOf = ({ order: { funds } }: Scene) => {
  const { received: got, held, released: gone, refunded, chargedBack } = funds;
  return { received: got, held, released: gone, refunded, chargedBack };
};
const CLASSIC: Setup = { preset: 'classic' };
const CARD = { method: 'CARD' } as const;

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
