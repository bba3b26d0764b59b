import { startTestEngine, type TestEngine } from '../support/engine.js';
import { clientOf, clientWith, type ApiClient } from '../support/api-client.js';
import { disputeVerbs, openDisputeVerb } from '../../apps/engine/disputes/dispute-verbs.js';
import { orderVerbs } from '../../apps/engine/orders/order-verbs.js';
import { disputed, draft, openMarketplace, termsOfToday, type Marketplace } from '../support/marketplace.js';

describe('Who may see and do what', () => {
  let engine: TestEngine;
  let market: Marketplace;
  let strangers: readonly ApiClient[];
  beforeAll(async () => {
    engine = await startTestEngine();
    market = await openMarketplace(engine);
    await disputed(market, 'O-1');
    strangers = await Promise.all([
      clientOf(engine, 'buyer', 'B2'),
      clientOf(engine, 'supplier', 'S2'),
      // The same id in the other role is another party.
      clientOf(engine, 'buyer', 'S1'),
      clientOf(engine, 'supplier', 'B1'),
      clientOf(engine, 'inspector', 'I9'),
    ]);
  });
  afterAll(() => engine.stop());

  const withoutNames = (text: string) =>
    JSON.parse(text.replaceAll('O-missing', 'O-1'), (name, value: unknown) =>
      name === 'traceId' ? '' : value,
    );

  test.each([
    ...['', '/events', '/timeline', '?revision=1', '?at=2026-03-05T00:00:00.000Z'].map(
      (rest) => `/v1/orders/O-1${rest}`,
    ),
    '/v1/case-files/O-1/1',
  ])('GET %s: what one may not see looks exactly like what is not there', async (path) => {
    for (const stranger of strangers) {
      const hidden = await stranger.get(path);
      const missing = await stranger.get(path.replace('O-1', 'O-missing'));
      expect(hidden.status).toBe(404);
      expect(withoutNames(hidden.text)).toEqual(withoutNames(missing.text));
      expect([...hidden.headers.keys()]).toEqual([...missing.headers.keys()]);
    }
    expect((await market.buyer.get(path)).status).toBe(200);
  });

  test.each([
    ...orderVerbs.map(({ verb, example }) => [`/v1/orders/O-1/${verb}`, example] as const),
    ['/v1/orders/O-1/disputes', openDisputeVerb.example] as const,
    ...disputeVerbs.map(({ verb, example }) => [`/v1/orders/O-1/disputes/1/${verb}`, example] as const),
  ])('POST %s: neither can it be touched', async (path, example) => {
    for (const stranger of strangers) {
      const hidden = await stranger.post(path, example);
      const missing = await stranger.post(path.replace('O-1', 'O-missing'), example);
      expect(hidden.status).toBe(404);
      expect(withoutNames(hidden.text)).toEqual(withoutNames(missing.text));
    }
  });

  it('lists hold one’s own only, whatever is asked for', async () => {
    for (const stranger of strangers) {
      for (const list of ['/v1/orders', '/v1/case-files', '/v1/worklist']) {
        expect((await stranger.get(list)).body.items).toEqual([]);
        expect((await stranger.get(`${list}?buyer=B1`)).body.items).toEqual([]);
        expect((await stranger.get(`${list}?supplier=S1`)).body.items).toEqual([]);
      }
    }
    for (const own of [market.buyer, market.supplier, market.arbitrator]) {
      expect((await own.get('/v1/orders')).body.items).toMatchObject([{ orderId: 'O-1' }]);
      expect((await own.get('/v1/case-files')).body.items).toMatchObject([{ orderId: 'O-1', dispute: 1 }]);
    }
  });

  it('a party drafts only its own orders (rule 4)', async () => {
    const other = await clientOf(engine, 'buyer', 'B2');
    const answer = await other.post('/v1/orders', draft('O-not-mine', { terms: await termsOfToday(market) }));
    expect(answer).toMatchObject({ status: 403, body: { code: 'ORDER.NOT_A_PARTY' } });
    expect((await market.auditor.get('/v1/orders/O-not-mine')).status).toBe(404);
  });

  it('an id that is taken is not told apart by whose it is', async () => {
    const other = await clientOf(engine, 'buyer', 'B2');
    const body = draft('O-1', { buyer: { id: 'B2', name: 'Other', country: 'US' } });
    expect(await other.post('/v1/orders', body)).toMatchObject({
      status: 409,
      body: { code: 'ORDER.EXISTS' },
    });
    expect(await market.buyer.post('/v1/orders', draft('O-1'))).toMatchObject({
      status: 409,
      body: { code: 'ORDER.EXISTS' },
    });
  });

  it('what a role does not do is a 403 where the order is no secret', async () => {
    const answer = await market.auditor.post('/v1/orders/O-1/cancel');
    expect(answer).toMatchObject({ status: 403, body: { code: 'COMMAND.NOT_YOURS' } });
    expect((await market.buyer.post('/v1/suppliers/S1/suspend')).status).toBe(403);
    expect((await market.agent.post('/v1/policies/standard/retire', { version: 1 })).status).toBe(403);
  });

  it('without a token, or with one that is not accepted, there is nothing', async () => {
    const paths = ['/v1/orders', '/v1/orders/O-1', '/v1/events', '/v1/policies', '/v1/test-clock'];
    for (const path of paths) {
      const none = await fetch(engine.url + path);
      expect(none.status).toBe(401);
      expect(none.headers.get('www-authenticate')).toBe('Bearer');
      const forged = await clientWith(engine.url, 'eyJhbGciOiJub25lIn0.e30.').get(path);
      expect(forged.status).toBe(401);
    }
  });

  it('refused tokens are slowed down by address, good ones are not', async () => {
    const bad = clientWith(engine.url, 'no-token');
    let status = 0;
    for (let tries = 0; tries < 200 && status !== 429; tries++) ({ status } = await bad.get('/v1/orders'));
    expect(status).toBe(429);
    expect((await market.buyer.get('/v1/orders')).status).toBe(200);
  });

  it('evidence under seal is shown to whom it is sealed, and to nobody else anywhere', async () => {
    const secret = 'ab'.repeat(32);
    const { body } = await market.supplier.done('/v1/orders/O-1/disputes/1/submit-evidence', {
      kind: 'CORRESPONDENCE',
      sha256: secret,
      size: 10,
      mediaType: 'text/plain',
      fileName: 'price-list.txt',
      sealedTo: ['supplier'],
    });
    const min = `minPosition=${body.position}`;
    const places = [
      '/v1/orders/O-1',
      '/v1/orders/O-1/events?limit=1000',
      `/v1/orders/O-1/timeline?${min}`,
      `/v1/case-files/O-1/1?${min}`,
      '/v1/events?limit=1000',
    ];
    for (const path of places) {
      const seen = await market.buyer.get(path);
      expect([path, seen.status, seen.text.includes(secret), seen.text.includes('price-list')]).toEqual([
        path,
        200,
        false,
        false,
      ]);
    }
    for (const path of ['/v1/orders/O-1', `/v1/case-files/O-1/1?${min}`, '/v1/events?limit=1000']) {
      expect((await market.supplier.get(path)).text).toContain(secret);
      expect((await market.arbitrator.get(path)).text).toContain(secret);
    }
  });
});
