import {
  decidedDispute,
  escalatedDispute,
  openedDispute,
  type Step,
} from '../../test/support/example-history.js';
import { ofOrder } from '../../test/support/example-orders.js';
import { enrolledSupplier } from '../../test/support/example-supplier.js';
import { readSide, type ReadSide } from '../../test/support/read-side.js';
import { disputeMetrics } from './metrics.js';
import { supplierStanding } from '../supplier-standing/projection.js';
import { worklist } from './projection.js';
import { cases, countCases, type WorklistQuery } from './queries.js';

const usd = (dollars: number) => ({ amount: dollars * 100, currency: 'USD' });
const claim = (more: Record<string, unknown>) => ({
  DisputeOpened: { buyerId: 'B1', supplierId: 'S1', ...more },
});
const NOW = '2026-04-17T00:00:00.000Z';

describe('Asking for cases', () => {
  let side: ReadSide;
  const ask = async (query: Partial<WorklistQuery> = {}) =>
    (await cases(side.readModels.documents(worklist), { now: NOW, ...query })).items;
  const found = async (query: Partial<WorklistQuery> = {}) =>
    (await ask(query)).map(({ orderId }) => orderId);

  beforeAll(async () => {
    side = await readSide([worklist, supplierStanding]);
    const orders: Record<string, Step[]> = {
      'late-1': ofOrder(
        openedDispute,
        claim({ ground: 'LATE_SHIPMENT', claimed: usd(100), supplierId: 'S2' }),
      ),
      'open-2': ofOrder(openedDispute, claim({ claimed: usd(900) })),
      'escalated-3': ofOrder(escalatedDispute, claim({ buyerId: 'B9' })),
      'closed-4': [...decidedDispute],
    };
    for (const [id, steps] of Object.entries(orders)) await side.record(`order-${id}`, steps);
    await side.idle();
  });
  afterAll(() => side.dispose());

  it('gives what is due first first, and what has no deadline last', async () => {
    expect(await found()).toEqual(['late-1', 'open-2', 'escalated-3', 'closed-4']);
  });

  it('shows in a row all that the list shows', async () => {
    const [, , escalated] = await ask();
    expect(escalated).toEqual({
      orderId: 'escalated-3',
      dispute: 1,
      state: 'EVIDENCE_PENDING',
      ground: 'QUALITY',
      claimed: usd(7_000),
      title: '7,000.00 USD for quality',
      buyer: 'B9',
      supplier: 'S1',
      arbitrator: 'A2',
      openedAt: '2026-04-10T09:00:00.000Z',
      respondedAt: '2026-04-12T09:00:00.000Z',
      silent: false,
      escalatedAt: '2026-04-14T12:00:00.000Z',
      escalation: 'BUYER',
      determinedAt: null,
      closedAt: null,
      outcome: null,
      award: null,
      nextDeadline: { deadline: 'Evidence.1.1', kind: 'Evidence', dueAt: '2026-04-21T09:00:00.000Z' },
      overdue: false,
    });
    expect((await ask())[3]).toMatchObject({
      outcome: 'PARTIALLY_REFUNDED',
      award: usd(4_200),
      nextDeadline: null,
    });
  });

  it('marks what is overdue by now', async () => {
    expect((await ask()).map(({ overdue }) => overdue)).toEqual([true, true, false, false]);
    expect((await ask({ now: '2026-04-15T08:59:59.999Z' })).map(({ overdue }) => overdue)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });

  it.each<[string, Partial<WorklistQuery>, string[]]>([
    ['by state', { filter: { state: ['AWAITING_SUPPLIER', 'CLOSED'] } }, ['late-1', 'open-2', 'closed-4']],
    ['by ground', { filter: { ground: ['LATE_SHIPMENT'] } }, ['late-1']],
    ['by buyer', { filter: { buyer: 'B9' } }, ['escalated-3']],
    ['by supplier', { filter: { supplier: 'S2' } }, ['late-1']],
    ['by arbitrator', { filter: { arbitrator: 'A2' } }, ['escalated-3', 'closed-4']],
    ['without an arbitrator', { filter: { arbitrator: null } }, ['late-1', 'open-2']],
    ['by amount', { filter: { currency: 'USD', claimedFrom: 10_001, claimedTo: 90_000 } }, ['open-2']],
    ['by the next deadline', { filter: { dueBefore: '2026-04-15T09:00:00.001Z' } }, ['late-1', 'open-2']],
    ['by the opening', { filter: { openedFrom: '2026-04-10T09:00:00.001Z' } }, []],
    ['by a part of an id', { search: 'ESCAL' }, ['escalated-3']],
    [
      'by nothing, sorted by amount, greatest first',
      { sort: 'claimed', direction: 'desc' },
      ['escalated-3', 'closed-4', 'open-2', 'late-1'],
    ],
  ])('%s', async (_, query, expected) => {
    expect(await found(query)).toEqual(expected);
  });

  it('page by page, without a gap', async () => {
    const documents = side.readModels.documents(worklist);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof cases>> = await cases(documents, { now: NOW, limit: 1, cursor });
      seen.push(...page.items.map(({ orderId }) => orderId));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(await found());
    expect(await countCases(documents, {})).toBe(4);
    expect(await countCases(documents, { filter: { state: ['CLOSED'] } })).toBe(1);
  });

  it('adds them up, all or those opened in a period', async () => {
    const documents = side.readModels.documents(worklist);
    const standings = side.readModels.documents(supplierStanding);
    expect(await disputeMetrics(documents, standings)).toMatchObject({
      disputes: 4,
      open: 3,
      timeToResponse: { count: 2, p50Hours: 48 },
      suppliers: [{ supplier: 'S1', disputes: 3 }, { supplier: 'S2' }],
    });
    const opened = '2026-04-10T09:00:00.000Z';
    expect((await disputeMetrics(documents, standings, { from: opened })).disputes).toBe(4);
    expect((await disputeMetrics(documents, standings, { to: opened })).disputes).toBe(0);
  });

  it('sets what is awarded and not final against the limit that its supplier has now', async () => {
    const other = await readSide([worklist, supplierStanding]);
    const lodged = decidedDispute.findIndex(({ event }) => event.type === 'AppealLodged');
    await other.record('supplier-S1', enrolledSupplier('S1', 'Acme'));
    await other.record('order-ruled', decidedDispute.slice(0, lodged));
    await other.idle();
    const { openAwards } = await disputeMetrics(
      other.readModels.documents(worklist),
      other.readModels.documents(supplierStanding),
    );
    await other.dispose();
    expect(openAwards).toEqual([{ supplier: 'S1', awarded: usd(4_200), limit: usd(9_000) }]);
  });
});
