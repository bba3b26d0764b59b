import type { Caller } from '../../libs/domain/decision.js';
import type { Terms } from '../../libs/domain/order/contract/terms.js';
import type { OrderEvent, OrderEventOf } from '../../libs/domain/order/events.js';
import { PRESETS } from '../../libs/domain/policy/presets.js';
import type { Envelope } from '../../libs/event-store/envelope.js';
import type { Instant } from '../../libs/kernel/instant.js';
import { money } from '../../libs/kernel/money.js';
import { envelopes, type GivenEvent } from '../../libs/projection/spec.js';

/** One event of a history that a test tells: who, when, what. */
export interface Step {
  readonly by: Caller;
  readonly at: Instant;
  readonly event: { readonly type: string; readonly data: unknown };
}

const usd = (dollars: number) => money(dollars * 100, 'USD');
const day = (date: string, time = '09:00'): Instant => `2026-${date}T${time}:00.000Z`;
const hash = (digit: string) => digit.repeat(64);

export const BUYER: Caller = { role: 'buyer', id: 'B1' };
export const SUPPLIER: Caller = { role: 'supplier', id: 'S1' };
export const AGENT: Caller = { role: 'agent', id: 'G1' };
export const ARBITRATOR: Caller = { role: 'arbitrator', id: 'A2' };
export const APPEAL: Caller = { role: 'appeal_arbitrator', id: 'A3' };
export const PAYMENTS: Caller = { role: 'payments', id: 'P1' };
export const LOGISTICS: Caller = { role: 'logistics', id: 'L1' };
export const INSPECTOR: Caller = { role: 'inspector', id: 'I1' };
export const CLOCK: Caller = { role: 'clock', id: 'clock' };

export const exampleTerms: Terms = {
  orderValue: usd(10_000),
  coveredAmount: usd(7_500),
  shipDate: '2026-03-10',
  coverageType: 'POST_DELIVERY',
  qualitySafeguard: true,
  product: 'steel brackets',
  quantity: { count: 500, unit: 'pieces', toleranceBasisPoints: 100 },
  specification: [
    { id: 'colour', aspect: 'COLOUR', text: 'RAL 9005, matt', measurable: true },
    { id: 'finish', aspect: 'OTHER', text: 'A pleasant finish', measurable: false },
  ],
  initialPayment: usd(8_000),
  balance: usd(2_000),
};

export const exampleCap: OrderEventOf<'DisputeOpened'>['data']['cap'] = {
  coveredAmount: usd(7_500),
  supplierLimit: usd(9_000),
  eligibleBase: usd(8_000),
  priorRefunds: usd(0),
  cap: usd(7_500),
};

const deadline = (
  kind: OrderEventOf<'DeadlineSet'>['data']['kind'],
  dispute: number | null,
  subject?: string,
) => ({
  deadline: [kind, dispute, subject].filter((part) => part !== null && part !== undefined).join('.'),
  kind,
  dispute,
});

const set = (
  kind: OrderEventOf<'DeadlineSet'>['data']['kind'],
  dispute: number | null,
  from: Instant,
  dueAt: Instant,
  rule: number,
  more: { readonly period?: string; readonly subject?: string } = {},
): OrderEventOf<'DeadlineSet'> => ({
  type: 'DeadlineSet',
  data: {
    ...deadline(kind, dispute, more.subject),
    dueAt,
    startedAt: from,
    zone: 'UTC',
    calendar: 'CALENDAR',
    rule,
    ...more,
  },
});

const met = (
  kind: OrderEventOf<'DeadlineMet'>['data']['kind'],
  dispute: number | null,
  dueAt: Instant,
  metAt: Instant,
  by: string,
  subject?: string,
): OrderEventOf<'DeadlineMet'> => ({
  type: 'DeadlineMet',
  data: { ...deadline(kind, dispute, subject), dueAt, metAt, by },
});

const step = (by: Caller, at: Instant, ...events: readonly OrderEvent[]): Step[] =>
  events.map((event) => ({ by, at, event }));

