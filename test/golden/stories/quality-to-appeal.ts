import { termsHash } from '../../../libs/domain/order/contract/decide.js';
import {
  AGENT,
  APPEAL,
  ARBITRATOR,
  BUYER,
  INSPECTOR,
  LOGISTICS,
  PAYMENTS,
  SUPPLIER,
  fileHash,
  on,
  payment,
  ruling,
  shipment,
  umbrellas,
  usd,
} from '../cast.js';
import type { World } from '../world.js';

const ORDER = 'quality-to-appeal';

/** A contract that is negotiated and revised, goods that are inspected, a dispute that goes the whole way. */
export async function qualityToAppeal(world: World): Promise<void> {
  await negotiatedContract(world);
  await inspectedGoods(world);
  await dispute(world);
  await bench(world);
  await appeal(world);
  await ending(world);
}

async function negotiatedContract(world: World): Promise<void> {
  world.on(on('01-10'));
  await world.order(ORDER, SUPPLIER, {
    type: 'DraftOrder',
    data: {
      orderId: ORDER,
      buyer: { id: 'B1', name: 'Rainy Day Imports', country: 'US' },
      supplierId: 'S1',
      policyId: 'standard',
      category: 'GIFTS',
      terms: { ...umbrellas, coveredAmount: usd(500_000) },
    },
  });
  world.on(on('01-11'));
  await world.order(ORDER, BUYER, { type: 'ProposeTerms', data: { terms: umbrellas } });
  world.on(on('01-12'));
  await world.order(ORDER, SUPPLIER, {
    type: 'ConfirmContract',
    data: { termsHash: termsHash(umbrellas) },
  });
  world.on(on('01-13'));
  await world.order(ORDER, PAYMENTS, payment('pay-0', 800_000, { method: 'OTHER', reference: 'cash' }));
  world.on(on('01-14'));
  await world.order(ORDER, PAYMENTS, payment('pay-1', 800_000, { paidAt: on('01-13', '16:30') }));
  await world.order(ORDER, PAYMENTS, {
    type: 'RecordFee',
    data: { feeId: 'fee-1', kind: 'PAYMENT', amount: usd(4_000), chargedTo: 'buyer', reference: 'pay-1' },
  });
  world.on(on('02-20'));
  await world.order(ORDER, SUPPLIER, {
    type: 'RequestShipDateRevision',
    data: { shipDate: '2026-05-01', reason: 'The mill is late.' },
  });
  world.on(on('02-21'));
  await world.order(ORDER, BUYER, {
    type: 'DeclineShipDateRevision',
    data: { revision: 1, reason: 'The season is over by then.' },
  });
  world.on(on('02-22'));
  await world.order(ORDER, SUPPLIER, { type: 'RequestShipDateRevision', data: { shipDate: '2026-03-20' } });
  world.on(on('02-23'));
  await world.order(ORDER, BUYER, { type: 'AgreeShipDateRevision', data: { revision: 2 } });
}

async function inspectedGoods(world: World): Promise<void> {
  world.on(on('03-01'));
  await world.order(ORDER, BUYER, {
    type: 'BookInspection',
    data: {
      inspectionId: 'insp-1',
      stage: 'PRE_SHIPMENT',
      by: 'THIRD_PARTY',
      inspectorId: 'I1',
      scheduledFor: on('03-12'),
    },
  });
  world.on(on('03-13'));
  await world.order(ORDER, INSPECTOR, {
    type: 'ReportInspection',
    data: {
      inspectionId: 'insp-1',
      result: 'CONDITIONAL',
      findings: [
        { term: 'weight', conforms: true },
        { term: 'feel', conforms: false, note: 'The handle is sticky.' },
      ],
      reportHash: fileHash('a'),
      inspectedAt: on('03-12', '14:00'),
    },
  });
  world.on(on('03-14'));
  await world.order(ORDER, BUYER, {
    type: 'WaiveNonconformity',
    data: { terms: ['feel'], statement: 'We accept the handle as it is.', inspectionId: 'insp-1' },
  });
  world.on(on('03-15'));
  await world.order(ORDER, PAYMENTS, payment('pay-2', 200_000, { milestone: 'BALANCE' }));
  world.on(on('03-19'));
  await world.order(ORDER, SUPPLIER, shipment(1_990));
  world.on(on('04-08'));
  await world.order(ORDER, LOGISTICS, {
    type: 'RecordCustomsClearance',
    data: { clearedAt: on('04-07'), reference: 'CBP-77' },
  });
  world.on(on('04-10'));
  await world.order(ORDER, BUYER, { type: 'ConfirmReceipt', data: { quantity: 1_990 } });
}

