import { disputeVerbs } from '../../apps/engine/disputes/dispute-verbs.js';
import { orderVerbs } from '../../apps/engine/orders/order-verbs.js';
import { startTestEngine, type TestEngine } from '../support/engine.js';
import { clientOf } from '../support/api-client.js';
import {
  claim,
  confirmed,
  disputed,
  draft,
  historyOf,
  openMarketplace,
  paid,
  pass,
  payment,
  termsOfToday,
  usd,
  type Marketplace,
} from '../support/marketplace.js';

describe('An order over HTTP', () => {
  let engine: TestEngine;
  let market: Marketplace;
  beforeAll(async () => {
    engine = await startTestEngine();
    market = await openMarketplace(engine);
  });
  afterAll(() => engine.stop());

  const order = async (id: string) => (await market.auditor.get(`/v1/orders/${id}`)).body;

  it('goes from draft to refund and recovery, and its money balances after every step (rules 4 to 30)', async () => {
    const at = '/v1/orders/O-refund';
    await disputed(market, 'O-refund');
    await market.supplier.done(`${at}/disputes/1/respond`, {
      response: 'REJECT',
      statement: 'The dye house was closed.',
      reasonCodes: ['INSUFFICIENT_EVIDENCE'],
    });
    await market.buyer.done(`${at}/disputes/1/escalate`);
    await market.agent.done(`${at}/disputes/1/assign-arbitrator`, { arbitrator: 'A1' });
    const { revision } = await order('O-refund');
    await market.arbitrator.done(`${at}/disputes/1/issue-determination`, {
      liability: 8_000,
      remedies: ['PARTIAL_REFUND'],
      reasonCodes: ['NOT_SHIPPED'],
      evidence: [],
      terms: ['SHIP_DATE'],
      fileRevision: revision,
      statement: 'Not shipped by the promised day, nor since.',
    });
    const { body: final } = await pass(market, 'P15D');
    expect(final.fired).toContainEqual(expect.objectContaining({ orderId: 'O-refund' }));
    expect((await order('O-refund')).funds).toMatchObject({ received: 300_000, held: 300_000, refunded: 0 });

    const { refundId } = (await order('O-refund')).funds.refunds[0];
    await market.payments.done(`${at}/record-refund`, {
      refundId,
      outcome: 'FAILED',
      amount: usd(2_400),
      reason: 'Account closed',
    });
    await market.payments.done(`${at}/retry-refund`, { refundId });
    const { body: issued } = await market.payments.done(`${at}/record-refund`, {
      refundId,
      outcome: 'ISSUED',
      amount: usd(2_400),
    });
    expect(issued.events.map(({ type }: { type: string }) => type)).toEqual(
      expect.arrayContaining(['RefundIssued', 'RecoveryDemanded']),
    );
    const { funds, recoveries, disputes } = await order('O-refund');
    expect(funds).toMatchObject({ refunded: 240_000 });
    expect(funds.held + funds.released + funds.refunded + funds.chargedBack).toBe(funds.received);
    expect(recoveries).toMatchObject([{ amount: 240_000, state: 'OWED' }]);
    expect(disputes[0].closed).toMatchObject({ outcome: 'PARTIALLY_REFUNDED', award: 240_000 });
    await market.payments.done(`${at}/record-recovery`, {
      recoveryId: recoveries[0].recoveryId,
      amount: usd(2_400),
    });
    expect((await order('O-refund')).recoveries).toMatchObject([{ outstanding: 0, state: 'PAID' }]);
  });

  it('is settled by an offer that the other party accepts (rule 25)', async () => {
    const at = '/v1/orders/O-settled/disputes/1';
    await disputed(market, 'O-settled');
    await market.supplier.done(`${at}/respond`, {
      response: 'COUNTER',
      statement: 'Half of it, and we ship on Friday.',
      offer: { remedies: ['PARTIAL_REFUND'], amount: usd(1_500) },
    });
    const own = await market.supplier.post(`${at}/accept-settlement`, { offer: 1 });
    expect(own).toMatchObject({
      status: 403,
      body: { code: 'SETTLEMENT.OWN_OFFER', errors: [{ rule: 25 }] },
    });
    const { body } = await market.buyer.done(`${at}/accept-settlement`, { offer: 1 });
    expect(body).toMatchObject({ dispute: 1, disputeStatus: 'CLOSED' });
    expect((await order('O-settled')).funds.refunds).toMatchObject([
      { amount: 150_000, state: 'INSTRUCTED' },
    ]);
  });

  it('is delivered, received and completed, and the money is released (rules 10 and 22)', async () => {
    const at = '/v1/orders/O-happy';
    await paid(market, 'O-happy');
    await market.payments.done(`${at}/record-payment`, {
      ...payment,
      paymentId: 'P-2',
      milestone: 'BALANCE',
      amount: usd(7_000),
    });
    await market.supplier.done(`${at}/record-shipment`, { shipmentId: 'SH-1', carrier: 'Ocean Star' });
    await market.logistics.done(`${at}/record-customs-clearance`, { reference: 'ENTRY-1' });
    await market.buyer.done(`${at}/confirm-receipt`, { quantity: 5_000 });
    await pass(market, 'P30D');
    const { status, funds } = await order('O-happy');
    expect(status).toBe('COMPLETED');
    expect(funds.releases).toMatchObject([{ amount: 1_000_000, state: 'INSTRUCTED' }]);
    await market.payments.done(`${at}/record-release`, {
      releaseId: funds.releases[0].releaseId,
      amount: usd(10_000),
    });
    await market.buyer.done(`${at}/leave-feedback`, { rating: 5, text: 'As agreed.' });
    expect((await order('O-happy')).funds).toMatchObject({ held: 0, released: 1_000_000 });
  });

  it('is cancelled when nobody pays (PaymentDue)', async () => {
    await confirmed(market, 'O-unpaid');
    await pass(market, 'P7D');
    expect((await order('O-unpaid')).status).toBe('CANCELLED');
    expect((await historyOf(market, 'O-unpaid')).at(-1)?.metadata.actor.role).toBe('clock');
  });

  it('names every broken rule of a refused command, with its number (rule 21)', async () => {
    await paid(market, 'O-early');
    const { status, body } = await market.buyer.post('/v1/orders/O-early/disputes', {
      ...claim,
      claimed: usd(20_000),
    });
    expect(status).toBe(422);
    expect(body.errors.length).toBeGreaterThan(1);
    expect(body.errors.every(({ rule }: { rule: number }) => rule > 0)).toBe(true);
    expect((await order('O-early')).disputes).toEqual([]);
  });

  it('is confirmed only by the party that did not propose the terms, and only those that it has read (rule 4)', async () => {
    const at = '/v1/orders/O-terms';
    await market.buyer.done('/v1/orders', draft('O-terms', { terms: await termsOfToday(market) }));
    const { termsHash } = (await order('O-terms')).contract;
    expect((await market.buyer.post(`${at}/confirm-contract`, { termsHash })).status).toBe(403);
    await market.supplier.done(`${at}/propose-terms`, {
      terms: { ...(await termsOfToday(market)), product: 'Another bag' },
    });
    const stale = await market.buyer.post(`${at}/confirm-contract`, { termsHash });
    expect(stale).toMatchObject({ status: 409, body: { code: 'CONTRACT.TERMS_CHANGED' } });
    const { contract } = await order('O-terms');
    const { body } = await market.buyer.done(`${at}/confirm-contract`, { termsHash: contract.termsHash });
    expect(body.status).toBe('CONFIRMED');
  });

  it('keeps the policy version that it was confirmed under (rule 4)', async () => {
    const admin = await clientOf(engine, 'policy_admin', 'PA1');
    const other = await clientOf(engine, 'policy_admin', 'PA2');
    const { parameters } = (await admin.get('/v1/policies/standard')).body.versions[0];
    await admin.done('/v1/policies', { policyId: 'quick', title: 'Quick', parameters });
    await other.done('/v1/policies/quick/publish', { version: 1 });
    await disputed(market, 'O-policy', { policyId: 'quick' });
    await admin.done('/v1/policies/quick/draft', {
      title: 'Quicker',
      parameters: { ...parameters, supplierResponse: 'P1D' },
    });
    const same = await admin.post('/v1/policies/quick/publish', { version: 2 });
    expect(same).toMatchObject({ status: 403, body: { code: 'POLICY.SECOND_ADMIN_NEEDED' } });
    await other.done('/v1/policies/quick/publish', { version: 2 });
    await pass(market, 'P2D');
    expect((await order('O-policy')).disputes[0].status).toBe('AWAITING_SUPPLIER');
    expect((await order('O-policy')).contract.confirmed).toMatchObject({ policyVersion: 1 });
  });

  it('links to exactly what the caller may do, and nothing else is accepted', async () => {
    await disputed(market, 'O-links');
    const everything = [
      ...orderVerbs.map(({ verb, example }) => ({ href: `/v1/orders/O-links/${verb}`, example })),
      ...disputeVerbs.map(({ verb, example }) => ({
        href: `/v1/orders/O-links/disputes/1/${verb}`,
        example,
      })),
    ];
    for (const client of [market.supplier, market.agent, market.payments, market.arbitrator]) {
      const linked = new Set(
        (await client.get('/v1/orders/O-links')).body.links.map(({ href }: { href: string }) => href),
      );
      for (const { href, example } of everything) {
        if (linked.has(href)) continue;
        const { status } = await client.post(href, example);
        if (status < 400 || status >= 500)
          throw new Error(`${href} is not linked, and was answered with ${status}`);
      }
      const after = (await client.get('/v1/orders/O-links')).body;
      expect(new Set(after.links.map(({ href }: { href: string }) => href))).toEqual(linked);
    }
  });
});
