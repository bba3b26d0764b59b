import { startTestEngine, type TestEngine } from '../support/engine.js';
import { clientOf } from '../support/api-client.js';
import {
  claim,
  disputed,
  draft,
  historyOf,
  openMarketplace,
  paid,
  payment,
  usd,
  type Marketplace,
} from '../support/marketplace.js';

describe('A command over HTTP', () => {
  let engine: TestEngine;
  let market: Marketplace;
  beforeAll(async () => {
    engine = await startTestEngine();
    market = await openMarketplace(engine);
  });
  afterAll(() => engine.stop());

  const key = (value: string) => ({ 'idempotency-key': value });

  it('is answered with what was written: 201 and a Location for what is new, 200 otherwise, the revision as ETag', async () => {
    const created = await market.buyer.post('/v1/orders', draft('O-answer'));
    expect(created.status).toBe(201);
    expect(created.headers.get('location')).toBe('/v1/orders/O-answer');
    expect(created.headers.get('etag')).toBe('"0"');
    expect(created.body).toMatchObject({
      orderId: 'O-answer',
      revision: '0',
      position: expect.any(String),
      status: 'DRAFT',
      events: [{ type: 'OrderDrafted', revision: '0' }],
      links: [
        {
          rel: 'propose-terms',
          method: 'POST',
          href: '/v1/orders/O-answer/propose-terms',
          title: 'Propose other terms',
        },
        { rel: 'cancel', method: 'POST', href: '/v1/orders/O-answer/cancel', title: 'Cancel the order' },
      ],
    });
    const cancelled = await market.buyer.post('/v1/orders/O-answer/cancel');
    expect(cancelled).toMatchObject({ status: 200, body: { revision: '1', status: 'CANCELLED', links: [] } });
    expect(cancelled.headers.get('location')).toBeNull();
  });

  it('opens a dispute with its number and the address of its case file', async () => {
    const opened = await disputed(market, 'O-numbered');
    expect(opened).toMatchObject({ status: 201, body: { dispute: 1, disputeStatus: 'AWAITING_SUPPLIER' } });
    const file = await market.buyer.get(
      `${opened.headers.get('location')}?minPosition=${opened.body.position}`,
    );
    expect(file).toMatchObject({ status: 200, body: { orderId: 'O-numbered', dispute: 1 } });
  });

  it('makes an id from the key where none is given, the same one for the same key', async () => {
    const { orderId: _, ...body } = draft('unused');
    const first = await market.buyer.done('/v1/orders', body, key('make-one'));
    const again = await market.buyer.done('/v1/orders', body, key('make-one'));
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect((await market.buyer.get(`/v1/orders/${first.body.orderId}`)).status).toBe(200);
  });

  it('sent again with its key gets the first answer, whatever happened since, and happens once', async () => {
    await paid(market, 'O-again');
    const fee = { feeId: 'F-1', kind: 'PAYMENT', amount: usd(40), chargedTo: 'buyer' };
    const first = await market.payments.done('/v1/orders/O-again/record-fee', fee, key('fee'));
    await market.payments.done('/v1/orders/O-again/record-fee', { ...fee, feeId: 'F-2' });
    const again = await market.payments.done('/v1/orders/O-again/record-fee', fee, key('fee'));
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('etag')).toBe(first.headers.get('etag'));
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    // The order of keys in a body means nothing.
    const { feeId, ...rest } = fee;
    expect(
      (await market.payments.done('/v1/orders/O-again/record-fee', { ...rest, feeId }, key('fee'))).body,
    ).toEqual(first.body);
    const charged = (await historyOf(market, 'O-again')).filter(({ type }) => type === 'FeeCharged');
    expect(charged).toHaveLength(2);
  });

  it('with a key that another body had is refused', async () => {
    await paid(market, 'O-other-body');
    await market.buyer.post('/v1/orders/O-other-body/book-inspection', inspection('IN-1'), key('book'));
    const other = await market.buyer.post(
      '/v1/orders/O-other-body/book-inspection',
      inspection('IN-2'),
      key('book'),
    );
    expect(other).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY.KEY_REUSED' } });
    const created = await market.buyer.done('/v1/orders', draft('O-key-1'), key('create'));
    expect(created.status).toBe(201);
    const elsewhere = await market.buyer.post('/v1/orders', draft('O-key-2'), key('create'));
    expect(elsewhere).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY.KEY_REUSED' } });
  });

  it('that is still running refuses its twin, and of many at once one takes effect', async () => {
    await paid(market, 'O-twins');
    const send = () =>
      market.buyer.post('/v1/orders/O-twins/book-inspection', inspection('IN-1'), key('twin'));
    const answers = await Promise.all(Array.from({ length: 20 }, send));
    const statuses = new Set(answers.map(({ status }) => status));
    expect([...statuses].every((status) => status === 200 || status === 409)).toBe(true);
    expect(
      answers.filter(({ headers, status }) => status === 200 && !headers.has('idempotent-replayed')),
    ).toHaveLength(1);
    const booked = (await historyOf(market, 'O-twins')).filter(({ type }) => type === 'InspectionBooked');
    expect(booked).toHaveLength(1);
  });

  it('that was refused is refused again the same way, and a new key is judged anew', async () => {
    await market.buyer.done('/v1/orders', draft('O-refused'));
    const pay = (value: string) =>
      market.payments.post('/v1/orders/O-refused/record-payment', payment, key(value));
    const first = await pay('early');
    expect(first).toMatchObject({ status: 409, body: { code: 'ORDER.WRONG_STATE' } });
    const { termsHash } = (await market.supplier.get('/v1/orders/O-refused')).body.contract;
    await market.supplier.done('/v1/orders/O-refused/confirm-contract', { termsHash });
    const again = await pay('early');
    expect(again.status).toBe(409);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(again.body.errors).toEqual(first.body.errors);
    expect((await pay('later')).status).toBe(200);
  });

  it('keeps its keys across a restart of the engine', async () => {
    const own = await startTestEngine();
    const first = await openMarketplace(own);
    const before = await first.buyer.done('/v1/orders', draft('O-1'), key('before'));
    await own.stop({ keepData: true });
    const again = await startTestEngine({}, own.dataDir);
    try {
      const buyer = await clientOf(again, 'buyer', 'B1');
      expect((await buyer.done('/v1/orders', draft('O-1'), key('before'))).body).toEqual(before.body);
    } finally {
      await again.stop();
    }
  });

  describe('with If-Match', () => {
    it('is accepted for the revision that was seen, and refused with 412 for any other', async () => {
      await paid(market, 'O-match');
      const etag = (await market.buyer.get('/v1/orders/O-match')).headers.get('etag') ?? '';
      const done = await market.buyer.post('/v1/orders/O-match/book-inspection', inspection('IN-1'), {
        'if-match': etag,
      });
      expect(done.status).toBe(200);
      const stale = await market.buyer.post('/v1/orders/O-match/book-inspection', inspection('IN-2'), {
        'if-match': etag,
      });
      expect(stale).toMatchObject({
        status: 412,
        body: {
          code: 'PRECONDITION.REVISION',
          errors: [{ pointer: '/headers/if-match', facts: { revision: done.body.revision } }],
        },
      });
      expect(stale.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    });

    test.each(['12', 'W/"12"', '"a"', '"1", "2"', '""'])('%s is no revision', async (tag) => {
      const answer = await market.buyer.post('/v1/orders', draft('O-tag'), { 'if-match': tag });
      expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer: '/headers/if-match' }] } });
    });

    it('is not said of what one may not see', async () => {
      await paid(market, 'O-hidden');
      const stranger = await clientOf(engine, 'buyer', 'B9');
      const answer = await stranger.post('/v1/orders/O-hidden/cancel', {}, { 'if-match': '"77"' });
      expect(answer).toMatchObject({ status: 404, body: { code: 'ORDER.NOT_FOUND' } });
    });
  });

  it('carries its trace into the history and the problem', async () => {
    const trace = '0af7651916cd43dd8448eb211c80319c';
    const traceparent = `00-${trace}-b7ad6b7169203331-01`;
    await market.buyer.done('/v1/orders', draft('O-trace'), { traceparent });
    const [drafted] = await historyOf(market, 'O-trace');
    expect(drafted?.metadata).toMatchObject({ correlationId: trace });
    const refused = await market.buyer.post('/v1/orders/O-trace/disputes', claim, { traceparent });
    expect(refused.body.traceId).toBe(trace);
  });
});

const inspection = (inspectionId: string) => ({ inspectionId, stage: 'PRE_SHIPMENT', by: 'BUYER' });
