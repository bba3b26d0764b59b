import { minorUnitOf } from './currency.js';

/** Integer minor units (cents for USD, yen for JPY) with an ISO 4217 currency. Never a float (rule 12). */
export interface Money {
  readonly amount: number;
  readonly currency: string;
}

export const money = (amount: number, currency: string): Money => ({ amount, currency });

/** True for a safe integer amount (negative zero is none) of a known currency. */
export function isMoney(value: unknown): value is Money {
  if (typeof value !== 'object' || value === null) return false;
  const { amount, currency } = value as Money;
  return Number.isSafeInteger(amount) && !Object.is(amount, -0) && minorUnitOf(currency) !== undefined;
}

export type Rounding = 'DOWN' | 'UP' | 'HALF_EVEN';

/**
 * `amount` × `numerator` / `denominator` in exact integer arithmetic, rounded as told (rule 12: rounding is explicit).
 * Amounts and factors are non-negative safe integers; the denominator is positive. Throws a RangeError for others, and
 * for a result that is no safe integer.
 */
export function scale(amount: number, numerator: number, denominator: number, rounding: Rounding): number {
  const exact = [amount, numerator, denominator].every((value) => Number.isSafeInteger(value) && value >= 0);
  if (!exact || denominator === 0) {
    throw new RangeError(`cannot scale ${amount} by ${numerator}/${denominator}`);
  }
  const scaled = Number(divide(BigInt(amount) * BigInt(numerator), BigInt(denominator), rounding));
  if (!Number.isSafeInteger(scaled))
    throw new RangeError(`${amount} × ${numerator}/${denominator} is too large`);
  return scaled;
}

function divide(product: bigint, divisor: bigint, rounding: Rounding): bigint {
  const floor = product / divisor;
  const rest = product % divisor;
  if (rest === 0n || rounding === 'DOWN') return floor;
  if (rounding === 'UP') return floor + 1n;
  const twice = rest * 2n;
  return twice > divisor || (twice === divisor && floor % 2n === 1n) ? floor + 1n : floor;
}

/** Decimal text with the currency's own number of places: `1,234.50 USD`, `1,234 JPY`. */
export function formatMoney({ amount, currency }: Money): string {
  const places = minorUnitOf(currency) ?? 0;
  const sign = amount < 0 ? '-' : '';
  const digits = String(Math.abs(amount)).padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${sign}${whole}${places > 0 ? `.${digits.slice(-places)}` : ''} ${currency}`;
}
