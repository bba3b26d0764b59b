import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localIssuer } from '../../libs/identity/local-issuer.js';
import { doomedEngine, type DoomedEngine } from '../crash/doomed-engine.js';
import { startTestEngine, TEST_START, type TestEngine } from '../support/engine.js';
import type { Answer } from '../support/api-client.js';
import { eventSource } from '../support/event-source.js';
import {
  confirmed,
  disputed,
  draft,
  historyOf,
  openMarketplace,
  pass,
  paid,
  payment,
  usd,
  type Marketplace,
} from '../support/marketplace.js';

/** The engine as it is built decides in a thread of its own; specs' own engines decide where they answer. */
describe('Where commands are decided', () => {
  let here: TestEngine;
  let elsewhere: DoomedEngine;
  let folder: string;
  let token: TestEngine['token'];
  let markets: readonly [here: Marketplace, elsewhere: Marketplace];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'recourse-deciding-'));
    here = await startTestEngine({}, undefined, { store: 'sqlite', database: 'sqlite' });
    elsewhere = await doomedEngine(folder, { RECOURSE_CLOCK: 'virtual', RECOURSE_CLOCK_START: TEST_START });
    await elsewhere.start();
    const issuer = await localIssuer(folder);
    token = (role, name) =>
      issuer.issue({
        ...(role === 'buyer' || role === 'supplier' ? { role, party: name } : { role, sub: name }),
        lifetimeSeconds: 3_600,
      });
    markets = [await openMarketplace(here), await openMarketplace({ ...here, url: elsewhere.url, token })];
  }, 60_000);
  afterAll(async () => {
    await here?.stop();
    await elsewhere?.kill();
    await rm(folder, { recursive: true, force: true });
  });

  /** What a caller can tell of an answer, but for where in the log it was written, and the trace. */
  const seen = ({ status, headers, body }: Answer) => ({
    status,
    headers: Object.fromEntries(
      ['content-type', 'etag', 'location', 'idempotent-replayed'].map((name) => [name, headers.get(name)]),
    ),
    body: { ...body, position: typeof body.position, traceId: typeof body.traceId },
  });

  const sameInBoth = async (tell: (market: Marketplace) => Promise<readonly Answer[]>) => {
    const [one, other] = markets;
    const expected = (await tell(one)).map(seen);
    expect((await tell(other)).map(seen)).toEqual(expected);
    return expected.map(({ status }) => status);
  };
  const key = (value: string) => ({ 'idempotency-key': value });

  it('makes no difference to what an order is answered', async () => {
    const statuses = await sameInBoth(async (market) => [
      await market.buyer.post('/v1/orders', draft('O-1'), key('draft')),
      await market.buyer.post('/v1/orders', draft('O-1'), key('draft')),
      await market.buyer.post('/v1/orders', draft('O-1', { category: 'TOYS' }), key('draft')),
      await market.buyer.post('/v1/orders/O-1/cancel', {}, { 'if-match': '"7"' }),
      await market.buyer.post('/v1/orders/O-1/record-payment', payment),
      await market.payments.post('/v1/orders/O-1/record-payment', payment),
      await market.buyer.post(
        '/v1/orders',
        draft('O-2', { terms: { ...draft('').terms, coveredAmount: usd(90_000) } }),
      ),
      await market.buyer.post('/v1/orders/O-1/cancel', {}, { 'if-match': '"0"' }),
      await market.buyer.post('/v1/orders/O-1/cancel'),
      await market.buyer.post('/v1/orders/O-none/cancel'),
    ]);
    expect(statuses).toEqual([201, 201, 422, 412, 403, 409, 422, 200, 409, 404]);
  });

  it('makes none to suppliers, policies and inspectors', async () => {
    const statuses = await sameInBoth(async (market) => [
      await market.risk.post('/v1/suppliers', { supplierId: 'S2', name: 'Red Hill', country: 'CN' }),
      await market.risk.post('/v1/suppliers/S2/suspend', { note: 'Under review.' }),
      await market.risk.post('/v1/suppliers', { supplierId: 'S2', name: 'Red Hill', country: 'CN' }),
      await market.risk.post('/v1/inspectors', { inspectorId: 'I1', name: 'Delta', fields: ['TEXTILES'] }),
      await market.buyer.post('/v1/inspectors', { inspectorId: 'I2', name: 'Delta', fields: ['TEXTILES'] }),
      await market.risk.post('/v1/policies/standard/publish', { version: 1 }),
    ]);
    expect(statuses).toEqual([201, 200, 409, 201, 403, 403]);
  });

  it('makes none to what time does, and what both write is the same', async () => {
    const histories = [];
    for (const market of markets) {
      await confirmed(market, 'O-3');
      await paid(market, 'O-4');
      expect((await disputed(market, 'O-5')).status).toBe(201);
      await pass(market, 'P5D');
      // Its deadline has expired before it is judged.
      const late = await market.supplier.post('/v1/orders/O-5/disputes/1/respond', {
        response: 'ACCEPT',
        statement: 'It was shipped.',
      });
      expect(late.status).toBe(409);
      const told = [];
      for (const order of ['O-3', 'O-4', 'O-5']) told.push(...(await historyOf(market, order)));
      histories.push(
        told.map(({ type, revision, data, metadata }) => ({ type, revision, data, at: metadata.occurredAt })),
      );
    }
    const [one, other] = histories;
    expect(other).toEqual(one);
    expect(one?.map(({ type }) => type)).toContain('DisputeEscalated');
  }, 60_000);

  it('of many commands at a time on one order each happens once, and one of two with a key', async () => {
    const [, market] = markets;
    await disputed(market, 'O-6');
    const path = '/v1/orders/O-6/disputes/1/post-message';
    const before = (await historyOf(market, 'O-6')).length;
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, index) =>
        market.agent.post(path, { text: `Message ${index >> 1}` }, key(`message-${index >> 1}`)),
      ),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.every((status) => status === 200 || status === 409)).toBe(true);
    expect((await historyOf(market, 'O-6')).length).toBe(before + 30);
    const etags = answers.filter(({ status }) => status === 200).map(({ headers }) => headers.get('etag'));
    expect(new Set(etags).size).toBe(30);
  });

  it('who follows the events in the answering thread is told of what the other wrote', async () => {
    const [, market] = markets;
    const { position } = (await market.buyer.done('/v1/orders', draft('O-7'))).body as { position: string };
    const following = await eventSource(
      `${elsewhere.url}/v1/events?after=${position}`,
      await token('auditor', 'U1'),
    );
    await market.buyer.done('/v1/orders', draft('O-8'));
    expect((await following.next()).data).toMatchObject({ type: 'recourse.OrderDrafted', subject: 'O-8' });
    await following.close();
  });

  it('metrics know the commands and appends of the other thread', async () => {
    const text = await (await fetch(`${elsewhere.url}/metrics`)).text();
    const count = (name: string) => Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1]);
    expect(count('recourse_append_seconds_count')).toBeGreaterThan(30);
    expect(count('recourse_command_seconds_count\\{kind="order"\\}')).toBeGreaterThan(50);
    expect(count('recourse_command_outcomes_total\\{kind="order",outcome="refused"\\}')).toBeGreaterThan(0);
  });
});
