import type { OrderEvent } from '../../libs/domain/order/events.js';
import { evolveOrder } from '../../libs/domain/order/evolve.js';
import type { Order } from '../../libs/domain/order/state.js';
import {
  decidedDispute,
  escalatedDispute,
  sealLifted,
  type Step,
} from '../../test/support/example-history.js';
import { readSide, type ReadSide } from '../../test/support/read-side.js';
import { deadlineQueue } from '../deadline-queue/projection.js';
import { countDeadlines, openDeadlines } from '../deadline-queue/queries.js';
import { timeline } from '../order-timeline/queries.js';
import { caseFile } from './projection.js';
import { factsOfOrder, openCaseFile } from './queries.js';

const orderOf = (steps: readonly Step[]): Order =>
  steps.reduce<Order | undefined>((order, { event }) => evolveOrder(order, event as OrderEvent), undefined)!;

const NOW = '2026-04-17T00:00:00.000Z';

describe('Reading an order’s case files, timeline and deadlines from the read models', () => {
  let side: ReadSide;

  beforeAll(async () => {
    side = await readSide([caseFile, deadlineQueue]);
    // A second order whose id begins like the first one's.
    await side.record('order-O1', decidedDispute);
    await side.record('order-O1/contract', escalatedDispute);
    await side.idle();
  });
  afterAll(() => side.dispose());

  const documents = () => side.readModels.documents(caseFile);

  it('opens the file of a dispute with all that happened, of this order only', async () => {
    const file = (await openCaseFile(documents(), 'O1', 1, { now: NOW }))!;
    expect(file.revision).toBe(String(decidedDispute.length - 1));
    expect(file.timeline).toHaveLength(decidedDispute.length);
    expect((await openCaseFile(documents(), 'O1/contract', 1, { now: NOW }))!.revision).toBe(
      String(escalatedDispute.length - 1),
    );
  });

  it('opens it as of an earlier revision', async () => {
    const revision = String(escalatedDispute.length - 1);
    const asOf = (await openCaseFile(documents(), 'O1', 1, { now: NOW, revision }))!;
    expect(asOf).toMatchObject({ revision, status: 'EVIDENCE_PENDING' });
    expect(asOf.timeline).toHaveLength(escalatedDispute.length);
  });

  it('has none of a dispute or an order that is not there', async () => {
    expect(await openCaseFile(documents(), 'O1', 2, { now: NOW })).toBeUndefined();
    expect(await openCaseFile(documents(), 'O', 1, { now: NOW })).toBeUndefined();
    expect(await factsOfOrder(documents(), 'O')).toEqual([]);
  });

  it('tells the timeline by pages, by who acted, by part, by dispute', async () => {
    const first = await timeline(documents(), { orderId: 'O1', limit: 20 });
    const rest = await timeline(documents(), { orderId: 'O1', cursor: first.nextCursor, limit: 200 });
    expect([first.items.length, rest.items.length, rest.nextCursor]).toEqual([
      20,
      decidedDispute.length - 20,
      null,
    ]);
    const only = async (filter: NonNullable<Parameters<typeof timeline>[1]['filter']>) =>
      new Set(
        (await timeline(documents(), { orderId: 'O1', filter, limit: 7 })).items.map(({ type }) => type),
      );
    expect(await only({ role: 'logistics', part: 'fulfilment' })).toEqual(
      new Set(['ShipmentRecorded', 'CustomsCleared']),
    );
    expect(await only({ part: 'inspection', dispute: 1 })).toEqual(new Set(['InspectionCommissioned']));
    const read = (order: Pick<Order, 'disputes'>) =>
      timeline(documents(), {
        orderId: 'O1',
        limit: 200,
        filter: { viewer: { caller: { role: 'buyer', id: 'B1' }, order } },
      });
    const order = orderOf(decidedDispute);
    expect((await read(order)).items).toHaveLength(decidedDispute.length - 1);
    // What holds is the seal as it is now.
    expect((await read(orderOf([...decidedDispute, ...sealLifted]))).items).toHaveLength(
      decidedDispute.length,
    );
  });

  it('lists open deadlines, the next one first', async () => {
    const queue = side.readModels.documents(deadlineQueue);
    const { items } = await openDeadlines(queue, { limit: 10 });
    expect(items.map(({ deadline }) => deadline)).toEqual([
      'Evidence.1.1',
      'ClaimWindow',
      'DeterminationDue.1',
    ]);
    expect(await countDeadlines(queue)).toBe(3);
    expect(await countDeadlines(queue, { dueBefore: '2026-05-03T09:00:00.000Z' })).toBe(1);
    expect(await countDeadlines(queue, { dueFrom: '2026-05-03T09:00:00.000Z', orderId: 'O1/contract' })).toBe(
      2,
    );
    expect(await countDeadlines(queue, { orderId: 'O1' })).toBe(0);
  });
});
