import { clientOf, type ApiClient } from '../support/api-client.js';
import { startTestEngine, type TestEngine } from '../support/engine.js';
import { draft, terms, usd } from '../support/marketplace.js';

/** A year from now, whenever that is: these engines run on real time. */
const shipDate = new Date(Date.now() + 365 * 86_400_000).toISOString().slice(0, 10);

describe('Several engines on one log', () => {
  let one: TestEngine;
  let other: TestEngine;
  let clients: readonly {
    readonly buyer: ApiClient;
    readonly payments: ApiClient;
    readonly auditor: ApiClient;
  }[];

  beforeAll(async () => {
    one = await startTestEngine({ RECOURSE_CLOCK: 'system' });
    other = await startTestEngine({ RECOURSE_CLOCK: 'system', RECOURSE_ROLES: 'api' }, one.dataDir);
    clients = await Promise.all(
      [one, other].map(async (engine) => ({
        buyer: await clientOf(engine, 'buyer', 'B1'),
        payments: await clientOf(engine, 'payments', 'P1'),
        auditor: await clientOf(engine, 'auditor', 'U1'),
      })),
    );
    const risk = await clientOf(one, 'risk', 'R1');
    await risk.done('/v1/suppliers', { supplierId: 'S1', name: 'Blue River Textiles', country: 'CN' });
    await risk.done('/v1/suppliers/S1/assess', {
      tradeHistory: true,
      qualifications: true,
      legalStatus: true,
    });
    await risk.done('/v1/suppliers/S1/set-assurance-limit', { limit: usd(9_000) });
  });
  afterAll(async () => {
    await other.stop({ keepData: true });
    await one.stop();
  });

  const first = () => clients[0] as (typeof clients)[number];
  const second = () => clients[1] as (typeof clients)[number];
  const order = (orderId: string) => draft(orderId, { terms: { ...terms, shipDate } });

  it('what one has answered the other knows at once', async () => {
    await first().buyer.done('/v1/orders', order('O-1'));
    expect((await second().buyer.get('/v1/orders/O-1')).body).toMatchObject({
      revision: '0',
      status: 'DRAFT',
    });
    await second().buyer.done('/v1/orders/O-1/cancel');
    expect((await first().buyer.get('/v1/orders/O-1')).body).toMatchObject({
      revision: '1',
      status: 'CANCELLED',
    });
    // Neither refuses on what it remembers from before.
    expect((await first().buyer.post('/v1/orders/O-1/cancel')).body).toMatchObject({
      code: 'ORDER.WRONG_STATE',
    });
  });

  it('a command sent again to the other gets the first answer', async () => {
    const key = { 'idempotency-key': 'anywhere' };
    const answer = await first().buyer.done('/v1/orders', order('O-2'), key);
    const again = await second().buyer.done('/v1/orders', order('O-2'), key);
    expect(again.body).toEqual(answer.body);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
  });

  it('a read waits for what was written through the other', async () => {
    const { body } = await second().buyer.done('/v1/orders', order('O-3'));
    const list = await second().buyer.get(`/v1/orders?search=O-3&minPosition=${body.position}`);
    expect(list.body.items).toMatchObject([{ orderId: 'O-3' }]);
  });

  it('commands on one order through both at once are all done, one after another', async () => {
    await first().buyer.done('/v1/orders', order('O-busy'));
    const supplier = await clientOf(one, 'supplier', 'S1');
    const { contract } = (await supplier.get('/v1/orders/O-busy')).body;
    await supplier.done('/v1/orders/O-busy/confirm-contract', { termsHash: contract.termsHash });
    const fees = Array.from({ length: 40 }, (_, index) => `F-${index}`);
    const record = async (feeId: string, index: number): Promise<number> => {
      const { payments } = clients[index % 2] as (typeof clients)[number];
      const key = { 'idempotency-key': feeId };
      const fee = { feeId, kind: 'OTHER', amount: usd(1), chargedTo: 'buyer' };
      for (;;) {
        const { status, body } = await payments.post('/v1/orders/O-busy/record-fee', fee, key);
        if (status !== 409 || body.code !== 'COMMAND.CONTENDED') return status;
      }
    };
    expect(new Set(await Promise.all(fees.map(record)))).toEqual(new Set([200]));
    const { body } = await second().auditor.get('/v1/orders/O-busy/events?limit=1000');
    const charged = body.items.filter(({ type }: { type: string }) => type === 'FeeCharged');
    expect(new Set(charged.map(({ data }: { data: { feeId: string } }) => data.feeId)).size).toBe(40);
    expect(body.items.map(({ revision }: { revision: string }) => Number(revision))).toEqual(
      body.items.map((_: unknown, at: number) => at),
    );
  });
});
