import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { startTestEngine, type TestEngine } from '../support/engine.js';
import {
  disputed,
  historyOf,
  openMarketplace,
  paid,
  pass,
  type Marketplace,
} from '../support/marketplace.js';

describe('Reading over HTTP', () => {
  let engine: TestEngine;
  let market: Marketplace;
  beforeAll(async () => {
    engine = await startTestEngine();
    market = await openMarketplace(engine);
    await disputed(market, 'O-1');
    await pass(market, 'P5D');
  });
  afterAll(() => engine.stop());

  it('an order as of each revision is what its history folds to up to there', async () => {
    const history = await historyOf(market, 'O-1');
    const statuses: string[] = [];
    for (const { revision } of history) {
      const { body, headers } = await market.auditor.get(`/v1/orders/O-1?revision=${revision}`);
      expect(body.revision).toBe(revision);
      expect(headers.get('etag')).toBe(`"${revision}"`);
      expect(body.links).toBeUndefined();
      statuses.push(body.status);
    }
    expect([...new Set(statuses)]).toEqual(['DRAFT', 'CONFIRMED', 'PAID']);
    const { links: _, ...now } = (await market.auditor.get('/v1/orders/O-1')).body;
    expect((await market.auditor.get(`/v1/orders/O-1?revision=${history.at(-1)?.revision}`)).body).toEqual(
      now,
    );
    expect((await market.auditor.get('/v1/orders/O-1?revision=9999')).status).toBe(404);
  });

  it('an order as of an instant counts an expired deadline from its due instant', async () => {
    const escalated = (await historyOf(market, 'O-1')).find(({ type }) => type === 'DisputeEscalated');
    const due = escalated?.data.escalatedAt as string;
    const before = new Date(Date.parse(due) - 1).toISOString();
    const at = async (instant: string) => (await market.auditor.get(`/v1/orders/O-1?at=${instant}`)).body;
    expect((await at(before)).disputes[0].status).toBe('AWAITING_SUPPLIER');
    expect((await at(due)).disputes[0].status).toBe('ESCALATED');
    expect((await market.auditor.get('/v1/orders/O-1?at=2020-01-01T00:00:00.000Z')).status).toBe(404);
  });

  it('the history comes by pages, or whole as lines, and each event proves its hash by itself', async () => {
    const paged = await historyOf(market, 'O-1');
    const few = await market.auditor.get('/v1/orders/O-1/events?limit=2&after=0');
    expect(few.body.items).toEqual(paged.slice(1, 3));
    expect(few.body.nextCursor).toBe('2');
    const lines = await market.auditor.get('/v1/orders/O-1/events', { accept: 'application/x-ndjson' });
    expect(lines.headers.get('content-type')).toMatch(/^application\/x-ndjson/);
    const events = lines.text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(events).toEqual(paged);
    let prevHash = '0'.repeat(64);
    for (const { id, stream, revision, type, schemaVersion, data, metadata } of events) {
      const { hash, ...covered } = metadata;
      expect(covered.prevHash).toBe(prevHash);
      const text = canonicalize({ id, stream, revision, type, schemaVersion, data, metadata: covered }) ?? '';
      expect(createHash('sha256').update(text).digest('hex')).toBe(hash);
      prevHash = hash;
    }
  });

  it('a caller reads its own write with minPosition', async () => {
    for (let round = 0; round < 20; round++) {
      const { body } = await paid(market, `O-own-${round}`);
      const list = await market.buyer.get(`/v1/orders?search=O-own-${round}&minPosition=${body.position}`);
      expect(
        list.body.items.some(
          (row: { orderId: string; status: string }) =>
            row.orderId === `O-own-${round}` && row.status === 'PAID',
        ),
      ).toBe(true);
    }
  });

  it('a position that was never given out is refused', async () => {
    for (const position of ['9999999999999999', 'abc', '-1', '1']) {
      const answer = await market.buyer.get(`/v1/worklist?minPosition=${position}`);
      expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer: '/query/minPosition' }] } });
    }
  });

  it('lists come by pages that together hold everything once, and filters narrow them', async () => {
    const seen: string[] = [];
    for (let cursor = ''; ;) {
      const { body } = await market.buyer.get(`/v1/orders?limit=3${cursor}`);
      seen.push(...body.items.map(({ orderId }: { orderId: string }) => orderId));
      if (body.nextCursor === null) break;
      cursor = `&cursor=${encodeURIComponent(body.nextCursor)}`;
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThan(20);
    const states = async (query: string) => (await market.arbitrator.get(`/v1/case-files?${query}`)).body;
    expect(await states('state=ESCALATED')).toMatchObject({
      items: [{ orderId: 'O-1' }],
      total: 1,
      nextCursor: null,
    });
    expect(await states('state=CLOSED,DETERMINED')).toMatchObject({ items: [], total: 0 });
    expect(await states('ground=LATE_SHIPMENT&buyer=B1&claimedFrom=300000&currency=USD')).toMatchObject({
      total: 1,
    });
    expect(await states('arbitrator=none')).toMatchObject({ total: 1 });
    expect(await states('arbitrator=me')).toMatchObject({ total: 0 });
    const other = await market.buyer.get('/v1/case-files?cursor=bogus');
    expect(other).toMatchObject({ status: 400, body: { errors: [{ pointer: '/query/cursor' }] } });
  });

  it('the case file holds what an arbitrator needs, as it is and as it was', async () => {
    const { body, headers } = await market.arbitrator.get('/v1/case-files/O-1/1');
    expect(headers.get('etag')).toBe(`"${body.revision}"`);
    expect(body).toMatchObject({ orderId: 'O-1', dispute: 1, status: 'ESCALATED', orderStatus: 'PAID' });
    const sections = [
      'claim',
      'parties',
      'contract',
      'money',
      'cap',
      'negotiation',
      'evidence',
      'deadlines',
      'openQuestions',
      'timeline',
      'links',
    ];
    expect(Object.keys(body)).toEqual(expect.arrayContaining(sections));
    const escalation = body.timeline.findLast(({ type }: { type: string }) => type === 'DisputeEscalated');
    const earlier = String(Number(escalation.revision) - 1);
    const before = await market.arbitrator.get(`/v1/case-files/O-1/1?revision=${earlier}`);
    expect(before.body).toMatchObject({ revision: earlier, status: 'AWAITING_SUPPLIER' });
    expect(before.body.links).toBeUndefined();
    expect((await market.arbitrator.get('/v1/case-files/O-1/2')).status).toBe(404);
  });

  it('a dispute is explained: each rule with its facts and parameters, as it is and as it was', async () => {
    const at = '/v1/orders/O-1/disputes/1/explanation';
    const history = await historyOf(market, 'O-1');
    const { body, headers } = await market.buyer.get(at);
    expect(headers.get('etag')).toBe(`"${history.at(-1)?.revision}"`);
    expect(body).toMatchObject({
      orderId: 'O-1',
      dispute: 1,
      status: 'ESCALATED',
      policy: { policyId: 'standard', version: 1 },
    });
    type Step = { code: string; rule: number; facts: { revision: string; type: string }[] };
    for (const { facts } of [...body.eligibility, ...body.cap, ...body.deadlines] as Step[])
      for (const { revision, type } of facts) expect(history[Number(revision)]?.type).toBe(type);
    const silence = body.deadlines.find(({ code }: Step) => code === 'SupplierResponse.1');
    expect(silence).toMatchObject({ rule: 23, met: false, parameters: { supplierResponse: 'P5D' } });
    expect(silence.facts.at(-1)).toMatchObject({ type: 'DisputeEscalated' });
    expect(body.sentences.join('\n')).toContain('= 3,000.00 USD. (Rule 20; revisions ');

    const opened = history.find(({ type }) => type === 'DisputeOpened');
    const before = await market.buyer.get(`${at}?revision=${opened?.revision}`);
    expect(before.body).toMatchObject({ revision: opened?.revision, status: 'AWAITING_SUPPLIER' });
    const then = (await market.buyer.get(`${at}?at=${opened?.metadata.occurredAt}`)).body;
    expect(then).toMatchObject({ status: 'AWAITING_SUPPLIER', asOf: opened?.metadata.occurredAt });
    const early = String(Number(opened?.revision) - 1);
    for (const query of [`?revision=${early}`, '?revision=9999', '?at=2020-01-01T00:00:00.000Z'])
      expect((await market.buyer.get(at + query)).status).toBe(404);
    expect((await market.buyer.get(`${at}?revision=1&at=2026-03-05T00:00:00.000Z`)).status).toBe(400);
    expect((await market.buyer.get('/v1/orders/O-1/disputes/2/explanation')).status).toBe(404);
  });

  it('suppliers, policies and inspectors are there to read', async () => {
    const { body: supplier } = await market.buyer.get('/v1/suppliers/S1');
    expect(supplier).toMatchObject({
      qualified: true,
      suspended: false,
      limits: [{ limit: { amount: 900_000 } }],
    });
    expect(supplier.reservations).toBeUndefined();
    expect((await market.buyer.get('/v1/suppliers?standing=QUALIFIED')).body.items).toMatchObject([
      { supplierId: 'S1' },
    ]);
    expect((await market.buyer.get('/v1/suppliers/S1/record')).body).toMatchObject({
      disputes: { all: 1, silent: 1 },
    });
    const { body: policies } = await market.buyer.get('/v1/policies');
    expect(policies.items.map(({ policyId }: { policyId: string }) => policyId)).toEqual([
      'classic',
      'current',
      'standard',
    ]);
    expect((await market.buyer.get('/v1/policies/standard')).body.versions).toMatchObject([
      { version: 1, status: 'PUBLISHED' },
    ]);
    await market.risk.done('/v1/inspectors', { inspectorId: 'I1', name: 'Delta', fields: ['TEXTILES'] });
    expect((await market.buyer.get('/v1/inspectors/I1')).body).toMatchObject({ accredited: true });
    for (const path of ['suppliers/none', 'suppliers/none/record', 'policies/none', 'inspectors/none']) {
      expect((await market.buyer.get(`/v1/${path}`)).status).toBe(404);
    }
  });

  it('figures about disputes are for the platform', async () => {
    expect((await market.arbitrator.get('/v1/dispute-metrics')).body).toMatchObject({ disputes: 1, open: 1 });
    expect((await market.buyer.get('/v1/dispute-metrics')).status).toBe(403);
  });

  it('the timeline tells it in sentences', async () => {
    const { body } = await market.buyer.get('/v1/orders/O-1/timeline?role=clock');
    expect(body.items.length).toBeGreaterThan(0);
    expect(body.items.every(({ by }: { by: { role: string } }) => by.role === 'clock')).toBe(true);
  });
});
