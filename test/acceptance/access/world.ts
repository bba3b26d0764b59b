import { clientOf, type ApiClient } from '../../support/api-client.js';
import type { TestEngine } from '../../support/engine.js';
import { png, sha256Of } from '../../support/evidence-samples.js';
import { handingIn } from '../../support/hand-in.js';
import { draft, openMarketplace, pass, payment, termsOfToday, usd } from '../../support/marketplace.js';
import type { Role } from '../../../libs/domain/vocabulary.js';

/** Who acts in an order. */
export interface Cast {
  readonly buyer: string;
  readonly buyerName: string;
  readonly supplier: string;
  readonly inspector: string;
  readonly arbitrator: string;
  readonly appeal: string;
}

/** Those whose tokens are tried out, and strangers to them. */
export const OWN: Cast = {
  buyer: 'B1',
  buyerName: 'Harbour Retail',
  supplier: 'S1',
  inspector: 'I1',
  arbitrator: 'A1',
  appeal: 'X1',
};
export const FOREIGN: Cast = {
  buyer: 'B2',
  buyerName: 'Quayside Traders',
  supplier: 'S2',
  inspector: 'I2',
  arbitrator: 'A2',
  appeal: 'X2',
};

/** Under whose name each role has its token. */
export const nameOf = (role: Role): string =>
  ({
    buyer: OWN.buyer,
    supplier: OWN.supplier,
    inspector: OWN.inspector,
    arbitrator: OWN.arbitrator,
    appeal_arbitrator: OWN.appeal,
  })[role as string] ?? `${role}-1`;

/** Dispute 1 is before the arbitrator; dispute 2, before the arbitrator of its appeal. */
export const disputeOf = (role: Role): number => (role === 'appeal_arbitrator' ? 2 : 1);

/** In both disputes: what the buyer shows everyone, what the supplier has sealed, and the inspector's. */
export const EVIDENCE = { buyers: 1, sealed: 2, inspectors: 3, missing: 9 } as const;
export const SEALED = {
  bytes: png('what the supplier pays'),
  fileName: 'price-list.png',
  description: 'what canvas costs us',
};

export interface World {
  /** Orders with all that can be asked for, ready to be disputed about. All of one call pass their time together. */
  furnish(orders: readonly FurnishedOrder[]): Promise<void>;
}

export interface FurnishedOrder {
  readonly orderId: string;
  readonly cast: Cast;
  /** With its evidence handed in and submitted. */
  readonly exhibits: boolean;
}

export async function openWorld(engine: TestEngine): Promise<World> {
  const market = await openMarketplace(engine);
  const { risk, agent, payments } = market;
  const as = (role: Role, name: string) => clientOf(engine, role, name);
  await risk.done('/v1/suppliers', { supplierId: FOREIGN.supplier, name: 'Red Hill Mills', country: 'CN' });
  await risk.done('/v1/suppliers/S2/assess', { tradeHistory: true, qualifications: true, legalStatus: true });
  await risk.done('/v1/suppliers/S2/set-assurance-limit', { limit: usd(9_000) });
  for (const inspectorId of [OWN.inspector, FOREIGN.inspector])
    await risk.done('/v1/inspectors', { inspectorId, name: 'Delta', fields: ['TEXTILES'] });

  const agree = async ({ orderId, cast }: FurnishedOrder) => {
    const [buyer, supplier] = [await as('buyer', cast.buyer), await as('supplier', cast.supplier)];
    const at = `/v1/orders/${orderId}`;
    const drafted = draft(orderId, {
      buyer: { id: cast.buyer, name: cast.buyerName, country: 'US' },
      supplierId: cast.supplier,
      terms: await termsOfToday(market),
    });
    await buyer.done('/v1/orders', drafted);
    const { termsHash } = (await buyer.get(at)).body.contract;
    await supplier.done(`${at}/confirm-contract`, { termsHash });
    await payments.done(`${at}/record-payment`, { ...payment, payerAccountName: cast.buyerName });
    await buyer.done(`${at}/book-inspection`, {
      inspectionId: 'IN-1',
      stage: 'POST_DELIVERY',
      by: 'THIRD_PARTY',
      inspectorId: cast.inspector,
    });
    for (const inspectionId of ['IN-2', 'IN-3'])
      await buyer.done(`${at}/book-inspection`, { inspectionId, stage: 'PRE_SHIPMENT', by: 'BUYER' });
  };

  const dispute = async ({ orderId, cast, exhibits }: FurnishedOrder) => {
    const [buyer, supplier] = [await as('buyer', cast.buyer), await as('supplier', cast.supplier)];
    const at = `/v1/orders/${orderId}/disputes`;
    const claim = {
      claimed: usd(1_000),
      statement: `${cast.buyerName} waits.`,
      desiredRemedy: 'FULL_REFUND',
    };
    await buyer.done(at, { ...claim, ground: 'LATE_SHIPMENT', terms: [] });
    await buyer.done(at, { ...claim, ground: 'QUALITY', terms: ['colour'] });
    const conforms = { statement: 'All is well.', reasonCodes: ['GOODS_CONFORM'] };
    for (const number of [1, 2]) {
      await supplier.done(`${at}/${number}/respond`, { response: 'REJECT', ...conforms });
      await buyer.done(`${at}/${number}/escalate`);
      await agent.done(`${at}/${number}/assign-arbitrator`, { arbitrator: cast.arbitrator });
    }
    const ruling = {
      ...conforms,
      liability: 0,
      remedies: ['NOTHING'],
      evidence: [],
      terms: ['colour'],
      fileRevision: '5',
    };
    await (await as('arbitrator', cast.arbitrator)).done(`${at}/2/issue-determination`, ruling);
    await buyer.done(`${at}/2/lodge-appeal`, { statement: 'The report came too late.' });
    await agent.done(`${at}/2/assign-arbitrator`, { arbitrator: cast.appeal });
    for (const number of exhibits ? [1, 2] : []) await exhibit(`${at}/${number}`, cast);
  };

  const exhibit = async (at: string, cast: Cast) => {
    const submit = async (client: ApiClient, token: string, bytes: Buffer, more: object) => {
      await handingIn(engine.url, token, `${at}/evidence-files`).send(bytes);
      const size = bytes.length;
      const file = { kind: 'PHOTO', sha256: sha256Of(bytes), size, mediaType: 'image/png' };
      await client.done(`${at}/submit-evidence`, { ...file, ...more });
    };
    const [buyer, supplier, inspector] = [
      ['buyer', cast.buyer],
      ['supplier', cast.supplier],
      ['inspector', cast.inspector],
    ] as const;
    await submit(await as(...buyer), await engine.token(...buyer), png('lamps'), { fileName: 'lamps.png' });
    const { bytes, fileName, description } = SEALED;
    await submit(await as(...supplier), await engine.token(...supplier), bytes, {
      fileName,
      description,
      sealedTo: ['supplier'],
    });
    await submit(await as(...inspector), await engine.token(...inspector), png('report'), {
      fileName: 'report.png',
    });
  };

  return {
    async furnish(orders) {
      for (const order of orders) await agree(order);
      await pass(market, 'P10D');
      for (const order of orders) await dispute(order);
    },
  };
}
