import {
  AGENT,
  ARBITRATOR,
  BUYER,
  CLOCK,
  INSPECTOR,
  LOGISTICS,
  PAYMENTS,
  SUPPLIER,
  expire,
  fileHash,
  on,
  paidContract,
  ruling,
  shipment,
  umbrellas,
  usd,
} from '../cast.js';
import type { World } from '../world.js';

/** The other two presets: other windows, other custody, another end. */
export async function otherPolicies(world: World): Promise<void> {
  await classic(world);
  await current(world);
}

/** Pre-shipment cover, money on a designated account, a determination that is final at once. */
async function classic(world: World): Promise<void> {
  const order = 'classic';
  await paidContract(world, order, '10-12', {
    policyId: 'classic',
    terms: { ...umbrellas, coverageType: 'PRE_SHIPMENT', shipDate: '2026-11-30' },
  });
  await world.order(order, PAYMENTS, {
    type: 'RecordRelease',
    data: { releaseId: 'release-1', amount: usd(800_000) },
  });
  world.on(on('10-20'));
  await world.order(order, BUYER, {
    type: 'BookInspection',
    data: { inspectionId: 'insp-1', stage: 'PRE_SHIPMENT', by: 'PLATFORM', inspectorId: 'I1' },
  });
  world.on(on('10-22'));
  await world.order(order, INSPECTOR, {
    type: 'ReportInspection',
    data: {
      inspectionId: 'insp-1',
      result: 'FAIL',
      findings: [{ term: 'weight', conforms: false, note: '290 g' }],
      reportHash: fileHash('f'),
    },
  });
  world.on(on('10-23'));
  await world.order(order, BUYER, {
    type: 'OpenDispute',
    data: {
      ground: 'QUALITY',
      claimed: usd(400_000),
      statement: 'Too light: they will turn inside out.',
      terms: ['weight'],
      desiredRemedy: 'PARTIAL_REFUND',
    },
  });
  // Under this policy silence only lets the buyer escalate.
  world.on(on('10-29'));
  await world.order(order, BUYER, { type: 'EscalateDispute', data: { dispute: 1 } });
  await world.order(order, AGENT, { type: 'AssignArbitrator', data: { dispute: 1, arbitrator: 'A1' } });
  world.on(on('10-30'));
  await world.order(order, ARBITRATOR, {
    type: 'IssueDetermination',
    data: ruling(await world.revision(order), {
      reasonCodes: ['GOODS_NONCONFORMING'],
      terms: ['weight'],
      remedies: ['FULL_REFUND'],
      statement: 'The pieces are lighter than agreed.',
    }),
  });
  await world.order(order, PAYMENTS, {
    type: 'RecordRefund',
    data: { refundId: 'refund-1', outcome: 'ISSUED', amount: usd(400_000) },
  });
}

/** Open orders share the limit, days are Shanghai's, and the case escalates by itself on the seventh day. */
async function current(world: World): Promise<void> {
  const order = 'current';
  const coverage = { orderId: order, kind: 'ORDER' } as const;
  world.on(on('11-01', '08:00'));
  await world.supplier('S1', CLOCK, { type: 'ReserveCoverage', data: { ...coverage, amount: usd(750_000) } });
  await paidContract(world, order, '11-01', {
    policyId: 'current',
    terms: { ...umbrellas, shipDate: '2026-11-10' },
  });
  world.on(on('11-12'));
  await world.order(order, SUPPLIER, shipment(2_000));
  await world.order(order, BUYER, {
    type: 'OpenDispute',
    data: {
      ground: 'LATE_SHIPMENT',
      claimed: usd(50_000),
      statement: 'Two days late.',
      terms: ['SHIP_DATE'],
      desiredRemedy: 'DELAY_COMPENSATION',
    },
  });
  world.on(on('11-19', '09:01'));
  await expire(world, order);
  await world.order(order, AGENT, { type: 'AssignArbitrator', data: { dispute: 1, arbitrator: 'A1' } });
  world.on(on('11-20'));
  await world.order(order, ARBITRATOR, {
    type: 'IssueDetermination',
    data: ruling(await world.revision(order), {
      liability: 0,
      reasonCodes: ['INSUFFICIENT_EVIDENCE'],
      remedies: ['NOTHING'],
      statement: 'No loss was shown.',
    }),
  });
  world.on(on('11-25'));
  await world.order(order, LOGISTICS, { type: 'RecordCustomsClearance', data: {} });
  world.on(on('12-15'));
  await expire(world, order);
  await world.supplier('S1', CLOCK, { type: 'ReleaseCoverage', data: coverage });
}
