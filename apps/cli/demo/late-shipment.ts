import type { CommandAnswer } from '../engine-client.js';
import type { Cast } from './cast.js';
import { dateAfter, termsOf } from './terms.js';

export interface Narrator {
  /** One step of the story: what happens, and what the engine recorded. */
  step(what: string, answer?: CommandAnswer | readonly string[]): void;
}

export const STORY = {
  orderId: 'O-demo-1',
  buyer: 'B-aurora',
  supplier: 'S-shenzhen-lamps',
  arbitrator: 'arbitrator-lindqvist',
} as const;

/** A late shipment from enrolment to refund and recovery, by commands over HTTP, on the virtual clock. */
export async function playLateShipment(cast: Cast, say: Narrator): Promise<void> {
  const risk = await cast.as('risk', 'risk-desk');
  const buyer = await cast.as('buyer', STORY.buyer);
  const supplier = await cast.as('supplier', STORY.supplier);
  const payments = await cast.as('payments', 'payment-service');
  const agent = await cast.as('agent', 'agent-mori');
  const arbitrator = await cast.as('arbitrator', STORY.arbitrator);
  const clock = await cast.as('agent', 'agent-mori');
  const order = `/v1/orders/${STORY.orderId}`;
  const dispute = `${order}/disputes/1`;
  const usd = (amount: number) => ({ amount: amount * 100, currency: 'USD' });

  const pass = async (by: string, what: string) => {
    const before = (await agent.get<{ revision: string }>(order)).revision;
    await clock.send('/v1/test-clock/advance', { by });
    const events = await agent.get<{ items: { type: string; revision: string }[] }>(
      `${order}/events?after=${before}`,
    );
    say.step(
      what,
      events.items.map(({ type }) => type),
    );
  };

  say.step(
    'Risk enrols the supplier, finds it qualified, and sets its assurance limit to 7,500.00 USD (rule 1).',
    await risk.send('/v1/suppliers', {
      supplierId: STORY.supplier,
      name: 'Shenzhen Lamp Works',
      country: 'CN',
    }),
  );
  await risk.send(`/v1/suppliers/${STORY.supplier}/assess`, {
    tradeHistory: true,
    qualifications: true,
    legalStatus: true,
  });
  await risk.send(`/v1/suppliers/${STORY.supplier}/set-assurance-limit`, { limit: usd(7_500) });

  const { now } = await agent.get<{ now: string }>('/v1/test-clock');
  const terms = termsOf({
    value: 1_000_000,
    deposit: 300_000,
    shipDate: dateAfter(now, 21),
    product: 'Desk lamps, model Aurora',
  });
  say.step(
    'The buyer drafts an order over 10,000.00 USD, 3,000.00 of it in advance, to be shipped in 21 days (rules 4 and 5).',
    await buyer.send('/v1/orders', {
      orderId: STORY.orderId,
      buyer: { id: STORY.buyer, name: 'Aurora Interiors', country: 'US' },
      supplierId: STORY.supplier,
      policyId: 'standard',
      category: 'LIGHTING',
      terms,
    }),
  );
  const { termsHash } = (await supplier.get<{ contract: { termsHash: string } }>(order)).contract;
  say.step(
    'The supplier confirms: terms, policy version and limit are frozen, and what makes the contract weak is recorded (rules 4 and 6).',
    await supplier.send(`${order}/confirm-contract`, { termsHash }),
  );
  say.step(
    'The initial payment of 3,000.00 USD arrives by telegraphic transfer and is held in escrow (rules 8 to 10).',
    await payments.send(`${order}/record-payment`, {
      paymentId: 'pay-1',
      milestone: 'INITIAL',
      method: 'TELEGRAPHIC_TRANSFER',
      amount: usd(3_000),
      payerAccountName: 'Aurora Interiors LLC',
      payerCountry: 'US',
    }),
  );
  await pass('P22D', 'Twenty-two days pass and nothing is shipped: the promised date passes (rule 15).');
  say.step(
    'The buyer opens a dispute about the late shipment and claims 3,000.00 USD; what is held is frozen (rules 10, 20 and 21).',
    await buyer.send(`${order}/disputes`, {
      ground: 'LATE_SHIPMENT',
      claimed: usd(3_000),
      statement: 'The lamps were promised for our opening. They have not been shipped and nobody answers.',
      terms: ['SHIP_DATE'],
      desiredRemedy: 'FULL_REFUND',
    }),
  );
  await pass('P5D', 'Five days of silence: the case escalates by itself, at the very instant (rule 23).');
  say.step(
    'An agent assigns an arbitrator who has no part in the case (rule 26).',
    await agent.send(`${dispute}/assign-arbitrator`, { arbitrator: STORY.arbitrator }),
  );
  say.step(
    'The arbitrator asks the supplier for proof of shipment (rule 26).',
    await arbitrator.send(`${dispute}/request-evidence`, {
      from: 'supplier',
      kinds: ['SHIPPING_DOCUMENT'],
      question: 'Has anything been handed to a carrier, and when?',
    }),
  );
  await pass(
    'P5D',
    'The supplier stays silent: the request is missed, and the case is decided on the file (rule 26).',
  );
  const { revision } = await arbitrator.get<{ revision: string }>(order);
  say.step(
    'The arbitrator finds the supplier liable for 80 %: an award of 2,400.00 USD (rules 20 and 27).',
    await arbitrator.send(`${dispute}/issue-determination`, {
      liability: 8_000,
      remedies: ['PARTIAL_REFUND'],
      reasonCodes: ['NOT_SHIPPED'],
      evidence: [],
      terms: ['SHIP_DATE'],
      fileRevision: revision,
      statement:
        'The promised date has passed, nothing was shipped, and the supplier gave no account. A fifth is left for the tooling that was delivered.',
    }),
  );
  await pass(
    'P15D',
    'Nobody appeals within 15 days: the determination becomes final and the money moves (rule 28).',
  );
  const refund = { refundId: 'refund-1', amount: usd(2_400) };
  say.step(
    'The payment service reports that the first transfer bounced; the failure stays visible (rule 13).',
    await payments.send(`${order}/record-refund`, {
      ...refund,
      outcome: 'FAILED',
      reason: 'Beneficiary account closed',
    }),
  );
  say.step(
    'The refund is tried again.',
    await payments.send(`${order}/retry-refund`, { refundId: 'refund-1' }),
  );
  say.step(
    'This time it goes through: refund issued, and only now the supplier owes it (rules 11 and 30).',
    await payments.send(`${order}/record-refund`, { ...refund, outcome: 'ISSUED', reference: 'TT-2291' }),
  );
  await pass(
    'P30D',
    'Thirty days later the recovery is overdue, and the supplier is suspended for review (rule 30).',
  );
}
