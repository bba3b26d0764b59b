import { decidedDispute, otherEvents } from '../../../test/support/example-history.js';
import type { OrderEvent } from './events.js';
import { narrateOrder } from './narrate.js';

/** What an auditor reads, word for word, with the rules that are cited beside it. */
const everyStep = [...decidedDispute, ...otherEvents];

type Line = readonly [sentence: string, ...rules: readonly number[]];
const STORY: readonly Line[] = [
  [
    'Buyer B1 drafted an order between buyer Hardware Direct (B1, US) and supplier S1 under policy standard: 500 pieces of steel brackets for 10,000.00 USD, 8,000.00 USD of it covered (post delivery), to be shipped by 2026-03-10.',
    4,
    5,
  ],
  [
    'Supplier S1 proposed other terms (proposal 2): 500 pieces of steel brackets for 10,000.00 USD, 7,500.00 USD of it covered (post delivery), to be shipped by 2026-03-10.',
    4,
    5,
  ],
  [
    'Buyer B1 confirmed the contract under policy standard, version 1: 7,500.00 USD covered, supplier Ningbo Metal with a limit of 9,000.00 USD; warned that no inspection planned, cover below deposit.',
    4,
    6,
  ],
  ['Time for the initial payment runs until 2026-02-10 09:00 UTC (7 days, UTC).', 9],
  ['Time for the shipment runs until 2026-03-11 00:00 UTC.', 15],
  [
    'Payment service P1 recorded payment pay-1: 8,000.00 USD by telegraphic transfer from Hardware Direct LLC (US), initial payment, covered.',
    8,
    9,
  ],
  ['Time for the initial payment is no longer running: ended by PaymentReceived.', 9],
  ['A fee of 30.00 USD (payment) was charged to the buyer.', 8],
  [
    'Payment service P1 recorded payment pay-2: 2,000.00 USD by other from Hardware Direct LLC (US). It is not covered: The policy lists no such method.',
    8,
  ],
  ['Supplier S1 asked to move the ship date to 2026-04-30 (revision 1): “The mill is late”.', 7],
  ['Buyer B1 declined to move the ship date (revision 1): “Too late for us”.', 7],
  ['Supplier S1 asked to move the ship date to 2026-03-20 (revision 2).', 7],
  ['Buyer B1 agreed to ship date 2026-03-20 (revision 2).', 7],
  [
    'Buyer B1 moved the end of the time for the shipment from 2026-03-11 00:00 UTC to 2026-03-21 00:00 UTC: “Ship date revision 2 agreed”.',
    15,
  ],
  ['Buyer B1 booked inspection insp-1 (pre shipment, by sample, for 2026-03-15 09:00 UTC).', 16],
  ['I1 reported inspection insp-1: conditional; not conforming: finish.', 16],
  ['Buyer B1 waived non-conformity of finish: “Scratches do not matter to us”.', 17],
  ['Logistics feed L1 recorded shipment ship-1 of 500 with COSCO on 2026-03-19 09:00 UTC.', 15],
  ['Time for the shipment is no longer running: ended by ShipmentRecorded.', 15],
  ['Time for the buyer to confirm receipt runs until 2026-05-18 09:00 UTC (60 days, UTC).', 22],
  ['Logistics feed L1 recorded that the goods cleared customs on 2026-04-01 09:00 UTC.', 22],
  ['Buyer B1 confirmed receipt of 500 on 2026-04-03 09:00 UTC.', 10, 22],
  ['Time for the buyer to confirm receipt is no longer running: ended by ReceiptConfirmed.', 22],
  ['Time for a claim runs until 2026-05-03 09:00 UTC (30 days, UTC).', 22],
  [
    'Buyer B1 opened dispute 1 for quality and claims 7,500.00 USD (at most 7,500.00 USD can be awarded), asking for partial refund: “The brackets are grey, not black.”.',
    14,
    20,
    21,
    22,
  ],
  ['8,000.00 USD held were frozen while dispute 1 is open.', 10],
  ['Time for the supplier’s response (dispute 1) runs until 2026-04-15 09:00 UTC (5 days, UTC).', 23],
  ['Time for a settlement (dispute 1) runs until 2026-04-25 09:00 UTC (15 days, UTC).', 24],
  [
    'Buyer B1 amended the claim in dispute 1 to 7,000.00 USD: “The brackets are grey, not black; some can be used.”.',
    20,
    21,
  ],
  ['Supplier S1 rejected the claim in dispute 1 (goods conform): “They are black enough.”.', 23],
  ['Time for the supplier’s response (dispute 1) is no longer running: ended by SupplierResponded.', 23],
  ['Buyer B1 wrote in dispute 1: “Please look at the photos.”.'],
  ['Buyer B1 submitted evidence 1 in dispute 1: photo, file brackets.jpg (SHA-256 cccccccccccc…).', 27],
  ['Supplier S1 submitted evidence 2 in dispute 1: design file, sealed (SHA-256 dddddddddddd…).', 27],
  ['Supplier S1 made offer 1 in dispute 1: partial refund, 500.00 USD, open until 2026-04-16 09:00 UTC.', 25],
  ['Time for an answer to the offer (dispute 1) runs until 2026-04-16 09:00 UTC (3 days, UTC).', 25],
  ['Buyer B1 rejected offer 1 in dispute 1: “Far too little”.', 25],
  ['Time for an answer to the offer (dispute 1) is no longer running: ended by SettlementRejected.', 25],
  ['Dispute 1 was escalated by the buyer.', 24],
  ['Time for a settlement (dispute 1) is no longer running: ended by DisputeEscalated.', 24],
  ['Time for the determination (dispute 1) runs until 2026-05-14 12:00 UTC (30 days, UTC).', 26],
  ['G1 assigned arbitrator A1 to dispute 1.', 26],
  ['Arbitrator A1 stepped down from dispute 1: “I know the supplier”.', 26],
  ['G1 assigned arbitrator A2 to dispute 1.', 26],
  [
    'Arbitrator A2 asked the supplier for evidence in dispute 1 (request 1) by 2026-04-21 09:00 UTC: “Is there an approved sample?”.',
    26,
  ],
  ['Time for the evidence that was requested (dispute 1) runs until 2026-04-21 09:00 UTC (5 days, UTC).', 26],
  ['Arbitrator A2 commissioned inspection insp-2 from I1 for dispute 1: “Which shade is it?”.', 26],
  ['Time for the evidence that was requested (dispute 1) ran out at 2026-04-21 09:00 UTC.', 26],
  ['I1 reported inspection insp-2: fail; not conforming: colour.', 16],
  [
    'Arbitrator A2 decided dispute 1: the supplier is liable for 60 % of 7,000.00 USD, the award is 4,200.00 USD (cap 7,500.00 USD), partial refund; reasons: goods nonconforming and no clear spec. Final at 2026-05-13 09:00 UTC.',
    20,
    27,
    28,
  ],
  ['Time for the determination (dispute 1) is no longer running: ended by DeterminationIssued.', 26],
  ['Time for an appeal (dispute 1) runs until 2026-05-13 09:00 UTC (15 days, UTC).', 28],
  ['Supplier S1 appealed the determination of dispute 1: “The inspector is colour-blind.”.', 28],
  ['Time for an appeal (dispute 1) is no longer running: ended by AppealLodged.', 28],
  ['G1 assigned arbitrator A3 to the appeal of dispute 1.', 28],
  [
    'Appeal arbitrator A3 decided the appeal in dispute 1: the determination was upheld, liability 60 %, award 4,200.00 USD, partial refund.',
    20,
    27,
    28,
  ],
  ['A fee of 200.00 USD (inspection) was charged to the supplier (reference insp-2).', 29],
  ['Dispute 1 was closed: partially refunded, award 4,200.00 USD, partial refund.', 31],
  ['Time for a claim is no longer running: ended by DisputeClosed.', 22],
  [
    'The payment service was instructed to refund 4,200.00 USD to B1 in dispute 1 (refund-1, attempt 1): appeal.',
    11,
    13,
  ],
  ['Dispute 1 no longer freezes the 8,000.00 USD held.', 10],
  ['The payment service was instructed to release 3,800.00 USD to S1 (release-1): receipt confirmed.', 13],
  ['The refund of 4,200.00 USD failed (refund-1, attempt 1): “Account closed”.', 13],
  [
    'The payment service was instructed to refund 4,200.00 USD to B1 in dispute 1 (refund-1, attempt 2): retry.',
    11,
    13,
  ],
  ['4,200.00 USD were refunded to the buyer (refund-1).', 11, 12],
  [
    'Supplier S1 now owes the platform 4,200.00 USD for refund refund-1 (recovery-1), due 2026-06-12 09:00 UTC.',
    11,
    30,
  ],
  [
    'Time for the supplier to pay what it owes (dispute 1) runs until 2026-06-12 09:00 UTC (30 days, UTC).',
    30,
  ],
  ['3,800.00 USD were released to the supplier (release-1) (reference T-2).', 12, 13],
  [
    'Payment service P1 recorded 4,000.00 USD paid by the supplier on recovery-1; 200.00 USD remains owed.',
    30,
  ],
  ['Agent G1 wrote off 200.00 USD of recovery-1: “Too small to pursue”.', 30],
  [
    'Time for the supplier to pay what it owes (dispute 1) is no longer running: ended by RecoveryWrittenOff.',
    30,
  ],
  ['The order was completed: the time to claim has passed.', 22],
  ['Buyer B1 gave 2 of 5: “Grey is not black”.'],
  ['The order was cancelled: the initial payment did not come in time.', 4],
  ['Payment service P1 reported that the payer’s bank took back 100.00 USD of payment pay-1.', 32],
  ['Buyer B1 accepted offer 1 in dispute 1: replacement and partial refund, 500.00 USD.', 25],
  ['Buyer B1 withdrew dispute 1: “Found the right box”.', 31],
  ['Buyer B1 reopened dispute 1: “It was the wrong box”.', 31],
  ['Arbitrator A2 lifted the seal of evidence 2 in dispute 1: “The buyer has to answer it.”.', 26],
];

