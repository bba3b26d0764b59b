import type { CommandAnswer } from '../engine-client.js';
import type { Cast } from './cast.js';
import type { ExhibitFile } from './exhibits.js';
import { dateAfter, termsOf } from './terms.js';
import { arbitrators, buyers, currencies, products, suppliers, values } from './trade.js';

/** One order of the populated demo: who trades what, and how its people send commands. */
export interface Story {
  readonly index: number;
  readonly orderId: string;
  readonly currency: string;
  /** Minor units. */
  readonly value: number;
  readonly deposit: number;
  readonly arbitrator: string;
  readonly buyerName: string;
  draft(now: string): Promise<unknown>;
  confirm(): Promise<unknown>;
  pay(milestone: 'INITIAL' | 'BALANCE', method?: string): Promise<unknown>;
  /** Sends a verb of the order, as somebody. */
  order(who: Who, verb: string, body: object): Promise<CommandAnswer>;
  /** Sends a verb of its first dispute; `open` opens it. */
  dispute(who: Who, verb: string, body: object): Promise<CommandAnswer>;
  revision(): Promise<string>;
  money(part: number): { readonly amount: number; readonly currency: string };
  /** Hands a file in as evidence in the first dispute, and submits it. */
  submit(
    who: Who,
    kind: string,
    file: ExhibitFile,
    description: string,
    terms?: readonly string[],
  ): Promise<unknown>;
}

interface HandedIn {
  readonly sha256: string;
  readonly size: number;
  readonly mediaType: string;
}

export type Who =
  'buyer' | 'supplier' | 'agent' | 'arbitrator' | 'appeal' | 'payments' | 'logistics' | 'inspector';

export function storyOf(cast: Cast, index: number, policyId = 'standard'): Story {
  const pick = <T>(list: readonly T[], step = 1): T => list[(index * step) % list.length] as T;
  const buyer = pick(buyers);
  const supplier = pick(suppliers);
  const currency = policyId === 'classic' ? 'USD' : pick(currencies);
  const value = pick(values, 3) * 1_000;
  const deposit = Math.round(value * 0.3);
  const { product, category } = pick(products);
  const orderId = `O-${20_000 + index * 7}`;
  const arbitrator = pick(arbitrators);
  const address = `/v1/orders/${orderId}`;
  const people: Readonly<Record<Who, readonly [role: string, id: string]>> = {
    buyer: ['buyer', buyer.id],
    supplier: ['supplier', supplier.id],
    agent: ['agent', 'agent-mori'],
    arbitrator: ['arbitrator', arbitrator],
    appeal: ['appeal_arbitrator', 'appeal-tanaka'],
    payments: ['payments', 'payment-service'],
    logistics: ['logistics', 'carrier-feed'],
    inspector: ['inspector', 'inspector-rao'],
  };
  const as = (who: Who) => cast.as(...people[who]);
  const money = (part: number) => ({ amount: Math.round(part), currency });
  const send = async (who: Who, path: string, body: object): Promise<CommandAnswer> =>
    (await as(who)).send(`${address}/${path}`, body);
  return {
    index,
    orderId,
    currency,
    value,
    deposit,
    arbitrator,
    buyerName: buyer.name,
    money,
    async draft(now) {
      const terms = termsOf({ value, deposit, currency, shipDate: dateAfter(now, 14), product });
      return (await as('buyer')).send('/v1/orders', {
        orderId,
        buyer,
        supplierId: supplier.id,
        policyId,
        category,
        terms,
      });
    },
    async confirm() {
      const { contract } = await (await as('supplier')).get<{ contract: { termsHash: string } }>(address);
      return send('supplier', 'confirm-contract', { termsHash: contract.termsHash });
    },
    pay: (milestone, method = 'TELEGRAPHIC_TRANSFER') =>
      send('payments', 'record-payment', {
        paymentId: `pay-${milestone.toLowerCase()}-${index}`,
        milestone,
        method,
        amount: money(milestone === 'INITIAL' ? deposit : value - deposit),
        payerAccountName: buyer.name,
        payerCountry: buyer.country,
      }),
    order: (who, verb, body) => send(who, verb, body),
    dispute: (who, verb, body) => send(who, verb === 'open' ? 'disputes' : `disputes/1/${verb}`, body),
    revision: async () => (await (await as('agent')).get<{ revision: string }>(address)).revision,
    async submit(who, kind, { bytes, fileName }, description, terms = []) {
      const path = `${address}/disputes/1/evidence-files`;
      const { sha256, size, mediaType } = await (await as(who)).handIn<HandedIn>(path, bytes, fileName);
      return send(who, 'disputes/1/submit-evidence', {
        kind,
        fileName,
        sha256,
        size,
        mediaType,
        description,
        terms,
      });
    },
  };
}
