import { startTestEngine, type TestEngine } from '../support/engine.js';
import {
  disputed,
  historyOf,
  openMarketplace,
  pass,
  type Marketplace,
  type RecordedView,
} from '../support/marketplace.js';

const response = {
  response: 'REJECT',
  statement: 'They will be shipped tomorrow.',
  reasonCodes: ['GOODS_CONFORM'],
};

/** Rule 23, and "Time is a fact, not a race". */
describe('A supplier that does not answer', () => {
  describe('while the scheduler runs', () => {
    let engine: TestEngine;
    let market: Marketplace;
    beforeAll(async () => {
      engine = await startTestEngine();
      market = await openMarketplace(engine);
    });
    afterAll(() => engine.stop());

    it('after five days the case is escalated, at exactly the due instant (rule 23)', async () => {
      await disputed(market, 'O-silent');
      const due = await responseDue('O-silent');
      const { body } = await pass(market, 'P5D');
      expect(body.fired).toContainEqual(expect.objectContaining({ orderId: 'O-silent', dueAt: due }));
      await expectSilenceRecorded('O-silent', due);
      const { body: order } = await market.buyer.get('/v1/orders/O-silent');
      expect(order.disputes[0]).toMatchObject({
        status: 'ESCALATED',
        escalation: { reason: 'SUPPLIER_SILENT', at: due },
      });
    });

    it('the answer to the advance comes when every projection has it', async () => {
      await disputed(market, 'O-read');
      await pass(market, 'P5D');
      const { body } = await market.arbitrator.get('/v1/worklist?search=O-read');
      expect(body.items).toMatchObject([
        { orderId: 'O-read', state: 'ESCALATED', escalation: 'SUPPLIER_SILENT' },
      ]);
      const { body: file } = await market.arbitrator.get('/v1/case-files/O-read/1');
      expect(file).toMatchObject({ status: 'ESCALATED' });
    });

    it('an answer one second before the due instant keeps the case in negotiation', async () => {
      await disputed(market, 'O-in-time');
      await pass(market, 'P4DT23H59M59S');
      await market.supplier.done('/v1/orders/O-in-time/disputes/1/respond', response);
      await pass(market, 'PT2S');
      const { body } = await market.supplier.get('/v1/orders/O-in-time');
      expect(body.disputes[0]).toMatchObject({ status: 'NEGOTIATING', response: 'REJECT' });
    });

    const responseDue = async (orderId: string): Promise<string> =>
      dueOf(await historyOf(market, orderId), 'SupplierResponse.1');
    const expectSilenceRecorded = async (orderId: string, due: string): Promise<void> =>
      expectSilence(await historyOf(market, orderId), due);
  });

  describe('while no scheduler runs', () => {
    let engine: TestEngine;
    let market: Marketplace;
    beforeAll(async () => {
      engine = await startTestEngine({ RECOURSE_ROLES: 'api,projector' });
      market = await openMarketplace(engine);
    });
    afterAll(() => engine.stop());

    it('an answer one second late is refused, and the escalation is in the history with the due instant', async () => {
      await disputed(market, 'O-late');
      const due = dueOf(await historyOf(market, 'O-late'), 'SupplierResponse.1');
      const { body: passed } = await pass(market, 'P5DT1S');
      expect(passed.fired).toEqual([]);
      expect((await historyOf(market, 'O-late')).at(-1)?.type).not.toBe('DisputeEscalated');

      const answer = await market.supplier.post('/v1/orders/O-late/disputes/1/respond', response);
      expect(answer.status).toBe(409);
      expect(answer.body).toMatchObject({ code: 'DISPUTE.WRONG_STATE' });
      const history = await historyOf(market, 'O-late');
      expectSilence(history, due);
      expect(history.some(({ type }) => type === 'SupplierResponded')).toBe(false);
    });

    it('what one may do counts what is overdue as expired, recorded or not', async () => {
      await disputed(market, 'O-links');
      const rels = async () =>
        (await market.supplier.get('/v1/orders/O-links')).body.links.map(({ rel }: { rel: string }) => rel);
      expect(await rels()).toContain('respond');
      await pass(market, 'P5DT1S');
      expect(await rels()).not.toContain('respond');
    });
  });

  it('what fell due while no scheduler ran fires as soon as one does', async () => {
    const without = await startTestEngine({ RECOURSE_ROLES: 'api,projector' });
    const market = await openMarketplace(without);
    await disputed(market, 'O-1');
    await pass(market, 'P6D');
    await without.stop({ keepData: true });

    const engine = await startTestEngine({}, without.dataDir);
    try {
      const again = { ...market, ...(await reconnected(engine)) };
      const { body } = await pass(again, 'PT0S');
      expect(body.from).toBe(body.to);
      expect((await historyOf(again, 'O-1')).map(({ type }) => type)).toContain('DisputeEscalated');
    } finally {
      await engine.stop();
    }
  });
});

async function reconnected(engine: TestEngine): Promise<Pick<Marketplace, 'agent' | 'auditor'>> {
  const { clientOf } = await import('../support/api-client.js');
  return { agent: await clientOf(engine, 'agent', 'G1'), auditor: await clientOf(engine, 'auditor', 'U1') };
}

const dueOf = (history: readonly RecordedView[], deadline: string): string =>
  history.find(({ type, data }) => type === 'DeadlineSet' && data.deadline === deadline)?.data.dueAt;

function expectSilence(history: readonly RecordedView[], due: string): void {
  const expired = history.find(
    ({ type, data }) => type === 'DeadlineExpired' && data.deadline === 'SupplierResponse.1',
  );
  const escalated = history.find(({ type }) => type === 'DisputeEscalated');
  expect(expired).toMatchObject({
    data: { dueAt: due },
    metadata: { occurredAt: due, actor: { role: 'clock' } },
  });
  expect(escalated).toMatchObject({
    data: { reason: 'SUPPLIER_SILENT', escalatedAt: due },
    metadata: { occurredAt: due },
  });
}
