import { dateAfter, termsOf } from '../../apps/cli/demo/terms.js';
import { pass, type Populated } from './populated.js';

export interface Typed {
  readonly buyerName: string;
  readonly product: string;
  readonly payer: string;
  readonly statement: string;
}

const PLAIN: Typed = {
  buyerName: 'Aurora Interiors',
  product: 'Desk lamps, model Aurora',
  payer: 'Aurora Interiors LLC',
  statement: 'Nothing has been shipped.',
};

/** An order of B-aurora from S-shenzhen-lamps that is late, with a dispute about it that was just opened. Ten days pass. */
export async function lateDispute(
  engine: Populated,
  orderId: string,
  typed: Partial<Typed> = {},
): Promise<void> {
  const { buyerName, product, payer, statement } = { ...PLAIN, ...typed };
  const { cast } = engine;
  const buyer = await cast.as('buyer', 'B-aurora');
  const supplier = await cast.as('supplier', 'S-shenzhen-lamps');
  const payments = await cast.as('payments', 'payment-service');
  const { now } = await supplier.get<{ now: string }>('/v1/present');
  const address = `/v1/orders/${orderId}`;
  const terms = termsOf({ value: 500_000, deposit: 200_000, shipDate: dateAfter(now, 9), product });
  await buyer.send('/v1/orders', {
    orderId,
    buyer: { id: 'B-aurora', name: buyerName, country: 'US' },
    supplierId: 'S-shenzhen-lamps',
    policyId: 'standard',
    category: 'LIGHTING',
    terms,
  });
  const { contract } = await supplier.get<{ contract: { termsHash: string } }>(address);
  await supplier.send(`${address}/confirm-contract`, { termsHash: contract.termsHash });
  await payments.send(`${address}/record-payment`, {
    paymentId: 'pay-1',
    milestone: 'INITIAL',
    method: 'TELEGRAPHIC_TRANSFER',
    amount: { amount: 200_000, currency: 'USD' },
    payerAccountName: payer,
    payerCountry: 'US',
  });
  await pass(engine, 'P10D');
  await buyer.send(`${address}/disputes`, {
    ground: 'LATE_SHIPMENT',
    claimed: { amount: 200_000, currency: 'USD' },
    statement,
    terms: ['SHIP_DATE'],
    desiredRemedy: 'FULL_REFUND',
  });
}