/** Where an event says something else, or nothing, instead of what the story's last event of its type says. */
const OTHERWISE: readonly (readonly [OrderEvent['type'], object, string, readonly number[]])[] = [
  [
    'ContractConfirmed',
    { weaknesses: [] },
    'Buyer B1 confirmed the contract under policy standard, version 1: 7,500.00 USD covered, supplier Ningbo Metal with a limit of 9,000.00 USD.',
    [4],
  ],
  [
    'ShipDateRevisionDeclined',
    { reason: undefined },
    'Buyer B1 declined to move the ship date (revision 1).',
    [7],
  ],
  [
    'OrderCancelled',
    { by: 'buyer', reason: 'BEFORE_PAYMENT', note: 'Ordered twice' },
    'The buyer cancelled the order: nothing had been paid yet (“Ordered twice”).',
    [4],
  ],
  [
    'OrderCancelled',
    { by: 'supplier', reason: 'DRAFT_ABANDONED' },
    'The supplier cancelled the order: the draft was abandoned.',
    [4],
  ],
  ['OrderCompleted', { reason: 'BUYER_SATISFIED' }, 'The order was completed: the buyer is satisfied.', [22]],
  ['OrderCompleted', { reason: 'FULLY_REFUNDED' }, 'The order was completed: all of it was refunded.', [11]],
  [
    'PaymentMarkedIneligible',
    {
      reasons: [
        { code: 'METHOD_NOT_LISTED', message: 'One thing.' },
        { code: 'ABOVE_METHOD_CAP', message: 'Another.' },
      ],
    },
    'Payment service P1 recorded payment pay-2: 2,000.00 USD by other from Hardware Direct LLC (US). It is not covered: One thing. Another.',
    [8],
  ],
  [
    'FundsReleased',
    { reference: undefined },
    '3,800.00 USD were released to the supplier (release-1).',
    [12, 13],
  ],
  [
    'RefundInstructed',
    { dispute: null, reason: 'CANCELLATION' },
    'The payment service was instructed to refund 4,200.00 USD to B1 (refund-1, attempt 2): cancellation.',
    [11, 13],
  ],
  [
    'RefundIssued',
    { advanced: { amount: 100000, currency: 'USD' }, reference: 'T-3' },
    '4,200.00 USD were refunded to the buyer (refund-1) (reference T-3); 1,000.00 USD of it was advanced by the platform.',
    [11, 12],
  ],
  [
    'ChargebackReported',
    { reason: 'Not ours' },
    'Payment service P1 reported that the payer’s bank took back 100.00 USD of payment pay-1: “Not ours”.',
    [32],
  ],
  [
    'ShipmentRecorded',
    { quantity: undefined, late: true },
    'Logistics feed L1 recorded shipment ship-1 with COSCO on 2026-03-19 09:00 UTC, after the promised day.',
    [15],
  ],
  [
    'ReceiptConfirmed',
    { quantity: undefined },
    'Buyer B1 confirmed receipt on 2026-04-03 09:00 UTC.',
    [10, 22],
  ],
  [
    'ReceiptConfirmed',
    { deemed: true, by: null },
    'The goods were deemed received on 2026-04-03 09:00 UTC: the buyer said nothing in time.',
    [10, 22],
  ],
  [
    'InspectionBooked',
    { by: 'THIRD_PARTY', inspectorId: 'I2', accepted: false, scheduledFor: undefined },
    'Buyer B1 booked inspection insp-1 (pre shipment, by third party I2); its inspector is not accredited.',
    [16],
  ],
  [
    'InspectionReported',
    { result: 'PASS', findings: [{ term: 'colour', conforms: true }] },
    'I1 reported inspection insp-2: pass.',
    [16],
  ],
  [
    'RecoveryReceived',
    { outstanding: { amount: 0, currency: 'USD' } },
    'Payment service P1 recorded 4,000.00 USD paid by the supplier on recovery-1; nothing remains owed.',
    [30],
  ],
  [
    'DeadlineSet',
    { calendar: 'CN', period: 'P5D' },
    'Time for the supplier to pay what it owes (dispute 1) runs until 2026-06-12 09:00 UTC (5 days, working days of CN, UTC).',
    [30],
  ],
  [
    'SupplierResponded',
    { response: 'ACCEPT', reasonCodes: [], statement: 'We are sorry' },
    'Supplier S1 accepted the claim in dispute 1: “We are sorry”.',
    [23],
  ],
  [
    'SupplierResponded',
    { response: 'COUNTER', reasonCodes: [], statement: 'Half of it' },
    'Supplier S1 answered with an offer of its own in dispute 1: “Half of it”.',
    [23],
  ],
  [
    'SettlementProposed',
    { expiresAt: null, remedies: ['REPLACEMENT', 'DELAY_COMPENSATION'] },
    'Supplier S1 made offer 1 in dispute 1: replacement and delay compensation, 500.00 USD.',
    [25],
  ],
  ['SettlementRejected', { reason: undefined }, 'Buyer B1 rejected offer 1 in dispute 1.', [25]],
  [
    'EvidenceSubmitted',
    { request: 1, sealedTo: undefined },
    'Supplier S1 submitted evidence 2 in dispute 1: design file, answering request 1, file secret-recipe.pdf (SHA-256 dddddddddddd…).',
    [27],
  ],
  [
    'EvidenceSealChanged',
    { sealedTo: ['buyer', 'supplier'] },
    'Arbitrator A2 sealed evidence 2 in dispute 1 for the buyer and supplier alone: “The buyer has to answer it.”.',
    [26],
  ],
  [
    'EvidenceSealChanged',
    { sealedTo: [] },
    'Arbitrator A2 sealed evidence 2 in dispute 1 for the arbitrators alone: “The buyer has to answer it.”.',
    [26],
  ],
  ['DisputeEscalated', { reason: 'SUPPLIER' }, 'Dispute 1 was escalated by the supplier.', [24]],
  [
    'DisputeEscalated',
    { reason: 'SUPPLIER_SILENT' },
    'Dispute 1 was escalated because the supplier was silent.',
    [23],
  ],
  [
    'DisputeEscalated',
    { reason: 'SETTLEMENT_EXPIRED' },
    'Dispute 1 was escalated because no settlement was reached in time.',
    [24],
  ],
  [
    'DeterminationIssued',
    { liability: 3333 },
    'Arbitrator A2 decided dispute 1: the supplier is liable for 33.33 % of 7,000.00 USD, the award is 4,200.00 USD (cap 7,500.00 USD), partial refund; reasons: goods nonconforming and no clear spec. Final at 2026-05-13 09:00 UTC.',
    [20, 27, 28],
  ],
  ['DisputeWithdrawn', { reason: undefined }, 'Buyer B1 withdrew dispute 1.', [31]],
  [
    'DisputeClosed',
    { outcome: 'WITHDRAWN', award: { amount: 0, currency: 'USD' }, remedies: [] },
    'Dispute 1 was closed: withdrawn, award 0.00 USD.',
    [31],
  ],
  [
    'DeadlineExpired',
    { kind: 'PaymentDue', dispute: null },
    'Time for the initial payment ran out at 2026-04-21 09:00 UTC.',
    [9],
  ],
  [
    'DeadlineExpired',
    { kind: 'ShipmentDue', dispute: null },
    'Time for the shipment ran out at 2026-04-21 09:00 UTC.',
    [15],
  ],
  [
    'DeadlineExpired',
    { kind: 'SupplierResponse', dispute: 2 },
    'Time for the supplier’s response (dispute 2) ran out at 2026-04-21 09:00 UTC.',
    [23],
  ],
  [
    'DeadlineExpired',
    { kind: 'AutoEscalation', dispute: 2 },
    'Time for the parties, before the case escalates by itself (dispute 2) ran out at 2026-04-21 09:00 UTC.',
    [23],
  ],
  [
    'DeadlineExpired',
    { kind: 'Settlement', dispute: 2 },
    'Time for a settlement (dispute 2) ran out at 2026-04-21 09:00 UTC.',
    [24],
  ],
  [
    'DeadlineExpired',
    { kind: 'OfferExpiry', dispute: 2 },
    'Time for an answer to the offer (dispute 2) ran out at 2026-04-21 09:00 UTC.',
    [25],
  ],
  [
    'DeadlineExpired',
    { kind: 'Evidence', dispute: 2 },
    'Time for the evidence that was requested (dispute 2) ran out at 2026-04-21 09:00 UTC.',
    [26],
  ],
  [
    'DeadlineExpired',
    { kind: 'DeterminationDue', dispute: 2 },
    'Time for the determination (dispute 2) ran out at 2026-04-21 09:00 UTC.',
    [26],
  ],
  [
    'DeadlineExpired',
    { kind: 'Appeal', dispute: 2 },
    'Time for an appeal (dispute 2) ran out at 2026-04-21 09:00 UTC.',
    [28],
  ],
  [
    'DeadlineExpired',
    { kind: 'ClaimWindow', dispute: null },
    'Time for a claim ran out at 2026-04-21 09:00 UTC.',
    [22],
  ],
  [
    'DeadlineExpired',
    { kind: 'AutoReceipt', dispute: null },
    'Time for the buyer to confirm receipt ran out at 2026-04-21 09:00 UTC.',
    [22],
  ],
  [
    'DeadlineExpired',
    { kind: 'RecoveryDue', dispute: 2 },
    'Time for the supplier to pay what it owes (dispute 2) ran out at 2026-04-21 09:00 UTC.',
    [30],
  ],
];

describe('An order is told word for word', () => {
  it('from the draft to the feedback', () => {
    const story = everyStep.map(({ event, by }) => {
      const { sentence, rules } = narrateOrder(event as OrderEvent, by);
      return [sentence, ...rules];
    });
    expect(story).toEqual(STORY);
  });

  it.each(OTHERWISE)('%s with %j', (type, more, sentence, rules) => {
    const { event, by } = everyStep.findLast((step) => step.event.type === type)!;
    const other = { type, data: { ...(event.data as object), ...more } } as OrderEvent;
    expect(narrateOrder(other, by)).toMatchObject({ sentence, rules });
  });
});
