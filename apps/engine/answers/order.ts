import Type from 'typebox';
import {
  CLOSE_OUTCOMES,
  DEADLINE_KINDS,
  DISPUTE_STATES,
  ESCALATION_REASONS,
  EVIDENCE_KINDS,
  FINDING_CODES,
  GROUNDS,
  INSPECTION_RESULTS,
  INSPECTION_STAGES,
  INSPECTOR_KINDS,
  PARTIES,
  REASON_CODES,
  REMEDIES,
  RESPONSES,
} from '../../../libs/domain/vocabulary.js';
import { Terms as OrderTerms } from '../../../libs/domain/order/contract/terms.js';
import { AwardCap as OrderCap } from '../../../libs/domain/order/dispute/events.js';
import { PolicyParameters as Parameters } from '../../../libs/domain/policy/parameters.js';
import { nullable, oneOf, optional, record } from '../../../libs/domain/schema.js';
import { named } from './named.js';
import { Instant, Links, MinorUnits, Money, Name, Revision, Whole, Yes, every } from './answer.js';

/** What an order is read as. */

export const Terms = named('Terms', OrderTerms);
export const AwardCap = named('AwardCap', OrderCap);
export const PolicyParameters = named('PolicyParameters', Parameters);

export const OrderStatus = oneOf([
  'DRAFT',
  'CONFIRMED',
  'PAID',
  'SHIPPED',
  'RECEIVED',
  'COMPLETED',
  'CANCELLED',
]);
export const Party = oneOf(PARTIES);
export const DisputeStatus = oneOf(DISPUTE_STATES);
export const Ground = oneOf(GROUNDS);
export const Remedies = every(oneOf(REMEDIES));
export const Reasons = every(oneOf([...REASON_CODES, ...FINDING_CODES]));
export const EvidenceKind = oneOf(EVIDENCE_KINDS);
export const RequestState = oneOf(['OPEN', 'ANSWERED', 'MISSED']);
export const OfferState = oneOf(['OPEN', 'SUPERSEDED', 'ACCEPTED', 'REJECTED', 'EXPIRED']);
export const DeadlineKind = oneOf(DEADLINE_KINDS);
export const DeadlineState = oneOf(['OPEN', 'MET', 'EXPIRED']);
export const Outcome = oneOf(CLOSE_OUTCOMES);
export const RefundState = oneOf(['INSTRUCTED', 'ISSUED', 'FAILED', 'REPLACED']);
export const ReleaseState = oneOf(['INSTRUCTED', 'RELEASED', 'STOPPED']);
export const RecoveryState = oneOf(['OWED', 'OVERDUE', 'PAID', 'WRITTEN_OFF']);
export const Weaknesses = every(record({ code: Name, message: Name }));
export const Escalation = record({ reason: oneOf(ESCALATION_REASONS), at: Instant });
export const Buyer = record({ id: Name, name: Name, country: Name });
export const ShipDateRevisions = every(
  record({ revision: Whole, shipDate: Name, state: oneOf(['REQUESTED', 'AGREED', 'DECLINED']) }),
);
export const Shipment = {
  shipmentId: Name,
  shippedAt: Instant,
  carrier: Name,
  trackingNumber: optional(Name),
  quantity: optional(Whole),
  late: Yes,
};
export const Received = record({ at: Instant, deemed: Yes, quantity: optional(Whole) });
export const Findings = every(record({ term: Name, conforms: Yes, note: optional(Name) }));
export const Stage = oneOf(INSPECTION_STAGES);
export const InspectionBy = oneOf(INSPECTOR_KINDS);
export const Result = oneOf(INSPECTION_RESULTS);
export const Answer = oneOf(RESPONSES);
export const Closed = record({ outcome: Outcome, at: Instant, award: MinorUnits });

const Contract = record({
  terms: Terms,
  proposedBy: Party,
  proposals: Whole,
  draftedBy: Party,
  confirmed: optional(
    record({
      at: Instant,
      by: Party,
      termsHash: Name,
      policyVersion: Whole,
      policy: PolicyParameters,
      supplier: record({ name: Name, country: Name, limit: MinorUnits }),
      coveredAmount: MinorUnits,
      weaknesses: Weaknesses,
    }),
  ),
  shipDate: Name,
  shipDateRevisions: ShipDateRevisions,
  feedback: every(Party),
  termsHash: Type.String({ description: 'Of the terms that stand: what a confirmation has to name.' }),
});

