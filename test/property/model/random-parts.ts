import type { OrderCommand } from '../../../libs/domain/order/commands.js';
import { instantOf } from '../../../libs/kernel/instant.js';
import { pick, type Chance } from './chance.js';
import { DAY, type Model, type ModelDispute } from './model.js';
import { capOf } from './money.js';

export const usd = (amount: number) => ({ amount: Math.max(0, Math.floor(amount)), currency: 'USD' });
export const HASH = 'c'.repeat(64);

export interface Occasion {
  readonly chance: Chance;
  readonly model: Model;
  readonly now: number;
  readonly revision: bigint;
  /** The dispute that it is about. */
  readonly number: number;
}

export function randomPayment({
  chance,
  model,
}: Occasion): Extract<OrderCommand, { type: 'RecordPayment' }>['data'] {
  const { initialPayment, balance } = model.terms;
  const milestone = pick(chance, ['INITIAL', 'INITIAL', 'BALANCE'] as const);
  const whole = milestone === 'INITIAL' ? initialPayment.amount : balance.amount;
  return {
    paymentId: `pay-${1 + chance(12)}`,
    milestone,
    method: pick(chance, [
      'TELEGRAPHIC_TRANSFER',
      'TELEGRAPHIC_TRANSFER',
      'CARD',
      'CARD',
      'WESTERN_UNION',
      'E_CHECKING',
      'PAY_LATER',
      'OTHER',
    ] as const),
    amount:
      chance(30) === 0
        ? { amount: whole, currency: 'EUR' }
        : usd(pick(chance, [whole, whole, whole, whole / 2, 1, whole + 1])),
    payerAccountName: 'Hardware Direct LLC',
    payerCountry: pick(chance, ['US', 'US', 'DE']),
  };
}

export function randomOffer({ chance, model, now }: Occasion, dispute: ModelDispute | undefined) {
  const full = Math.min(dispute?.claimed ?? 1, capOf(model));
  const amount = pick(chance, [full, Math.floor(full / 2), 0, 0, capOf(model) + 1]);
  const fitting = amount === 0 ? (['REPLACEMENT'] as const) : (['PARTIAL_REFUND'] as const);
  const remedies = pick(chance, [fitting, fitting, fitting, ['FULL_REFUND'] as const, ['NOTHING'] as const]);
  const expiresAt = pick(chance, [
    undefined,
    undefined,
    instantOf(now + DAY),
    instantOf(now + 9 * DAY),
    instantOf(now),
  ]);
  return { remedies, amount: usd(amount), expiresAt };
}

export function randomRuling(
  { chance, model, revision, number }: Occasion,
  dispute: ModelDispute | undefined,
) {
  const liability = pick(chance, [10_000, 10_000, 5_000, 3_333, 0, 0, 1]);
  const award = Math.min(Math.floor(((dispute?.claimed ?? 0) * liability) / 10_000), capOf(model));
  const fitting = award > 0 ? (['PARTIAL_REFUND'] as const) : (['NOTHING'] as const);
  return {
    dispute: number,
    liability,
    remedies: chance(8) > 0 ? fitting : pick(chance, [['FULL_REFUND'] as const, ['CORRECTION'] as const]),
    reasonCodes: chance(15) === 0 ? [] : (['INSUFFICIENT_EVIDENCE'] as const),
    evidence: chance(6) > 0 ? [] : [1],
    terms: pick(chance, [['SHIP_DATE'], ['colour'], ['finish'], ['colour'], []]),
    fileRevision: String(chance(10) > 0 ? revision : pick(chance, [0n, revision + 1n])),
    statement: 'So it is.',
  };
}