const ruling = {
  dispute: 1,
  liability: 6_000,
  claimed: usd(7_000),
  cap: exampleCap,
  award: usd(4_200),
  remedies: ['PARTIAL_REFUND' as const],
  reasonCodes: ['GOODS_NONCONFORMING' as const, 'NO_CLEAR_SPEC' as const],
  evidence: [1],
  terms: ['colour'],
  fileRevision: '40',
  statement: 'The colour differs from the shade that was agreed.',
};

/** A contract that was paid, shipped and received. */
export const receivedOrder: readonly Step[] = [
  ...step(BUYER, day('02-01'), {
    type: 'OrderDrafted',
    data: {
      orderId: 'O1',
      buyer: { id: 'B1', name: 'Hardware Direct', country: 'US' },
      supplierId: 'S1',
      draftedBy: 'buyer',
      policyId: 'standard',
      category: 'HARDWARE',
      currency: 'USD',
      terms: { ...exampleTerms, coveredAmount: usd(8_000) },
      reference: 'PO-77',
    },
  }),
  ...step(SUPPLIER, day('02-02'), {
    type: 'TermsProposed',
    data: { by: 'supplier', proposal: 2, terms: exampleTerms },
  }),
  ...step(
    BUYER,
    day('02-03'),
    {
      type: 'ContractConfirmed',
      data: {
        by: 'buyer',
        terms: exampleTerms,
        termsHash: hash('a'),
        policyId: 'standard',
        policyVersion: 1,
        policy: PRESETS.standard,
        supplier: {
          supplierId: 'S1',
          name: 'Ningbo Metal',
          country: 'CN',
          qualified: true,
          limit: usd(9_000),
        },
        coveredAmount: usd(7_500),
        weaknesses: [
          { code: 'NO_INSPECTION_PLANNED', message: 'No inspection is planned.' },
          { code: 'COVER_BELOW_DEPOSIT', message: 'The covered amount is below the deposit.' },
        ],
        confirmedAt: day('02-03'),
      },
    },
    set('PaymentDue', null, day('02-03'), day('02-10'), 9, { period: 'P7D' }),
    set('ShipmentDue', null, day('02-03'), day('03-11', '00:00'), 15),
  ),
  ...step(
    PAYMENTS,
    day('02-05'),
    {
      type: 'PaymentReceived',
      data: {
        paymentId: 'pay-1',
        milestone: 'INITIAL',
        method: 'TELEGRAPHIC_TRANSFER',
        amount: usd(8_000),
        payerAccountName: 'Hardware Direct LLC',
        payerCountry: 'US',
        paidAt: day('02-05'),
        reference: 'SWIFT-1',
      },
    },
    met('PaymentDue', null, day('02-10'), day('02-05'), 'PaymentReceived'),
    {
      type: 'FeeCharged',
      data: { feeId: 'fee-1', kind: 'PAYMENT', amount: usd(30), chargedTo: 'buyer' },
    },
  ),
  ...step(PAYMENTS, day('02-06'), {
    type: 'PaymentMarkedIneligible',
    data: {
      paymentId: 'pay-2',
      milestone: 'BALANCE',
      method: 'OTHER',
      amount: usd(2_000),
      payerAccountName: 'Hardware Direct LLC',
      payerCountry: 'US',
      paidAt: day('02-06'),
      reasons: [{ code: 'METHOD_NOT_LISTED', message: 'The policy lists no such method.' }],
    },
  }),
  ...step(SUPPLIER, day('03-01'), {
    type: 'ShipDateRevisionRequested',
    data: { revision: 1, shipDate: '2026-04-30', reason: 'The mill is late' },
  }),
  ...step(BUYER, day('03-02'), {
    type: 'ShipDateRevisionDeclined',
    data: { revision: 1, reason: 'Too late for us' },
  }),
  ...step(SUPPLIER, day('03-03'), {
    type: 'ShipDateRevisionRequested',
    data: { revision: 2, shipDate: '2026-03-20' },
  }),
  ...step(
    BUYER,
    day('03-04'),
    { type: 'ShipDateRevisionAgreed', data: { revision: 2, shipDate: '2026-03-20' } },
    {
      type: 'DeadlineExtended',
      data: {
        ...deadline('ShipmentDue', null),
        from: day('03-11', '00:00'),
        to: day('03-21', '00:00'),
        reason: 'Ship date revision 2 agreed',
        by: 'B1',
      },
    },
  ),
  ...step(BUYER, day('03-05'), {
    type: 'InspectionBooked',
    data: {
      inspectionId: 'insp-1',
      stage: 'PRE_SHIPMENT',
      by: 'SAMPLE',
      accepted: true,
      bookedBy: 'buyer',
      scheduledFor: day('03-15'),
    },
  }),
  ...step(INSPECTOR, day('03-15'), {
    type: 'InspectionReported',
    data: {
      inspectionId: 'insp-1',
      result: 'CONDITIONAL',
      findings: [{ term: 'finish', conforms: false, note: 'Scratches' }],
      reportHash: hash('b'),
      inspectedAt: day('03-15'),
      reportedBy: 'I1',
    },
  }),
  ...step(BUYER, day('03-16'), {
    type: 'NonconformityWaived',
    data: { terms: ['finish'], statement: 'Scratches do not matter to us', inspectionId: 'insp-1' },
  }),
  ...step(
    LOGISTICS,
    day('03-19'),
    {
      type: 'ShipmentRecorded',
      data: { shipmentId: 'ship-1', shippedAt: day('03-19'), carrier: 'COSCO', quantity: 500, late: false },
    },
    met('ShipmentDue', null, day('03-21', '00:00'), day('03-19'), 'ShipmentRecorded'),
    set('AutoReceipt', null, day('03-19'), day('05-18'), 22, { period: 'P60D' }),
  ),
  ...step(LOGISTICS, day('04-01'), {
    type: 'CustomsCleared',
    data: { clearedAt: day('04-01'), reference: 'C-9' },
  }),
  ...step(
    BUYER,
    day('04-03'),
    {
      type: 'ReceiptConfirmed',
      data: { by: 'buyer', receivedAt: day('04-03'), deemed: false, quantity: 500 },
    },
    met('AutoReceipt', null, day('05-18'), day('04-03'), 'ReceiptConfirmed'),
    set('ClaimWindow', null, day('04-03'), day('05-03'), 22, { period: 'P30D' }),
  ),
];

