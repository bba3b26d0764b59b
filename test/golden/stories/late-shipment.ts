import { AGENT, ARBITRATOR, BUYER, PAYMENTS, expire, on, paidContract, ruling, usd } from '../cast.js';
import type { World } from '../world.js';

const ORDER = 'late-shipment';

/** Nothing is shipped and nobody answers: silence escalates, the award is capped, the refund fails once, the debt is written off in part. */
export async function lateShipment(world: World): Promise<void> {
  await paidContract(world, ORDER, '01-12');
  world.on(on('03-11'));
  await world.order(ORDER, BUYER, {
    type: 'OpenDispute',
    data: {
      ground: 'LATE_SHIPMENT',
      claimed: usd(750_000),
      statement: 'The ship date has passed and nothing was shipped.',
      terms: ['SHIP_DATE'],
      desiredRemedy: 'FULL_REFUND',
    },
  });
  // A scheduler that is two hours late: the escalation counts from the due instant all the same.
  world.on(on('03-16', '11:00'));
  await expire(world, ORDER);
  world.on(on('03-17'));
  await world.order(ORDER, AGENT, {
    type: 'AssignArbitrator',
    data: { dispute: 1, arbitrator: 'A1', conflicts: [] },
  });
  world.on(on('03-20'));
  await world.order(ORDER, ARBITRATOR, {
    type: 'IssueDetermination',
    data: ruling(await world.revision(ORDER), { remedies: ['FULL_REFUND'] }),
  });
  world.on(on('04-05'));
  await expire(world, ORDER);
  const refund = { refundId: 'refund-1', amount: usd(750_000) };
  await world.order(ORDER, PAYMENTS, {
    type: 'RecordRefund',
    data: { ...refund, outcome: 'FAILED', reason: 'Account closed' },
  });
  world.on(on('04-06'));
  await world.order(ORDER, PAYMENTS, { type: 'RetryRefund', data: { refundId: 'refund-1' } });
  world.on(on('04-07'));
  await world.order(ORDER, PAYMENTS, {
    type: 'RecordRefund',
    data: { ...refund, outcome: 'ISSUED', reference: 'SWIFT-2' },
  });
  world.on(on('04-20'));
  await world.order(ORDER, PAYMENTS, {
    type: 'RecordRecovery',
    data: { recoveryId: 'recovery-1', amount: usd(700_000), reference: 'SWIFT-3' },
  });
  world.on(on('05-20'));
  await world.order(ORDER, AGENT, {
    type: 'WriteOffRecovery',
    data: { recoveryId: 'recovery-1', reason: 'The rest is not worth a lawsuit.' },
  });
}
