import fc from 'fast-check';
import { allVerbs } from '../support/all-verbs.js';
import { disputeVerbs, openDisputeVerb } from '../../apps/engine/disputes/dispute-verbs.js';
import { orderVerbs } from '../../apps/engine/orders/order-verbs.js';
import { mayRoleSend, type CommandType } from '../../libs/domain/permissions.js';
import { TOKEN_ROLES } from '../../libs/identity/principal.js';
import type { Role } from '../../libs/domain/vocabulary.js';
import { clientOf, type ApiClient } from '../support/api-client.js';
import { startTestEngine, type TestEngine } from '../support/engine.js';
import {
  confirmed,
  disputed,
  draft,
  openMarketplace,
  paid,
  pass,
  type Marketplace,
} from '../support/marketplace.js';

/** Well-formed, and at the edge of what can be said. */
const EXTREMES: readonly unknown[] = [
  0,
  1,
  Number.MAX_SAFE_INTEGER,
  Number.MIN_SAFE_INTEGER,
  10_000,
  '0001-01-01',
  '9999-12-31',
  '2026-12-31',
  '0000-01-01T00:00:00.000Z',
  '9999-12-31T23:59:59.999Z',
  '1970-01-01T00:00:00.000Z',
  'P9999Y',
  'P0D',
  'PT999999999S',
  'P999999D',
  'BHD',
  'JPY',
  'Pacific/Kiritimati',
  'America/New_York',
  'WORKING',
  'CN',
  'x',
  'O-paid',
  'constructor',
  'toString',
  '__proto__x',
  '\u{1F4A9}',
  '\u202e',
  [],
  {},
  null,
  true,
  false,
];

const COLLECTION: Readonly<Record<string, string>> = {
  DraftOrder: '/v1/orders',
  EnrolSupplier: '/v1/suppliers',
  DraftPolicy: '/v1/policies',
  AccreditInspector: '/v1/inspectors',
};

describe('Whatever is well-formed is decided or refused, never a failure of the engine', () => {
  let engine: TestEngine;
  let market: Marketplace;
  const clients = new Map<Role, ApiClient>();
  beforeAll(async () => {
    engine = await startTestEngine();
    market = await openMarketplace(engine);
    for (const role of TOKEN_ROLES) {
      const name = ({ buyer: 'B1', supplier: 'S1', arbitrator: 'A1' } as Partial<Record<Role, string>>)[role];
      clients.set(role, await clientOf(engine, role, name ?? `${role}-1`));
    }
    await market.buyer.done('/v1/orders', draft('O-draft'));
    await disputed(market, 'O-disputed');
    await disputed(market, 'O-judged');
    await pass(market, 'P5D');
    await market.agent.done('/v1/orders/O-judged/disputes/1/assign-arbitrator', { arbitrator: 'A1' });
    await confirmed(market, 'O-confirmed');
    await paid(market, 'O-paid');
    await paid(market, 'O-shipped');
    await market.supplier.done('/v1/orders/O-shipped/record-shipment', { shipmentId: 'S', carrier: 'C' });
  });
  afterAll(() => engine.stop());

  const ORDERS = ['O-draft', 'O-confirmed', 'O-paid', 'O-shipped', 'O-disputed', 'O-judged'];
  const targets = [
    ...allVerbs
      .filter(({ verb }) => ['draft', 'create', 'enrol', 'accredit'].includes(verb))
      .map(({ command, example }) => ({ command, path: COLLECTION[command] ?? '', example })),
    ...ORDERS.flatMap((orderId) => [
      ...orderVerbs.map(({ command, verb, example }) => ({
        command,
        path: `/v1/orders/${orderId}/${verb}`,
        example,
      })),
      { ...openDisputeVerb, path: `/v1/orders/${orderId}/disputes` },
      ...disputeVerbs.map(({ command, verb, example }) => ({
        command,
        path: `/v1/orders/${orderId}/disputes/1/${verb}`,
        example,
      })),
    ]),
  ];

  it('however extreme its values are, and in whatever state the order is', async () => {
    const request = fc.record({
      target: fc.constantFrom(...targets),
      sender: fc.nat(),
      changes: fc.array(fc.record({ at: fc.nat(), value: fc.constantFrom(...EXTREMES) }), { maxLength: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(request, async ({ target, sender, changes }) => {
        const roles = TOKEN_ROLES.filter((role) => mayRoleSend(role, target.command as CommandType));
        const role = roles[sender % roles.length] as Role;
        const { status, text } = await (clients.get(role) as ApiClient).post(
          target.path,
          changed(target.example, changes),
        );
        if (status >= 500) throw new Error(`${status} ${text}`);
      }),
      { numRuns: 4_000 },
    );
    expect((await fetch(`${engine.url}/health/ready`)).status).toBe(200);
  }, 300_000);
});

function changed(
  example: object,
  changes: readonly { readonly at: number; readonly value: unknown }[],
): object {
  const body = structuredClone(example) as Record<string, unknown>;
  for (const { at, value } of changes) {
    const places = placesIn(body);
    const place = places[at % Math.max(1, places.length)];
    if (place !== undefined) place.owner[place.key] = structuredClone(value);
  }
  return body;
}

type Json = Record<string, unknown>;
function placesIn(owner: Json): { readonly owner: Json; readonly key: string }[] {
  return Object.entries(owner).flatMap(([key, child]) => [
    { owner, key },
    ...(typeof child === 'object' && child !== null ? placesIn(child as Json) : []),
  ]);
}
