import { seedPolicies } from '../apps/engine/seed-policies.js';
import type { Application } from '../libs/application/application.js';
import type { OrderCommand } from '../libs/domain/order/commands.js';
import { termsHash } from '../libs/domain/order/contract/decide.js';
import type { Terms } from '../libs/domain/order/contract/terms.js';
import type { Caller } from '../libs/domain/decision.js';
import type { VirtualClock } from '../libs/kernel/clock.js';
import { epochMsOf, instantOf, type Instant } from '../libs/kernel/instant.js';
import { money } from '../libs/kernel/money.js';

export const SUPPLIER: Caller = { role: 'supplier', id: 'S-bench' };
export const PAYMENTS: Caller = { role: 'payments', id: 'payments-bench' };
export const buyerOf = (orderId: string): Caller => ({ role: 'buyer', id: `B-${orderId}` });

const DAY = 86_400_000;
const CONCURRENT = 256;

export const plusDays = (instant: Instant, days: number): Instant =>
  instantOf(epochMsOf(instant) + days * DAY);

/** Terms of 10,000.00 USD with a ship date. */
export function benchTerms(shipDate: string): Terms {
  const usd = (amount: number) => money(amount, 'USD');
  return {
    orderValue: usd(1_000_000),
    coveredAmount: usd(1_000_000),
    shipDate,
    coverageType: 'POST_DELIVERY',
    qualitySafeguard: true,
    product: 'Desk lamps, model Aurora',
    quantity: { count: 500, unit: 'piece', toleranceBasisPoints: 100 },
    specification: [{ id: 'colour', aspect: 'COLOUR', text: 'RAL 5010', measurable: true }],
    initialPayment: usd(300_000),
    balance: usd(700_000),
  };
}

/** Publishes the presets and enrols the supplier that every bench order is with. */
export async function seedSupplier(application: Application): Promise<void> {
  await seedPolicies(application.policies);
  const risk: Caller = { role: 'risk', id: 'risk-bench' };
  const id = SUPPLIER.id;
  const command = async (key: string, sent: Parameters<Application['suppliers']['run']>[0]['command']) =>
    accepted(await application.suppliers.run({ id, command: sent, caller: risk, idempotencyKey: key }));
  await command('enrol', {
    type: 'EnrolSupplier',
    data: { supplierId: id, name: 'Bench Works', country: 'CN' },
  });
  await command('assess', {
    type: 'AssessSupplier',
    data: { tradeHistory: true, qualifications: true, legalStatus: true },
  });
  await command('limit', { type: 'SetAssuranceLimit', data: { limit: money(100_000_000, 'USD') } });
}

/**
 * `count` orders, each with a dispute about late shipment that was opened at `now`: drafted, confirmed, paid and overdue
 * before, by commands on a clock that starts thirty days earlier. Resolves to their ids.
 */
export async function seedDisputes(
  application: Application,
  clock: VirtualClock,
  count: number,
  now: Instant,
  prefix = 'O',
): Promise<string[]> {
  const ids = Array.from({ length: count }, (_, index) => `${prefix}-${index + 1}`);
  const terms = benchTerms(plusDays(now, -10).slice(0, 10));
  await each(ids, async (orderId) => {
    const buyer = buyerOf(orderId);
    const parties = { buyer: { id: buyer.id, name: 'Bench Buyer', country: 'US' }, supplierId: SUPPLIER.id };
    const draft = { orderId, ...parties, policyId: 'standard', category: 'LIGHTING', terms };
    await send(application, orderId, buyer, { type: 'DraftOrder', data: draft });
    await send(application, orderId, SUPPLIER, {
      type: 'ConfirmContract',
      data: { termsHash: termsHash(terms) },
    });
    await send(application, orderId, PAYMENTS, {
      type: 'RecordPayment',
      data: {
        paymentId: 'pay-1',
        milestone: 'INITIAL',
        method: 'TELEGRAPHIC_TRANSFER',
        amount: money(300_000, 'USD'),
        payerAccountName: 'Bench Buyer LLC',
        payerCountry: 'US',
      },
    });
  });
  clock.moveTo(now);
  await each(ids, (orderId) =>
    send(application, orderId, buyerOf(orderId), {
      type: 'OpenDispute',
      data: {
        ground: 'LATE_SHIPMENT',
        claimed: money(300_000, 'USD'),
        statement: 'Nothing has been shipped.',
        terms: ['SHIP_DATE'],
        desiredRemedy: 'FULL_REFUND',
      },
    }),
  );
  return ids;
}

let keys = 0;

export async function send(
  application: Application,
  id: string,
  caller: Caller,
  command: OrderCommand,
): Promise<void> {
  accepted(await application.runOrder({ id, command, caller, idempotencyKey: `seed-${++keys}` }));
}

function accepted(outcome: { kind: string; refusal?: unknown }): void {
  if (outcome.kind !== 'accepted')
    throw new Error(`the seed was refused: ${JSON.stringify(outcome.refusal)}`);
}

/** Runs `work` on every item, a few hundred at a time. */
export async function each<T>(
  items: readonly T[],
  work: (item: T) => Promise<unknown>,
  concurrent = CONCURRENT,
): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: Math.min(concurrent, items.length) }, async () => {
      while (next < items.length) await work(items[next++] as T);
    }),
  );
}
