/** Bodies that belong to one order, so that whoever tries them one after another sees it go its way. */

export const usd = (amount: number) => ({ amount, currency: 'USD' });

export const SHA256 = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';

export const terms = {
  orderValue: usd(1_000_000),
  coveredAmount: usd(1_000_000),
  shipDate: '2026-03-31',
  coverageType: 'POST_DELIVERY',
  qualitySafeguard: true,
  product: 'Canvas tote bag, 38 × 42 cm, with print',
  quantity: { count: 5_000, unit: 'piece', toleranceBasisPoints: 100 },
  specification: [
    { id: 'colour', aspect: 'COLOUR', text: 'RAL 5010, ΔE below 1.5', measurable: true },
    { id: 'weight', aspect: 'WEIGHT', text: '340 to 360 g/m²', measurable: true },
  ],
  packaging: '50 a carton, polybag each',
  customisation: { kind: 'PRINT', text: 'One-colour screen print, 20 × 20 cm' },
  inspectionPlan: { stage: 'PRE_SHIPMENT', by: 'THIRD_PARTY' },
  initialPayment: usd(300_000),
  balance: usd(700_000),
};

export const draftOrder = {
  orderId: 'O-1001',
  buyer: { id: 'B1', name: 'Harbour Retail', country: 'US' },
  supplierId: 'S1',
  policyId: 'standard',
  category: 'APPAREL',
  terms,
  reference: 'PO-77812',
};