/** The order's dispute about quality, opened and answered by nobody. */
export const openedDispute: readonly Step[] = [
  ...receivedOrder,
  ...step(
    BUYER,
    day('04-10'),
    {
      type: 'DisputeOpened',
      data: {
        dispute: 1,
        buyerId: 'B1',
        supplierId: 'S1',
        ground: 'QUALITY',
        claimed: usd(7_500),
        statement: 'The brackets are grey, not black.',
        terms: ['colour'],
        desiredRemedy: 'PARTIAL_REFUND',
        cap: exampleCap,
        openedAt: day('04-10'),
      },
    },
    { type: 'FundsFrozen', data: { dispute: 1, held: usd(8_000) } },
    set('SupplierResponse', 1, day('04-10'), day('04-15'), 23, { period: 'P5D' }),
    set('Settlement', 1, day('04-10'), day('04-25'), 24, { period: 'P15D' }),
  ),
];

/** …answered, negotiated, and escalated. */
export const escalatedDispute: readonly Step[] = [
  ...openedDispute,
  ...step(BUYER, day('04-11'), {
    type: 'ClaimAmended',
    data: {
      dispute: 1,
      claimed: usd(7_000),
      statement: 'The brackets are grey, not black; some can be used.',
      terms: ['colour'],
      cap: exampleCap,
    },
  }),
  ...step(
    SUPPLIER,
    day('04-12'),
    {
      type: 'SupplierResponded',
      data: {
        dispute: 1,
        response: 'REJECT',
        reasonCodes: ['GOODS_CONFORM'],
        statement: 'They are black enough.',
        respondedAt: day('04-12'),
      },
    },
    met('SupplierResponse', 1, day('04-15'), day('04-12'), 'SupplierResponded'),
  ),
  ...step(BUYER, day('04-12', '10:00'), {
    type: 'MessagePosted',
    data: {
      dispute: 1,
      message: 1,
      by: 'buyer',
      author: 'B1',
      text: 'Please look at the photos.',
      postedAt: day('04-12', '10:00'),
    },
  }),
  ...step(BUYER, day('04-12', '10:05'), {
    type: 'EvidenceSubmitted',
    data: {
      dispute: 1,
      evidence: 1,
      by: 'buyer',
      author: 'B1',
      kind: 'PHOTO',
      sha256: hash('c'),
      size: 204_800,
      mediaType: 'image/jpeg',
      fileName: 'brackets.jpg',
      description: 'As they came out of the box',
      terms: ['colour'],
      request: null,
      submittedAt: day('04-12', '10:05'),
    },
  }),
  ...step(SUPPLIER, day('04-12', '11:00'), {
    type: 'EvidenceSubmitted',
    data: {
      dispute: 1,
      evidence: 2,
      by: 'supplier',
      author: 'S1',
      kind: 'DESIGN_FILE',
      sha256: hash('d'),
      size: 1_024,
      mediaType: 'application/pdf',
      fileName: 'secret-recipe.pdf',
      terms: [],
      request: null,
      submittedAt: day('04-12', '11:00'),
      sealedTo: ['supplier'],
    },
  }),
  ...step(
    SUPPLIER,
    day('04-13'),
    {
      type: 'SettlementProposed',
      data: {
        dispute: 1,
        offer: 1,
        by: 'supplier',
        remedies: ['PARTIAL_REFUND'],
        amount: usd(500),
        message: 'For your trouble',
        expiresAt: day('04-16'),
      },
    },
    set('OfferExpiry', 1, day('04-13'), day('04-16'), 25, { period: 'P3D', subject: '1' }),
  ),
  ...step(
    BUYER,
    day('04-14'),
    { type: 'SettlementRejected', data: { dispute: 1, offer: 1, by: 'buyer', reason: 'Far too little' } },
    met('OfferExpiry', 1, day('04-16'), day('04-14'), 'SettlementRejected', '1'),
  ),
  ...step(
    BUYER,
    day('04-14', '12:00'),
    { type: 'DisputeEscalated', data: { dispute: 1, reason: 'BUYER', escalatedAt: day('04-14', '12:00') } },
    met('Settlement', 1, day('04-25'), day('04-14', '12:00'), 'DisputeEscalated'),
    set('DeterminationDue', 1, day('04-14', '12:00'), day('05-14', '12:00'), 26, { period: 'P30D' }),
  ),
  ...step(AGENT, day('04-15'), {
    type: 'ArbitratorAssigned',
    data: { dispute: 1, arbitrator: 'A1', assignedBy: 'G1', appeal: false },
  }),
  ...step({ role: 'arbitrator', id: 'A1' }, day('04-15', '10:00'), {
    type: 'ArbitratorRecused',
    data: { dispute: 1, arbitrator: 'A1', reason: 'I know the supplier' },
  }),
  ...step(AGENT, day('04-15', '11:00'), {
    type: 'ArbitratorAssigned',
    data: { dispute: 1, arbitrator: 'A2', assignedBy: 'G1', appeal: false },
  }),
  ...step(
    ARBITRATOR,
    day('04-16'),
    {
      type: 'EvidenceRequested',
      data: {
        dispute: 1,
        request: 1,
        from: 'supplier',
        kinds: ['APPROVED_SAMPLE'],
        question: 'Is there an approved sample?',
        by: 'A2',
        dueAt: day('04-21'),
      },
    },
    set('Evidence', 1, day('04-16'), day('04-21'), 26, { period: 'P5D', subject: '1' }),
    {
      type: 'InspectionCommissioned',
      data: {
        dispute: 1,
        inspectionId: 'insp-2',
        stage: 'POST_DELIVERY',
        inspectorId: 'I1',
        accepted: true,
        question: 'Which shade is it?',
        commissionedBy: 'A2',
        fee: usd(200),
      },
    },
  ),
];

