import { clientOf, type Answer, type ApiClient } from './api-client.js';
import type { TestEngine } from './engine.js';

export const usd = (dollars: number) => ({ amount: dollars * 100, currency: 'USD' });

/** Everyone who acts in an order between buyer B1 and supplier S1. */
export interface Marketplace {
  readonly buyer: ApiClient;
  readonly supplier: ApiClient;
  readonly agent: ApiClient;
  readonly arbitrator: ApiClient;
  readonly payments: ApiClient;
  readonly logistics: ApiClient;
  readonly risk: ApiClient;
  readonly auditor: ApiClient;
}

/** Clients for everyone, and a supplier S1 that may be covered up to 9,000 dollars. */
export async function openMarketplace(engine: TestEngine): Promise<Marketplace> {
  const risk = await clientOf(engine, 'risk', 'R1');
  await risk.done('/v1/suppliers', { supplierId: 'S1', name: 'Blue River Textiles', country: 'CN' });
  await risk.done('/v1/suppliers/S1/assess', { tradeHistory: true, qualifications: true, legalStatus: true });
  await risk.done('/v1/suppliers/S1/set-assurance-limit', { limit: usd(9_000) });
  return {
    risk,
    buyer: await clientOf(engine, 'buyer', 'B1'),
    supplier: await clientOf(engine, 'supplier', 'S1'),
    agent: await clientOf(engine, 'agent', 'G1'),
    arbitrator: await clientOf(engine, 'arbitrator', 'A1'),
    payments: await clientOf(engine, 'payments', 'P1'),
    logistics: await clientOf(engine, 'logistics', 'L1'),
    auditor: await clientOf(engine, 'auditor', 'U1'),
  };
}

/** Terms of an order of 10,000 dollars, 3,000 of it in advance, to be shipped by the end of 2026. */
export const terms = {
  orderValue: usd(10_000),
  coveredAmount: usd(7_500),
  shipDate: '2026-12-31',
  coverageType: 'POST_DELIVERY',
  qualitySafeguard: true,
  product: 'Canvas tote bag',
  quantity: { count: 5_000, unit: 'piece', toleranceBasisPoints: 100 },
  specification: [{ id: 'colour', aspect: 'COLOUR', text: 'RAL 5010', measurable: true }],
  initialPayment: usd(3_000),
  balance: usd(7_000),
};

/** The same terms, to be shipped nine days from the engine's now. */
export async function termsOfToday(market: Marketplace): Promise<typeof terms> {
  const { now } = (await market.agent.get('/v1/test-clock')).body as { now: string };
  return { ...terms, shipDate: new Date(Date.parse(now) + 9 * 86_400_000).toISOString().slice(0, 10) };
}

export const draft = (orderId: string, over: object = {}) => ({
  orderId,
  buyer: { id: 'B1', name: 'Harbour Retail', country: 'US' },
  supplierId: 'S1',
  policyId: 'standard',
  category: 'APPAREL',
  terms,
  ...over,
});

export const payment = {
  paymentId: 'P-1',
  milestone: 'INITIAL',
  method: 'TELEGRAPHIC_TRANSFER',
  amount: usd(3_000),
  payerAccountName: 'Harbour Retail LLC',
  payerCountry: 'US',
};

export const claim = {
  ground: 'LATE_SHIPMENT',
  claimed: usd(3_000),
  statement: 'Nothing has been shipped.',
  terms: [],
  desiredRemedy: 'FULL_REFUND',
};

/** An order that is drafted and confirmed. */
export async function confirmed(market: Marketplace, orderId: string, over: object = {}): Promise<Answer> {
  await market.buyer.done('/v1/orders', draft(orderId, { terms: await termsOfToday(market), ...over }));
  const { contract } = (await market.supplier.get(`/v1/orders/${orderId}`)).body;
  return market.supplier.done(`/v1/orders/${orderId}/confirm-contract`, { termsHash: contract.termsHash });
}

/** An order that is confirmed, and paid in advance. */
export async function paid(market: Marketplace, orderId: string, over: object = {}): Promise<Answer> {
  await confirmed(market, orderId, over);
  return market.payments.done(`/v1/orders/${orderId}/record-payment`, payment);
}

/** Moves the virtual clock, and waits until everything that fell due meanwhile has happened. */
export const pass = (market: Marketplace, by: string): Promise<Answer> =>
  market.agent.done('/v1/test-clock/advance', { by });

/** A paid order whose ship date has passed, with a dispute about it that was just opened. */
export async function disputed(market: Marketplace, orderId: string, over: object = {}): Promise<Answer> {
  await paid(market, orderId, over);
  await pass(market, 'P10D');
  return market.buyer.done(`/v1/orders/${orderId}/disputes`, claim);
}

/** Types of an order's events, first to last. */
export async function historyOf(market: Marketplace, orderId: string): Promise<readonly RecordedView[]> {
  const events: RecordedView[] = [];
  for (let after = ''; ;) {
    const { body } = await market.auditor.get(`/v1/orders/${orderId}/events?limit=1000${after}`);
    events.push(...body.items);
    if (body.nextCursor === null) return events;
    after = `&after=${body.nextCursor}`;
  }
}

export interface RecordedView {
  readonly type: string;
  readonly revision: string;
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly data: any;
  readonly metadata: {
    readonly occurredAt: string;
    readonly recordedAt: string;
    readonly actor: { readonly role: string };
  };
}
