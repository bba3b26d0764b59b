import { CloudEvent as SdkEvent, HTTP } from 'cloudevents';
import { startTestEngine, type TestEngine } from '../support/engine.js';
import { clientOf } from '../support/api-client.js';
import {
  disputed,
  historyOf,
  openMarketplace,
  paid,
  payment,
  usd,
  type Marketplace,
} from '../support/marketplace.js';
import { eventSource, type ReceivedEvent } from '../support/event-source.js';

describe('Events for other services', () => {
  let engine: TestEngine;
  let market: Marketplace;
  beforeAll(async () => {
    engine = await startTestEngine();
    market = await openMarketplace(engine);
    await paid(market, 'O-1');
  });
  afterAll(() => engine.stop());

  const page = async (query: string, client = market.payments) => {
    const answer = await client.get(`/v1/events?${query}`);
    expect(answer.status).toBe(200);
    const next = /<([^>]+)>; rel="next"/.exec(answer.headers.get('link') ?? '')?.[1] ?? '';
    return { events: answer.body as CloudEvent[], next: next.replace('/v1/events?', ''), answer };
  };

  it('come as CloudEvents in the order of the log, every one once, by pages', async () => {
    const { answer } = await page('limit=5');
    expect(answer.headers.get('content-type')).toMatch(/^application\/cloudevents-batch\+json/);
    const all: CloudEvent[] = [];
    for (let query = 'limit=5'; ;) {
      const { events, next } = await page(query);
      if (events.length === 0) break;
      all.push(...events);
      query = next;
    }
    expect(all.map(({ position }) => position)).toEqual(all.map(({ position }) => position).toSorted());
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    const ours = all.filter(({ source }) => source === '/v1/orders/O-1');
    const history = await historyOf(market, 'O-1');
    expect(ours.map(({ type, revision }) => [type, revision])).toEqual(
      history.map(({ type, revision }) => [`recourse.${type}`, revision]),
    );
    expect(ours[0]).toMatchObject({
      specversion: '1.0',
      subject: 'O-1',
      time: '2026-03-01T00:00:00.000Z',
      datacontenttype: 'application/json',
      data: { orderId: 'O-1' },
      actorrole: 'buyer',
      actorid: 'B1',
    });
  });

  it('are what the CloudEvents SDK takes, each with its own names', async () => {
    const { answer } = await page('limit=1000');
    const headers = { 'content-type': answer.headers.get('content-type') ?? '' };
    const read = [HTTP.toEvent({ headers, body: answer.text })].flat();
    expect(read).toHaveLength((answer.body as CloudEvent[]).length);
    for (const event of read) {
      expect(new SdkEvent(event).validate()).toBe(true);
    }
    // CloudEvents 1.0, "Attribute Naming Convention".
    const names = (answer.body as CloudEvent[]).flatMap((event) => Object.keys(event));
    expect([...new Set(names)].filter((name) => !/^[a-z0-9]{1,20}$/.test(name))).toEqual([]);
  });

  it('of some types only; the next page begins where this one looked, also when nothing was there', async () => {
    const { events } = await page('types=PaymentReceived');
    expect(events).toMatchObject([{ type: 'recourse.PaymentReceived', data: { amount: usd(3_000) } }]);
    const none = await page('types=RefundInstructed');
    expect(none.events).toEqual([]);
    expect((await page(none.next.replace('RefundInstructed', 'PaymentReceived'))).events).toEqual([]);
  });

  it('tell the payment service of the refund that it must carry out', async () => {
    const before = (await page('limit=1000')).next;
    await disputed(market, 'O-refund');
    await market.supplier.done('/v1/orders/O-refund/disputes/1/respond', {
      response: 'ACCEPT',
      statement: 'Agreed.',
    });
    const { events } = await page(`${before}&types=RefundInstructed`);
    expect(events).toMatchObject([
      { type: 'recourse.RefundInstructed', subject: 'O-refund', data: { amount: usd(3_000), payee: 'B1' } },
    ]);
  });

  it('to a party, those of its own orders only', async () => {
    const stranger = await clientOf(engine, 'buyer', 'B2');
    expect((await page('limit=1000', stranger)).events).toEqual([]);
    const { events } = await page('limit=1000', market.buyer);
    expect(events.length).toBeGreaterThan(0);
    expect(events.every(({ source }) => source.startsWith('/v1/orders/'))).toBe(true);
    expect((await (await clientOf(engine, 'inspector', 'I1')).get('/v1/events')).status).toBe(403);
  });

  it('are not read for whoever asks for the headers alone', async () => {
    const { feed } = engine.engine.composition;
    const follow = jest.spyOn(feed, 'follow');
    const headers = {
      authorization: `Bearer ${await engine.token('payments', 'P1')}`,
      accept: 'text/event-stream',
    };
    const answer = await fetch(`${engine.url}/v1/events`, { method: 'HEAD', headers });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
    const [call] = follow.mock.calls;
    expect(call?.[1].aborted).toBe(true);
    follow.mockRestore();
  });

  test.each([
    ['after=zzz', '/query/after'],
    ['after=9999999999999999', '/query/after'],
    ['types=Nothing', '/query/types'],
    ['limit=0', '/query/limit'],
    ['limit=1001', '/query/limit'],
  ])('%s is refused', async (query, pointer) => {
    const answer = await market.payments.get(`/v1/events?${query}`);
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer }] } });
  });

  describe('as server-sent events', () => {
    it('come as they happen, and resume after the last id without a gap or a repetition', async () => {
      const token = await engine.token('payments', 'P1');
      const { next } = await page('limit=1000');
      const after = new URLSearchParams(next).get('after') ?? '';
      const first = await eventSource(`${engine.url}/v1/events?after=${after}`, token);
      const seen: ReceivedEvent[] = [];
      for (let number = 0; number < 3; number++) await fee(`O-1`, `F-${number}`);
      while (seen.length < 2) seen.push(await first.next());
      await first.close();
      await fee('O-1', 'F-3');
      const second = await eventSource(`${engine.url}/v1/events`, token, seen.at(-1)?.id);
      while (seen.length < 4) seen.push(await second.next());
      await fee('O-1', 'F-4');
      seen.push(await second.next());
      await second.close();
      expect(seen.map(({ event, data }) => [event, data.data.feeId])).toEqual(
        [0, 1, 2, 3, 4].map((number) => ['FeeCharged', `F-${number}`]),
      );
      expect(seen.every(({ id, data }) => id === data.position)).toBe(true);
    });

    it('end when the engine stops, without an error of ours', async () => {
      const own = await startTestEngine();
      const source = await eventSource(`${own.url}/v1/events`, await own.token('auditor', 'U1'));
      expect((await source.next()).event).toBe('PolicyDrafted');
      await own.stop();
      await source.ended;
    });

    it('refuse a Last-Event-ID that was never given out', async () => {
      const answer = await market.payments.get('/v1/events', {
        accept: 'text/event-stream',
        'last-event-id': 'x',
      });
      expect(answer).toMatchObject({
        status: 400,
        body: { errors: [{ pointer: '/headers/last-event-id' }] },
      });
    });
  });

  const fee = (orderId: string, feeId: string) =>
    market.payments.done(`/v1/orders/${orderId}/record-fee`, {
      feeId,
      kind: 'PAYMENT',
      amount: payment.amount,
      chargedTo: 'buyer',
    });
});

interface CloudEvent {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly position: string;
  readonly revision: string;
}
