import {
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
  determine,
  issued,
  nothing,
  open,
  openQuality,
  pay,
  payBalance,
  released,
  withdraw,
} from '../fixture/commands.js';
import { confirmed, determined, disputed, late, onTheBench, paid, received } from '../fixture/stories.js';

const fundsOf = ({ order: { funds } }: Scene) => {
  const { received: got, held, released: gone, refunded, chargedBack } = funds;
  return { received: got, held, released: gone, refunded, chargedBack };
};
const CLASSIC: Setup = { preset: 'classic' };

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
