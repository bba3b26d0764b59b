import { epochMsOf, instantOf } from '../../libs/kernel/instant.js';
import type { WorklistCase } from './projection.js';
import { disputeTally, type LimitOf } from './metrics.js';

const OPENED = '2026-03-01T00:00:00.000Z';
const hours = (count: number) => instantOf(epochMsOf(OPENED) + count * 3_600_000);
type Dispute = WorklistCase['dispute'];

const aCase = (more: Partial<WorklistCase>, dispute: Partial<Dispute> = {}): WorklistCase => ({
  orderId: 'O1',
  buyerId: 'B1',
  supplierId: 'S1',
  currency: 'USD',
  openedAt: OPENED,
  silent: false,
  determinationOverdue: false,
  openDeadlines: [],
  ...more,
  dispute: {
    dispute: 1,
    ground: 'QUALITY',
    status: 'NEGOTIATING',
    openedAt: OPENED,
    claimed: 1_000,
    terms: [],
    desiredRemedy: 'FULL_REFUND',
    mayEscalate: [],
    offers: [],
    messages: 0,
    evidence: [],
    requests: [],
    recused: [],
    reopened: 0,
    ...dispute,
  },
});
const metricsOf = (cases: readonly WorklistCase[], limitOf: LimitOf = () => undefined) => {
  const tally = disputeTally();
  cases.forEach(tally.add);
  return tally.metrics(limitOf);
};
const closed = (outcome: NonNullable<Dispute['closed']>['outcome'], award: number, at = hours(100)) =>
  ({ status: 'CLOSED', closed: { outcome, award, at } }) as const;

describe('Metrics of disputes', () => {
  it('count by ground and outcome, and what is open', () => {
    const { disputes, open, byGround } = metricsOf([
      aCase({}),
      aCase({}, closed('SETTLED', 10)),
      aCase({}, closed('SETTLED', 0)),
      aCase({}, { ground: 'LATE_SHIPMENT', ...closed('REJECTED', 0) }),
    ]);
    expect([disputes, open]).toEqual([4, 1]);
    expect(byGround).toEqual([
      { ground: 'LATE_SHIPMENT', open: 0, outcomes: { REJECTED: 1 } },
      { ground: 'QUALITY', open: 1, outcomes: { SETTLED: 2 } },
    ]);
  });

  it('say how long response, settlement and determination take', () => {
    const cases = Array.from({ length: 100 }, (_, index) => aCase({ respondedAt: hours(index + 1) }));
    const metrics = metricsOf([
      ...cases,
      aCase({ determinedAt: hours(7) }, closed('PARTIALLY_REFUNDED', 5)),
      aCase({}, closed('SETTLED', 5, hours(3))),
    ]);
    expect(metrics.timeToResponse).toEqual({ count: 100, p50Hours: 50, p90Hours: 90, p99Hours: 99 });
    expect(metrics.timeToDetermination).toEqual({ count: 1, p50Hours: 7, p90Hours: 7, p99Hours: 7 });
    expect(metrics.timeToSettlement).toMatchObject({ count: 1, p50Hours: 3 });
    expect(metricsOf([]).timeToResponse).toEqual({
      count: 0,
      p50Hours: null,
      p90Hours: null,
      p99Hours: null,
    });
  });

  it('rate suppliers by silence and refunds', () => {
    const { suppliers } = metricsOf([
      aCase({ silent: true }, closed('REFUNDED', 5)),
      aCase({}, closed('REJECTED', 0)),
      aCase({}),
      aCase({ supplierId: 'S2' }),
    ]);
    expect(suppliers).toEqual([
      { supplier: 'S1', disputes: 3, silence: 1 / 3, refund: 0.5 },
      { supplier: 'S2', disputes: 1, silence: 0, refund: null },
    ]);
  });

  it('add up what open disputes claim, by currency', () => {
    const { exposure } = metricsOf([
      aCase({}),
      aCase({}),
      aCase({ currency: 'JPY' }),
      aCase({}, closed('REJECTED', 0)),
    ]);
    expect(exposure).toEqual([
      { amount: 2_000, currency: 'USD' },
      { amount: 1_000, currency: 'JPY' },
    ]);
  });

  it('set what is awarded and not final against limits', () => {
    const ruled = (award: number, appealed?: number) =>
      ({
        status: appealed === undefined ? 'DETERMINED' : 'UNDER_APPEAL',
        determination: { award },
        ...(appealed === undefined ? {} : { appeal: { decision: { award: appealed } } }),
      }) as unknown as Partial<Dispute>;
    const { openAwards } = metricsOf(
      [
        aCase({}, ruled(400)),
        aCase({}, ruled(500, 100)),
        aCase({ currency: 'JPY' }, ruled(9)),
        aCase({ supplierId: 'S2' }, ruled(800)),
        aCase({ supplierId: 'S3' }, ruled(0)),
        aCase({}, { ...ruled(700), ...closed('PARTIALLY_REFUNDED', 700) }),
        aCase({}),
      ],
      (supplier, currency) => (supplier === 'S1' && currency === 'USD' ? 750 : undefined),
    );
    const usd = (amount: number) => ({ amount, currency: 'USD' });
    expect(openAwards).toEqual([
      { supplier: 'S2', awarded: usd(800), limit: null },
      { supplier: 'S1', awarded: usd(500), limit: usd(750) },
      { supplier: 'S1', awarded: { amount: 9, currency: 'JPY' }, limit: null },
    ]);
  });
});
