import {
  AGENT,
  ARBITRATOR,
  BUYER,
  contract,
  expire,
  on,
  paidContract,
  shipment,
  shippingOn,
  SUPPLIER,
  usd,
} from '../cast.js';
import type { World } from '../world.js';

/** Orders that are never paid, and disputes that end without a ruling. */
export async function earlyEndings(world: World): Promise<void> {
  await contract(world, 'unpaid', '08-10', { terms: shippingOn('2026-09-30') });
  world.on(on('08-20'));
  await expire(world, 'unpaid');

  await noEvidenceThenWithdrawn(world);
}

async function noEvidenceThenWithdrawn(world: World): Promise<void> {
  const order = 'no-evidence';
  await paidContract(world, order, '09-01', { terms: shippingOn('2026-09-30') });
  world.on(on('09-04'));
  await world.order(order, SUPPLIER, shipment(2_000));
  world.on(on('09-10'));
  await world.order(order, BUYER, { type: 'ConfirmReceipt', data: {} });
  world.on(on('09-11'));
  await world.order(order, BUYER, {
    type: 'OpenDispute',
    data: {
      ground: 'QUANTITY',
      claimed: usd(100_000),
      statement: 'Some pieces are missing.',
      terms: [],
      desiredRemedy: 'CORRECTION',
    },
  });
  world.on(on('09-17'));
  await world.order(order, AGENT, { type: 'AssignArbitrator', data: { dispute: 1, arbitrator: 'A1' } });
  await world.order(order, ARBITRATOR, {
    type: 'RequestEvidence',
    data: { dispute: 1, from: 'buyer', kinds: [], question: 'How many are missing?' },
  });
  world.on(on('09-23'));
  await expire(world, order);
  await world.order(order, BUYER, {
    type: 'ReopenDispute',
    data: { dispute: 1, statement: 'The count was on my other desk.' },
  });
  world.on(on('09-24'));
  await world.order(order, BUYER, {
    type: 'WithdrawDispute',
    data: { dispute: 1, reason: 'They were in the last carton.' },
  });
  world.on(on('10-11'));
  await expire(world, order);
}