/** …decided, appealed, refunded and recovered. */
export const decidedDispute: readonly Step[] = [
  ...escalatedDispute,
  ...step(CLOCK, day('04-21'), {
    type: 'DeadlineExpired',
    data: { ...deadline('Evidence', 1, '1'), dueAt: day('04-21'), firedAt: day('04-21', '09:05') },
  }),
  ...step(INSPECTOR, day('04-25'), {
    type: 'InspectionReported',
    data: {
      inspectionId: 'insp-2',
      result: 'FAIL',
      findings: [{ term: 'colour', conforms: false, note: 'RAL 7016' }],
      reportHash: hash('e'),
      inspectedAt: day('04-25'),
      reportedBy: 'I1',
    },
  }),
  ...step(
    ARBITRATOR,
    day('04-28'),
    {
      type: 'DeterminationIssued',
      data: {
        ...ruling,
        by: 'A2',
        issuedAt: day('04-28'),
        finalAt: day('05-13'),
        inspectionFeeTo: 'supplier',
      },
    },
    met('DeterminationDue', 1, day('05-14', '12:00'), day('04-28'), 'DeterminationIssued'),
    set('Appeal', 1, day('04-28'), day('05-13'), 28, { period: 'P15D' }),
  ),
  ...step(
    SUPPLIER,
    day('05-01'),
    {
      type: 'AppealLodged',
      data: {
        dispute: 1,
        by: 'supplier',
        statement: 'The inspector is colour-blind.',
        lodgedAt: day('05-01'),
      },
    },
    met('Appeal', 1, day('05-13'), day('05-01'), 'AppealLodged'),
  ),
  ...step(AGENT, day('05-02'), {
    type: 'ArbitratorAssigned',
    data: { dispute: 1, arbitrator: 'A3', assignedBy: 'G1', appeal: true },
  }),
  ...step(
    APPEAL,
    day('05-10'),
    {
      type: 'AppealDecided',
      data: {
        ...ruling,
        by: 'A3',
        outcome: 'UPHELD',
        decidedAt: day('05-10'),
        statement: 'The finding stands.',
      },
    },
    {
      type: 'FeeCharged',
      data: {
        feeId: 'fee-2',
        kind: 'INSPECTION',
        amount: usd(200),
        chargedTo: 'supplier',
        reference: 'insp-2',
      },
    },
    {
      type: 'DisputeClosed',
      data: {
        dispute: 1,
        outcome: 'PARTIALLY_REFUNDED',
        award: usd(4_200),
        remedies: ['PARTIAL_REFUND'],
        closedAt: day('05-10'),
      },
    },
    met('ClaimWindow', null, day('05-03'), day('05-10'), 'DisputeClosed'),
    {
      type: 'RefundInstructed',
      data: {
        refundId: 'refund-1',
        attempt: 1,
        dispute: 1,
        amount: usd(4_200),
        payee: 'B1',
        reason: 'APPEAL',
      },
    },
    { type: 'FundsUnfrozen', data: { dispute: 1, held: usd(8_000) } },
    {
      type: 'ReleaseInstructed',
      data: { releaseId: 'release-1', amount: usd(3_800), payee: 'S1', reason: 'RECEIPT_CONFIRMED' },
    },
  ),
  ...step(PAYMENTS, day('05-11'), {
    type: 'RefundFailed',
    data: { refundId: 'refund-1', attempt: 1, amount: usd(4_200), reason: 'Account closed' },
  }),
  ...step(PAYMENTS, day('05-12'), {
    type: 'RefundInstructed',
    data: { refundId: 'refund-1', attempt: 2, dispute: 1, amount: usd(4_200), payee: 'B1', reason: 'RETRY' },
  }),
  ...step(
    PAYMENTS,
    day('05-13'),
    {
      type: 'RefundIssued',
      data: {
        refundId: 'refund-1',
        attempt: 2,
        amount: usd(4_200),
        advanced: usd(0),
        issuedAt: day('05-13'),
      },
    },
    {
      type: 'RecoveryDemanded',
      data: {
        recoveryId: 'recovery-1',
        dispute: 1,
        refundId: 'refund-1',
        amount: usd(4_200),
        supplierId: 'S1',
        dueAt: day('06-12'),
      },
    },
    set('RecoveryDue', 1, day('05-13'), day('06-12'), 30, { period: 'P30D', subject: 'recovery-1' }),
  ),
  ...step(PAYMENTS, day('05-14'), {
    type: 'FundsReleased',
    data: { releaseId: 'release-1', amount: usd(3_800), reference: 'T-2', releasedAt: day('05-14') },
  }),
  ...step(PAYMENTS, day('06-01'), {
    type: 'RecoveryReceived',
    data: { recoveryId: 'recovery-1', amount: usd(4_000), outstanding: usd(200), receivedAt: day('06-01') },
  }),
  ...step(
    AGENT,
    day('06-02'),
    {
      type: 'RecoveryWrittenOff',
      data: { recoveryId: 'recovery-1', amount: usd(200), reason: 'Too small to pursue', by: 'G1' },
    },
    met('RecoveryDue', 1, day('06-12'), day('06-02'), 'RecoveryWrittenOff', 'recovery-1'),
    { type: 'OrderCompleted', data: { reason: 'CLAIM_WINDOW_CLOSED', completedAt: day('06-02') } },
  ),
  ...step(BUYER, day('06-03'), {
    type: 'FeedbackLeft',
    data: { by: 'buyer', rating: 2, text: 'Grey is not black' },
  }),
];

