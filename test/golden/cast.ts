import type { Caller } from '../../libs/domain/decision.js';
import { termsHash } from '../../libs/domain/order/contract/decide.js';
import type { Terms } from '../../libs/domain/order/contract/terms.js';
import type { OrderCommandOf } from '../../libs/domain/order/commands.js';
import type { Instant } from '../../libs/kernel/instant.js';
import { money } from '../../libs/kernel/money.js';
import type { World } from './world.js';

export const BUYER: Caller = { role: 'buyer', id: 'B1' };
export const SUPPLIER: Caller = { role: 'supplier', id: 'S1' };
export const AGENT: Caller = { role: 'agent', id: 'G1' };
export const ARBITRATOR: Caller = { role: 'arbitrator', id: 'A1' };
export const APPEAL: Caller = { role: 'appeal_arbitrator', id: 'A9' };
export const INSPECTOR: Caller = { role: 'inspector', id: 'I1' };
export const PAYMENTS: Caller = { role: 'payments', id: 'pay-service' };
export const LOGISTICS: Caller = { role: 'logistics', id: 'carrier-feed' };
export const RISK: Caller = { role: 'risk', id: 'R1' };
export const CLOCK: Caller = { role: 'clock', id: 'clock' };

/** Cents. */
export const usd = (amount: number) => money(amount, 'USD');

/** `on('03-10')` is nine in the morning, UTC, of that day in 2026. */
export const on = (day: string, time = '09:00'): Instant => `2026-${day}T${time}:00.000Z`;

export const fileHash = (digit: string): string => digit.repeat(64);

/** Ten thousand dollars' worth of umbrellas; the supplier's limit is 7,500, so no award can exceed it (rule 20). */
export const umbrellas: Terms = {
  orderValue: usd(1_000_000),
  coveredAmount: usd(1_000_000),
  shipDate: '2026-03-10',
  coverageType: 'POST_DELIVERY',
  qualitySafeguard: true,
  product: 'Folding umbrellas, 54 cm',
  quantity: { count: 2_000, unit: 'pieces', toleranceBasisPoints: 100 },
  specification: [
    { id: 'colour', aspect: 'COLOUR', text: 'Pantone 2768 C, ΔE ≤ 2', measurable: true },
    { id: 'weight', aspect: 'WEIGHT', text: '310 g to 330 g a piece', measurable: true },
    { id: 'feel', aspect: 'OTHER', text: 'A pleasant handle', measurable: false },
  ],
  packaging: '50 a carton',
  customisation: { kind: 'LOGO', text: 'One colour, 40 mm, on the strap' },
  designFile: fileHash('d'),
  approvedSample: 'Sample 7 of 2025-12-01',
  inspectionPlan: { stage: 'PRE_SHIPMENT', by: 'THIRD_PARTY', note: 'AQL 2.5' },
  initialPayment: usd(800_000),
  balance: usd(200_000),
};

export const shippingOn = (shipDate: string): Terms => ({ ...umbrellas, shipDate });

/** Drafted by the buyer and confirmed by the supplier an hour later. */
export async function contract(
  world: World,
  orderId: string,
  day: string,
  { policyId = 'standard', terms = umbrellas }: { policyId?: string; terms?: Terms } = {},
): Promise<void> {
  world.on(on(day));
  await world.order(orderId, BUYER, {
    type: 'DraftOrder',
    data: {
      orderId,
      buyer: { id: 'B1', name: 'Rainy Day Imports', country: 'US' },
      supplierId: 'S1',
      policyId,
      category: 'GIFTS',
      terms,
      reference: `PO-${orderId}`,
    },
  });
  world.on(on(day, '10:00'));
  await world.order(orderId, SUPPLIER, {
    type: 'ConfirmContract',
    data: { termsHash: termsHash(terms) },
  });
}

type Payment = OrderCommandOf<'RecordPayment'>['data'];

export function payment(
  paymentId: string,
  amount: number,
  more: Partial<Payment> = {},
): OrderCommandOf<'RecordPayment'> {
  return {
    type: 'RecordPayment',
    data: {
      paymentId,
      milestone: 'INITIAL',
      method: 'TELEGRAPHIC_TRANSFER',
      amount: usd(amount),
      payerAccountName: 'Rainy Day Imports LLC',
      payerCountry: 'US',
      ...more,
    },
  };
}

/** Confirmed, and the initial payment made in time. */
export async function paidContract(
  world: World,
  orderId: string,
  day: string,
  options?: Parameters<typeof contract>[3],
): Promise<void> {
  await contract(world, orderId, day, options);
  world.on(on(day, '15:00'));
  await world.order(orderId, PAYMENTS, payment('pay-1', 800_000));
}

export const shipment = (quantity: number): OrderCommandOf<'RecordShipment'> => ({
  type: 'RecordShipment',
  data: { shipmentId: 'ship-1', carrier: 'COSCO', trackingNumber: 'COSU6123456', quantity },
});

/** Whatever is due by now expires, as a scheduler would have it. */
export const expire = (world: World, orderId: string): Promise<void> =>
  world.order(orderId, CLOCK, { type: 'ExpireDeadlines', data: {} });

type Ruling = OrderCommandOf<'IssueDetermination'>['data'];

export const ruling = (fileRevision: string, more: Partial<Ruling> = {}): Ruling => ({
  dispute: 1,
  liability: 10_000,
  remedies: ['PARTIAL_REFUND'],
  reasonCodes: ['NOT_SHIPPED'],
  evidence: [],
  terms: ['SHIP_DATE'],
  fileRevision,
  statement: 'The goods were promised for 10 March and have not left the factory.',
  ...more,
});
