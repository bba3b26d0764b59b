import type { Remedy } from '../../../../libs/domain/vocabulary.js';
import { scale } from '../../../../libs/kernel/money.js';
import type { CaseFile } from '../../../../projections/case-file/case-file.js';
import type { MessageKey } from '../../messages/language.js';

/** What a ruling would do to the money, in minor units (rules 11, 20 and 30). The engine computes it again. */
export interface Effect {
  readonly product: number;
  readonly cap: number;
  readonly award: number;
  /** What a full refund comes to. */
  readonly full: number;
  readonly fromCustody: number;
  /** What the platform would pay because it no longer lies in custody. */
  readonly advanced: number;
  /** What stays held once the award is paid. */
  readonly heldAfter: number;
}

export function effectOf({ claim, cap: { now }, money }: CaseFile, liability: number): Effect {
  const product = scale(claim.claimed.amount, liability, 10_000, 'DOWN');
  const cap = now.cap.amount;
  const award = Math.min(product, cap);
  const fromCustody = Math.min(award, money.held.amount);
  return {
    product,
    cap,
    award,
    full: Math.min(claim.claimed.amount, cap),
    fromCustody,
    advanced: award - fromCustody,
    heldAfter: money.held.amount - fromCustody,
  };
}

const REFUNDS: readonly Remedy[] = [
  'FULL_REFUND',
  'PARTIAL_REFUND',
  'REFUND_WITH_RETURN',
  'DELAY_COMPENSATION',
];

/** Rule 25: remedies and money must tell the same story. Undefined: they do. */
export function remedyObjection(
  remedies: readonly Remedy[],
  { award, full }: Effect,
): MessageKey | undefined {
  const refunds = remedies.some((remedy) => REFUNDS.includes(remedy));
  if (award > 0 && !refunds) return 'remedy.noRefund';
  if (award === 0 && refunds) return 'remedy.refundWithoutMoney';
  if (remedies.includes('FULL_REFUND') && award < full) return 'remedy.notFull';
  if (remedies.includes('NOTHING') && remedies.length > 1) return 'remedy.nothingAndSomething';
  if (remedies.includes('FULL_REFUND') && remedies.includes('PARTIAL_REFUND')) return 'remedy.fullAndPartial';
  return undefined;
}