const sealChange = (sealedTo?: ('buyer' | 'supplier')[]): readonly Step[] =>
  step(ARBITRATOR, day('05-02'), {
    type: 'EvidenceSealChanged',
    data: {
      dispute: 1,
      evidence: 2,
      sealedTo,
      reason: 'The buyer has to answer it.',
      by: ARBITRATOR.id,
      changedAt: day('05-02'),
    },
  });

/** The supplier's secret is told to everyone, and then to nobody any more. */
export const sealLifted = sealChange();
export const sealedAgain = sealChange([]);

/** Events that {@link decidedDispute} has no place for. */
export const otherEvents: readonly Step[] = [
  ...step(CLOCK, day('02-10'), { type: 'OrderCancelled', data: { by: null, reason: 'PAYMENT_OVERDUE' } }),
  ...step(PAYMENTS, day('04-20'), {
    type: 'ChargebackReported',
    data: { chargebackId: 'cb-1', paymentId: 'pay-1', amount: usd(100), reportedAt: day('04-20') },
  }),
  ...step(BUYER, day('04-20'), {
    type: 'SettlementAccepted',
    data: {
      dispute: 1,
      offer: 1,
      by: 'buyer',
      remedies: ['REPLACEMENT', 'PARTIAL_REFUND'],
      amount: usd(500),
    },
  }),
  ...step(BUYER, day('04-20'), {
    type: 'DisputeWithdrawn',
    data: { dispute: 1, reason: 'Found the right box' },
  }),
  ...step(BUYER, day('04-20'), {
    type: 'DisputeReopened',
    data: { dispute: 1, statement: 'It was the wrong box', reopenedAt: day('04-20') },
  }),
  ...sealLifted,
];

/** Steps for a projection's spec. */
export const givenSteps = (steps: readonly Step[], stream = 'order-O1'): GivenEvent[] =>
  steps.map(({ by, at, event: { type, data } }) => ({ type, data, at, actor: by, stream }));

/** Steps as a store would have recorded them, one stream from its first revision. */
export const envelopesOf = (steps: readonly Step[], stream?: string): Envelope[] =>
  envelopes(givenSteps(steps, stream));
