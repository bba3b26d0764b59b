import { projecting } from '../../libs/projection/spec.js';
import {
  decidedDispute,
  givenSteps,
  openedDispute,
  receivedOrder,
  type Step,
} from '../../test/support/example-history.js';
import { ofOrder } from '../../test/support/example-orders.js';
import { enrolledSupplier, supplierSteps } from '../../test/support/example-supplier.js';
import { readSide, type ReadSide } from '../../test/support/read-side.js';
import { orders } from '../orders/projection.js';
import { worklist } from '../worklist/projection.js';
import { supplierStanding } from './projection.js';
import { supplierRecord, suppliers } from './queries.js';

const usd = (dollars: number) => ({ amount: dollars * 100, currency: 'USD' });
const given = (steps: readonly Step[]) =>
  projecting(supplierStanding).given(...givenSteps(steps, 'supplier-S1'));
const enrolled = enrolledSupplier('S1', 'Ningbo Metal');
const suspended = supplierSteps({
  type: 'SupplierSuspended',
  data: { reason: 'RISK', suspendedAt: '2026-01-02T00:00:00.000Z' },
});
const reserved = supplierSteps(
  { type: 'CoverageReserved', data: { orderId: 'O1', amount: usd(2_000), kind: 'ORDER' } },
  { type: 'CoverageReserved', data: { orderId: 'O2', amount: usd(500), kind: 'RECOVERY' } },
  { type: 'CoverageReleased', data: { orderId: 'O1', amount: usd(1_500), kind: 'ORDER' } },
);

describe('The standing of a supplier (rule 1)', () => {
  it('is not qualified until it was assessed, suspended while it is, qualified otherwise', () => {
    given(enrolled.slice(0, 1)).thenColumns('S1', {
      name: 'Ningbo Metal',
      country: 'CN',
      standing: 'NOT_QUALIFIED',
      usd_limit: null,
    });
    given(enrolled).thenColumns('S1', { standing: 'QUALIFIED', usd_limit: 900_000 });
    given([...enrolled, ...suspended]).thenColumns('S1', { standing: 'SUSPENDED' });
    const reinstated = supplierSteps({ type: 'SupplierReinstated', data: { reinstatedBy: 'R1' } });
    given([...enrolled, ...suspended, ...reinstated]).thenColumns('S1', { standing: 'QUALIFIED' });
  });

  it('keeps what orders and recoveries hold of the limit as sums (rule 30)', () => {
    const row = given([...enrolled, ...reserved]).document('S1')!;
    expect(row.reserved).toEqual({ USD: { ORDER: 50_000, RECOVERY: 50_000 } });
    expect(row.supplier.reservations).toEqual([]);
  });
});

describe('Asking for suppliers', () => {
  let side: ReadSide;
  beforeAll(async () => {
    side = await readSide([supplierStanding, orders, worklist]);
    await side.record('supplier-S1', [...enrolled, ...reserved]);
    await side.record('supplier-S2', enrolledSupplier('S2', 'Anhui Glass').slice(0, 1));
    await side.record('supplier-S3', [...enrolledSupplier('S3', 'Berlin Bikes', 'DE'), ...suspended]);
    const answered = ofOrder(decidedDispute, { FeedbackLeft: { by: 'buyer', rating: 5, text: 'Fine' } });
    const silent: Step = {
      by: { role: 'clock', id: 'clock' },
      at: '2026-04-15T09:00:00.000Z',
      event: {
        type: 'DeadlineExpired',
        data: {
          deadline: 'SupplierResponse.1',
          kind: 'SupplierResponse',
          dispute: 1,
          dueAt: '2026-04-15T09:00:00.000Z',
          firedAt: '2026-04-15T09:00:00.000Z',
        },
      },
    };
    await side.record('order-1', decidedDispute);
    await side.record('order-2', answered);
    await side.record('order-3', [...openedDispute, silent]);
    await side.record('order-4', receivedOrder.slice(0, 1));
    await side.record(
      'order-5',
      ofOrder(receivedOrder, { OrderDrafted: { supplierId: 'S2', orderId: 'order-5' } }),
    );
    await side.idle();
  });
  afterAll(() => side.dispose());

  const found = async (query: Parameters<typeof suppliers>[1] = {}) =>
    (await suppliers(side.readModels.documents(supplierStanding), query)).items.map(
      ({ supplierId }) => supplierId,
    );

  it('lists them by name, filtered by badge, country and limit, and searched', async () => {
    expect(await found()).toEqual(['S2', 'S3', 'S1']);
    expect(await found({ filter: { standing: ['QUALIFIED', 'SUSPENDED'] } })).toEqual(['S3', 'S1']);
    expect(await found({ filter: { country: 'CN', usdLimitFrom: 900_000 } })).toEqual(['S1']);
    expect(await found({ search: 'glass' })).toEqual(['S2']);
  });

  it('has the record over all its orders', async () => {
    const documents = {
      suppliers: side.readModels.documents(supplierStanding),
      orders: side.readModels.documents(orders),
      cases: side.readModels.documents(worklist),
    };
    expect(await supplierRecord(documents, 'S1')).toEqual({
      supplierId: 'S1',
      name: 'Ningbo Metal',
      country: 'CN',
      enrolledAt: '2026-01-01T00:00:00.000Z',
      standing: 'QUALIFIED',
      limits: [{ limit: usd(9_000), available: usd(8_000) }],
      orders: 3,
      completedOrders: 2,
      disputes: {
        all: 3,
        open: 1,
        silent: 1,
        byGround: { QUALITY: 3 },
        byOutcome: { PARTIALLY_REFUNDED: 2 },
      },
      refunded: [usd(8_400)],
      owed: [],
      rating: 3.5,
      ratings: 2,
    });
    expect(await supplierRecord(documents, 'S2')).toMatchObject({
      orders: 1,
      rating: null,
      disputes: { all: 0 },
    });
    expect(await supplierRecord(documents, 'S9')).toBeUndefined();
  });
});
