import type { Terms } from '../../../libs/domain/order/contract/terms.js';

export interface TermsOutline {
  readonly value: number;
  readonly deposit: number;
  readonly covered?: number;
  readonly currency?: string;
  readonly shipDate: string;
  readonly product: string;
  readonly coverageType?: Terms['coverageType'];
  readonly qualitySafeguard?: boolean;
  readonly inspectionPlan?: Terms['inspectionPlan'];
}

/** Contract terms as a buyer would write them. Amounts in minor units. */
export function termsOf(outline: TermsOutline): Terms {
  const { value, deposit, covered = value, currency = 'USD', shipDate, product } = outline;
  const money = (amount: number) => ({ amount, currency });
  return {
    orderValue: money(value),
    coveredAmount: money(covered),
    shipDate,
    coverageType: outline.coverageType ?? 'POST_DELIVERY',
    qualitySafeguard: outline.qualitySafeguard ?? true,
    product,
    quantity: { count: 500, unit: 'piece', toleranceBasisPoints: 100 },
    specification: [
      { id: 'colour', aspect: 'COLOUR', text: 'RAL 5010 gentian blue, ΔE below 1.0', measurable: true },
      { id: 'weight', aspect: 'WEIGHT', text: '245 g to 255 g a piece', measurable: true },
      { id: 'finish', aspect: 'OTHER', text: 'A premium finish', measurable: false },
    ],
    packaging: 'Single cartons, ten to a master carton',
    inspectionPlan: outline.inspectionPlan,
    initialPayment: money(deposit),
    balance: money(value - deposit),
  };
}

/** The date `days` days after an instant, in UTC. */
export const dateAfter = (instant: string, days: number): string =>
  new Date(Date.parse(instant) + days * 86_400_000).toISOString().slice(0, 10);
