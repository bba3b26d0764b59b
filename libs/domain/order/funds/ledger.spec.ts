import type { Funds, Payment, Refund, Release } from '../state.js';
import {
  OPENING_FUNDS,
  balances,
  canBeChargedBack,
  failedRefunds,
  outstanding,
  pendingRefunds,
  refundable,
  releasable,
} from './ledger.js';

const funds = (more: Partial<Funds>): Funds => ({ ...OPENING_FUNDS, ...more });
const refund = (state: Refund['state'], amount: number): Refund => ({
  refundId: `refund-${amount}`,
  attempt: 1,
  dispute: 1,
  amount,
  state,
});
const release = (state: Release['state'], amount: number): Release => ({
  releaseId: `release-${amount}`,
  amount,
  reason: 'BUYER_SATISFIED',
  state,
});
const payment = (more: Partial<Payment>): Payment => ({
  paymentId: 'pay-1',
  milestone: 'INITIAL',
  method: 'CARD',
  amount: 100,
  currency: 'USD',
  eligible: true,
  chargedBack: 0,
  ...more,
});

describe('Rule 12: receipts = held + released + refunded + charged back', () => {
  test.each<[boolean, Partial<Funds>]>([
    [true, {}],
    [true, { received: 1_111, held: 1, released: 10, refunded: 100, chargedBack: 1_000 }],
    [false, { received: 1 }],
    [false, { held: 1 }],
    [false, { received: 1, released: -1 }],
    [false, { received: 1, refunded: -1 }],
    [false, { received: 1, chargedBack: -1 }],
    [false, { held: -1, released: 1 }],
    [false, { held: 1, released: -1 }],
  ])('%s of %j', (balanced, amounts) => {
    expect(balances(funds(amounts))).toBe(balanced);
  });
});

describe('What is promised already', () => {
  const promised = funds({
    received: 100_000,
    held: 80_000,
    released: 10_000,
    refunded: 4_000,
    chargedBack: 6_000,
    refunds: [refund('INSTRUCTED', 100), refund('FAILED', 20), refund('ISSUED', 3), refund('REPLACED', 4)],
    releases: [release('INSTRUCTED', 5_000), release('STOPPED', 600), release('RELEASED', 70)],
  });

  test('rules 13 and 32: refunds under way, and refunds that failed, are the buyer’s; the rest can be promised once', () => {
    expect({
      pending: pendingRefunds(promised),
      failed: failedRefunds(promised),
      outstanding: outstanding(promised),
      refundable: refundable(promised),
    }).toEqual({ pending: 100, failed: 20, outstanding: 90_000, refundable: 89_880 });
    expect(refundable({ ...promised, refunds: [refund('FAILED', 90_001)] })).toBe(0);
  });

  test('rule 10: what is held and promised to nobody can be released', () => {
    expect(releasable(promised)).toBe(80_000 - 100 - 20 - 5_000);
    expect(releasable({ ...promised, held: 5_119 })).toBe(0);
  });
});

describe('Rule 32: whether the payer’s bank could take anything back', () => {
  const paid = { received: 200, held: 200 };
  test.each<[boolean, string, Partial<Funds>]>([
    [true, 'a covered card payment', { ...paid, payments: [payment({})] }],
    [
      true,
      'beside others',
      { ...paid, payments: [payment({ method: 'PAY_LATER' }), payment({ eligible: false }), payment({})] },
    ],
    [false, 'no payment', {}],
    [false, 'another method', { ...paid, payments: [payment({ method: 'PAY_LATER' })] }],
    [false, 'a card payment that is not covered', { ...paid, payments: [payment({ eligible: false })] }],
    [false, 'charged back already', { ...paid, payments: [payment({ chargedBack: 100 })] }],
    [false, 'refunded already', { ...paid, refunded: 200, payments: [payment({})] }],
  ])('%s: %s', (possible, _, amounts) => {
    expect(canBeChargedBack(funds(amounts))).toBe(possible);
  });
});
