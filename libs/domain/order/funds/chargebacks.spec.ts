import { money } from '../../../kernel/money.js';
import {
  AGENT,
  ARBITRATOR,
  BUYER,
  PAYMENTS,
  SUPPLIER,
  eventsOf,
  typesOf,
  usd,
  type Scene,
  type Setup,
} from '../fixture/scene.js';
import {
  COMPLETE,
  accept,
  chargeback,
  determine,
  failed,
  issued,
  open,
  pay,
  payBalance,
  receive,
  released,
  ship,
} from '../fixture/commands.js';
import { confirmed, determined, late, lateInFull, onTheBench, paid, paidInFull } from '../fixture/stories.js';

const fundsOf = ({ order: { funds } }: Scene) => {
  const { received: got, held, released: gone, refunded, chargedBack } = funds;
  return { received: got, held, released: gone, refunded, chargedBack };
};
const CLASSIC: Setup = { preset: 'classic' };
const CARD = { method: 'CARD' } as const;

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