async function dispute(world: World): Promise<void> {
  world.on(on('04-12'));
  await world.order(ORDER, BUYER, {
    type: 'OpenDispute',
    data: {
      ground: 'QUALITY',
      claimed: usd(700_000),
      statement: 'The umbrellas are black, not navy.',
      terms: ['colour'],
      desiredRemedy: 'REFUND_WITH_RETURN',
    },
  });
  world.on(on('04-13'));
  await world.order(ORDER, BUYER, {
    type: 'AmendClaim',
    data: {
      dispute: 1,
      claimed: usd(600_000),
      statement: 'Two hundred can be sold all the same.',
      terms: ['colour'],
    },
  });
  await world.order(ORDER, SUPPLIER, {
    type: 'RespondToDispute',
    data: {
      dispute: 1,
      response: 'REJECT',
      statement: 'Navy looks black at night.',
      reasonCodes: ['GOODS_CONFORM'],
    },
  });
  world.on(on('04-14'));
  await world.order(ORDER, SUPPLIER, {
    type: 'ProposeSettlement',
    data: { dispute: 1, remedies: ['PARTIAL_REFUND'], amount: usd(50_000), message: 'For the trouble' },
  });
  world.on(on('04-15'));
  await world.order(ORDER, BUYER, {
    type: 'RejectSettlement',
    data: { dispute: 1, offer: 1, reason: 'Far too little' },
  });
  await world.order(ORDER, BUYER, { type: 'PostMessage', data: { dispute: 1, text: 'Look at the photos.' } });
  await world.order(ORDER, BUYER, {
    type: 'SubmitEvidence',
    data: {
      dispute: 1,
      kind: 'PHOTO',
      sha256: fileHash('b'),
      size: 204_800,
      mediaType: 'image/jpeg',
      fileName: 'in-daylight.jpg',
      description: 'Beside the approved sample, in daylight',
      terms: ['colour'],
    },
  });
  await world.order(ORDER, BUYER, { type: 'EscalateDispute', data: { dispute: 1 } });
}

async function bench(world: World): Promise<void> {
  const assign = (arbitrator: string) =>
    world.order(ORDER, AGENT, { type: 'AssignArbitrator', data: { dispute: 1, arbitrator } });
  world.on(on('04-16'));
  await assign('A0');
  await world.order(
    ORDER,
    { role: 'arbitrator', id: 'A0' },
    { type: 'RecuseArbitrator', data: { dispute: 1, reason: 'I have bought from this supplier.' } },
  );
  await assign('A1');
  world.on(on('04-17'));
  await world.order(ORDER, ARBITRATOR, {
    type: 'RequestEvidence',
    data: {
      dispute: 1,
      from: 'supplier',
      kinds: ['APPROVED_SAMPLE'],
      question: 'Is there a sample that both parties approved?',
    },
  });
  await world.order(ORDER, AGENT, {
    type: 'ExtendDeadline',
    data: { deadline: 'Evidence.1.1', to: on('04-26'), reason: 'A public holiday' },
  });
  world.on(on('04-25'));
  await world.order(ORDER, SUPPLIER, {
    type: 'SubmitEvidence',
    data: {
      dispute: 1,
      kind: 'APPROVED_SAMPLE',
      sha256: fileHash('c'),
      size: 1_024,
      mediaType: 'application/pdf',
      fileName: 'sample-7.pdf',
      request: 1,
      sealedTo: ['supplier'],
    },
  });
  await world.order(ORDER, ARBITRATOR, {
    type: 'ChangeEvidenceSeal',
    data: { dispute: 1, evidence: 2, reason: 'The buyer has to be able to compare the sample.' },
  });
  await world.order(ORDER, ARBITRATOR, {
    type: 'CommissionInspection',
    data: {
      dispute: 1,
      inspectionId: 'insp-2',
      stage: 'POST_DELIVERY',
      inspectorId: 'I1',
      question: 'Is ΔE within 2 of Pantone 2768 C?',
      fee: usd(20_000),
    },
  });
  world.on(on('04-27'));
  await world.order(ORDER, INSPECTOR, {
    type: 'ReportInspection',
    data: {
      inspectionId: 'insp-2',
      result: 'FAIL',
      findings: [{ term: 'colour', conforms: false, note: 'ΔE is 11.' }],
      reportHash: fileHash('e'),
    },
  });
  world.on(on('04-28'));
  await world.order(ORDER, ARBITRATOR, {
    type: 'IssueDetermination',
    data: ruling(await world.revision(ORDER), {
      liability: 7_000,
      reasonCodes: ['GOODS_NONCONFORMING'],
      evidence: [1],
      terms: ['colour'],
      statement: 'The colour is not the one that was agreed; part of the goods was sold.',
    }),
  });
}

async function appeal(world: World): Promise<void> {
  world.on(on('05-02'));
  await world.order(ORDER, SUPPLIER, {
    type: 'LodgeAppeal',
    data: { dispute: 1, statement: 'The lamp of the inspector was yellow.' },
  });
  world.on(on('05-03'));
  await world.order(ORDER, AGENT, { type: 'AssignArbitrator', data: { dispute: 1, arbitrator: 'A9' } });
  world.on(on('05-08'));
  await world.order(ORDER, APPEAL, {
    type: 'DecideAppeal',
    data: ruling(await world.revision(ORDER), {
      liability: 5_000,
      reasonCodes: ['GOODS_NONCONFORMING', 'NO_CLEAR_SPEC'],
      evidence: [1, 2],
      terms: ['colour'],
      statement: 'The colour differs, and the light was not agreed.',
    }),
  });
}

async function ending(world: World): Promise<void> {
  world.on(on('05-09'));
  await world.order(ORDER, PAYMENTS, {
    type: 'RecordRefund',
    data: { refundId: 'refund-1', outcome: 'ISSUED', amount: usd(300_000) },
  });
  world.on(on('05-11'));
  await world.order(ORDER, PAYMENTS, {
    type: 'RecordRelease',
    data: { releaseId: 'release-1', amount: usd(700_000), reference: 'SWIFT-9' },
  });
  await world.order(ORDER, BUYER, {
    type: 'LeaveFeedback',
    data: { rating: 2, text: 'Black umbrellas, but dry feet.' },
  });
}
