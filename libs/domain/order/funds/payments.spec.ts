import { money } from '../../../kernel/money.js';
import type { PolicyParameters } from '../../policy/parameters.js';
import {
  BUYER,
  CLOCK,
  INSPECTOR,
  PAYMENTS,
  SUPPLIER,
  deadlinesOf,
  eventsOf,
  typesOf,
  usd,
  type Scene,
  type Setup,
} from '../fixture/scene.js';
import { EXPIRE, book, chargeback, pay, payBalance, report, ship } from '../fixture/commands.js';
import { confirmed, drafted, paid } from '../fixture/stories.js';

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
