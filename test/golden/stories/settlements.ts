import {
  BUYER,
  LOGISTICS,
  PAYMENTS,
  SUPPLIER,
  contract,
  expire,
  on,
  paidContract,
  payment,
  shipment,
  shippingOn,
  usd,
} from '../cast.js';
import type { World } from '../world.js';

/** Disputes that the parties end themselves, and a bank that takes part of the money back meanwhile. */
export async function settlements(world: World): Promise<void> {
  await counterOffer(world);
  await chargedBack(world);
}

async function counterOffer(world: World): Promise<void> {
  const order = 'counter-offer';
  await paidContract(world, order, '06-01', { terms: shippingOn('2026-06-30') });
  world.on(on('06-05'));
  await world.order(order, LOGISTICS, shipment(1_500));
  // Nobody confirms receipt: it is deemed after sixty days.
  world.on(on('08-05'));
  await expire(world, order);
  await world.order(order, BUYER, {
    type: 'OpenDispute',
    data: {
      ground: 'QUANTITY',
      claimed: usd(200_000),
      statement: 'Five hundred pieces are missing.',
      terms: [],
      desiredRemedy: 'PARTIAL_REFUND',
    },
  });
  world.on(on('08-06'));
  await world.order(order, SUPPLIER, {
    type: 'RespondToDispute',
    data: {
      dispute: 1,
      response: 'COUNTER',
      statement: 'They come with the next ship.',
      offer: { remedies: ['REPLACEMENT', 'PARTIAL_REFUND'], amount: usd(60_000) },
    },
  });
  world.on(on('08-07'));
  await world.order(order, BUYER, { type: 'AcceptSettlement', data: { dispute: 1, offer: 1 } });
}

async function chargedBack(world: World): Promise<void> {
  const order = 'chargeback';
  await contract(world, order, '06-01', { terms: shippingOn('2026-06-30') });
  await world.order(order, PAYMENTS, payment('card-1', 800_000, { method: 'CARD' }));
  world.on(on('06-05'));
  await world.order(order, LOGISTICS, shipment(2_000));
  world.on(on('06-20'));
  await world.order(order, BUYER, { type: 'ConfirmReceipt', data: {} });
  world.on(on('06-21'));
  await world.order(order, BUYER, {
    type: 'OpenDispute',
    data: {
      ground: 'QUANTITY',
      claimed: usd(700_000),
      statement: 'The cartons were empty.',
      terms: ['QUANTITY'],
      desiredRemedy: 'FULL_REFUND',
    },
  });
  await world.order(order, SUPPLIER, {
    type: 'RespondToDispute',
    data: { dispute: 1, response: 'ACCEPT', statement: 'We packed the wrong cartons.' },
  });
  await world.order(order, PAYMENTS, {
    type: 'ReportChargeback',
    data: { chargebackId: 'cb-1', paymentId: 'card-1', amount: usd(300_000), reason: 'Not as described' },
  });
  await world.order(order, PAYMENTS, {
    type: 'RecordRefund',
    data: { refundId: 'refund-2', outcome: 'ISSUED', amount: usd(500_000) },
  });
}