const Funds = record({
  payments: every(
    record({
      paymentId: Name,
      milestone: oneOf(['INITIAL', 'BALANCE']),
      method: Name,
      amount: MinorUnits,
      currency: Name,
      eligible: Yes,
      chargedBack: MinorUnits,
    }),
  ),
  received: MinorUnits,
  held: MinorUnits,
  released: MinorUnits,
  refunded: MinorUnits,
  chargedBack: MinorUnits,
  advanced: MinorUnits,
  refunds: every(
    record({
      refundId: Name,
      dispute: nullable(Whole),
      amount: MinorUnits,
      attempt: Whole,
      state: RefundState,
    }),
  ),
  releases: every(record({ releaseId: Name, amount: MinorUnits, reason: Name, state: ReleaseState })),
  frozenBy: every(Whole),
  fees: every(
    record({ feeId: Name, kind: Name, amount: MinorUnits, chargedTo: Name, reference: optional(Name) }),
  ),
  chargebacks: every(record({ chargebackId: Name, paymentId: Name, amount: MinorUnits })),
});

const Inspection = record({
  inspectionId: Name,
  stage: Stage,
  by: InspectionBy,
  inspectorId: optional(Name),
  accepted: Yes,
  dispute: optional(Whole),
  fee: optional(MinorUnits),
  report: optional(record({ result: Result, findings: Findings, inspectedAt: Instant })),
});

const Evidence = record({
  evidence: Whole,
  by: Name,
  author: optional(Name),
  kind: optional(EvidenceKind),
  sha256: optional(Name),
  size: optional(Whole),
  request: nullable(Whole),
  sealedTo: optional(every(Party)),
  sealed: optional(
    Type.Literal(true, { description: 'Its seal holds for this caller: no more is told of it.' }),
  ),
});

const ruled = {
  by: Name,
  liability: Whole,
  award: MinorUnits,
  cap: AwardCap,
  remedies: Remedies,
  reasonCodes: Reasons,
  fileRevision: Revision,
  at: Instant,
};

const Dispute = record({
  dispute: Whole,
  ground: Ground,
  status: DisputeStatus,
  openedAt: Instant,
  claimed: MinorUnits,
  terms: every(Name),
  desiredRemedy: oneOf(REMEDIES),
  response: optional(Answer),
  mayEscalate: every(Party),
  offers: every(
    record({
      offer: Whole,
      by: Party,
      remedies: Remedies,
      amount: MinorUnits,
      expiresAt: nullable(Instant),
      state: OfferState,
    }),
  ),
  messages: Whole,
  evidence: every(Evidence),
  requests: every(record({ request: Whole, from: Party, kinds: every(EvidenceKind), state: RequestState })),
  escalation: optional(Escalation),
  arbitrator: optional(Name),
  recused: every(Name),
  determination: optional(record({ ...ruled, finalAt: Instant })),
  appeal: optional(
    record({ by: Party, at: Instant, arbitrator: optional(Name), decision: optional(record(ruled)) }),
  ),
  closed: optional(Closed),
  reopened: Whole,
});

export const OrderAnswer = named(
  'Order',
  record({
    orderId: Name,
    currency: Name,
    category: Name,
    buyer: Buyer,
    supplierId: Name,
    policyId: Name,
    reference: optional(Name),
    status: OrderStatus,
    contract: Contract,
    funds: Funds,
    fulfilment: record({
      shipments: every(record(Shipment)),
      clearedAt: optional(Instant),
      received: optional(Received),
      waived: every(Name),
    }),
    inspections: every(Inspection),
    disputes: every(Dispute),
    recoveries: every(
      record({
        recoveryId: Name,
        refundId: Name,
        dispute: nullable(Whole),
        amount: MinorUnits,
        outstanding: MinorUnits,
        state: RecoveryState,
      }),
    ),
    deadlines: every(
      record({
        deadline: Name,
        kind: DeadlineKind,
        dispute: nullable(Whole),
        dueAt: Instant,
        subject: optional(Name),
        state: DeadlineState,
      }),
    ),
    revision: Revision,
    position: Name,
    links: optional(Links),
  }),
);

export const OrderListItem = record({
  orderId: Name,
  reference: optional(Name),
  buyer: Buyer,
  supplierId: Name,
  supplierName: optional(Name),
  status: OrderStatus,
  category: Name,
  product: Name,
  orderValue: Money,
  coveredAmount: Money,
  shipDate: Name,
  policyId: Name,
  policyVersion: optional(Whole),
  draftedAt: Instant,
  changedAt: Instant,
  openDisputes: every(Whole),
  refunded: MinorUnits,
  owedBySupplier: MinorUnits,
  feedback: every(record({ by: Party, rating: Whole })),
  initialPaid: MinorUnits,
  initialDue: MinorUnits,
});
