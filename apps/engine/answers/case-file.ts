import Type from 'typebox';
import { SpecificationTerm } from '../../../libs/domain/order/contract/terms.js';
import { nullable, oneOf, optional, record } from '../../../libs/domain/schema.js';
import { Instant, Links, Money, Name, Revision, Whole, Yes, every } from './answer.js';
import { MoneyTable } from './case-money.js';
import { named } from './named.js';
import { cited } from './cited.js';
import { TimelineItem } from './history.js';
import {
  Answer,
  AwardCap,
  Buyer,
  Closed,
  DeadlineKind,
  DeadlineState,
  DisputeStatus,
  Escalation,
  EvidenceKind,
  Findings,
  Ground,
  InspectionBy,
  OfferState,
  OrderStatus,
  Outcome,
  Party,
  PolicyParameters,
  Reasons,
  Received,
  Remedies,
  RequestState,
  Result,
  ShipDateRevisions,
  Shipment,
  Stage,
  Terms,
  Weaknesses,
} from './order.js';

/** What a case file is read as: section by section, each citing the events that it comes from. */

const Claim = record({
  sentence: Name,
  ground: Ground,
  claimed: Money,
  desiredRemedy: Name,
  statement: Name,
  terms: every(Name),
  openedAt: Instant,
  revision: Revision,
  versions: every(record({ ...cited, claimed: Money, statement: Name, terms: every(Name) })),
  reopened: every(record({ ...cited, statement: Name })),
});

const Parties = record({
  buyer: Buyer,
  supplier: record({
    id: Name,
    name: optional(Name),
    country: optional(Name),
    qualified: optional(Yes),
    limit: optional(Money),
  }),
});

const Contract = record({
  reference: optional(Name),
  category: Name,
  draftedBy: Party,
  terms: Terms,
  confirmed: optional(
    record({
      ...cited,
      by: Party,
      termsHash: Name,
      coveredAmount: Money,
      weaknesses: Weaknesses,
    }),
  ),
  policy: record({ id: Name, version: optional(Whole), parameters: optional(PolicyParameters) }),
  specification: every(
    record({
      ...SpecificationTerm.properties,
      claimed: Yes,
      waived: Yes,
      evidence: every(record({ evidence: Whole, kind: EvidenceKind })),
      findings: every(record({ inspectionId: Name, conforms: Yes, note: optional(Name) })),
    }),
  ),
});

const capWithArithmetic = {
  ...AwardCap.properties,
  arithmetic: Type.String({
    examples: [
      'min(covered 7,500.00, supplier limit 9,000.00, eligible base 8,000.00) − refunded before 0.00 = 7,500.00 USD',
    ],
  }),
};

const Goods = record({
  promised: record({ first: Name, now: Name, revisions: ShipDateRevisions }),
  shipments: every(record({ revision: Revision, ...Shipment })),
  clearedAt: optional(Instant),
  received: optional(Received),
  inspections: every(
    record({
      ...cited,
      inspectionId: Name,
      stage: Stage,
      by: InspectionBy,
      inspectorId: optional(Name),
      accepted: Yes,
      counts: Yes,
      bookedBy: optional(Name),
      scheduledFor: optional(Instant),
      commissioned: optional(record({ dispute: Whole, by: Name, question: Name, fee: optional(Money) })),
      report: optional(
        record({
          result: Result,
          findings: Findings,
          inspectedAt: Instant,
          revision: Revision,
          reportedBy: Name,
          reportHash: Name,
        }),
      ),
    }),
  ),
  waivers: every(record({ ...cited, terms: every(Name), statement: Name, inspectionId: optional(Name) })),
});

const Negotiation = record({
  response: optional(record({ ...cited, response: Answer, reasonCodes: Reasons, statement: Name })),
  mayEscalate: every(Party),
  offers: every(
    record({
      ...cited,
      offer: Whole,
      by: Party,
      remedies: Remedies,
      amount: Money,
      message: optional(Name),
      expiresAt: nullable(Instant),
      state: OfferState,
      rejection: optional(Name),
    }),
  ),
  messages: every(record({ ...cited, message: Whole, by: Name, author: Name, text: Name })),
});

const Exhibit = record({
  revision: Revision,
  evidence: Whole,
  kind: EvidenceKind,
  by: Name,
  author: Name,
  sha256: Name,
  size: Whole,
  mediaType: Name,
  fileName: Name,
  description: optional(Name),
  terms: every(Name),
  request: nullable(Whole),
  submittedAt: Instant,
  sealedTo: optional(every(Party)),
  held: optional(Yes),
});

const Request = record({
  ...cited,
  request: Whole,
  from: Party,
  by: Name,
  kinds: every(EvidenceKind),
  question: Name,
  dueAt: Instant,
  state: RequestState,
  answers: every(Whole),
});

const Deadline = record({
  revision: Revision,
  deadline: Name,
  kind: DeadlineKind,
  dispute: nullable(Whole),
  subject: optional(Name),
  state: DeadlineState,
  startedAt: Instant,
  dueAt: Instant,
  period: optional(Name),
  zone: Name,
  calendar: Name,
  rule: Whole,
  overdue: Yes,
  met: optional(record({ ...cited, by: Name })),
  expired: optional(record({ revision: Revision, firedAt: Instant })),
  extensions: every(record({ revision: Revision, from: Instant, to: Instant, reason: Name, by: Name })),
});

const ruling = {
  ...cited,
  by: Name,
  liability: Whole,
  claimed: Money,
  cap: record(capWithArithmetic),
  award: Money,
  arithmetic: Name,
  remedies: Remedies,
  reasonCodes: Reasons,
  evidence: every(Whole),
  terms: every(Name),
  fileRevision: Revision,
  unseen: Whole,
  statement: Name,
};

const Decision = record({
  escalation: optional(Escalation),
  arbitrator: optional(Name),
  appealArbitrator: optional(Name),
  bench: every(record({ ...cited, arbitrator: Name, appeal: Yes, recused: optional(Name) })),
  determination: optional(record({ ...ruling, finalAt: Instant, inspectionFeeTo: Party })),
  appeal: optional(
    record({
      ...cited,
      by: Party,
      statement: Name,
      decision: optional(record({ ...ruling, outcome: oneOf(['UPHELD', 'VARIED', 'OVERTURNED']) })),
    }),
  ),
  withdrawn: optional(record({ ...cited, reason: optional(Name) })),
  closed: optional(record({ ...cited, outcome: Outcome, award: Money, remedies: Remedies })),
});

export const CaseFileAnswer = named(
  'CaseFile',
  record({
    orderId: Name,
    dispute: Whole,
    revision: Revision,
    asOf: Instant,
    status: DisputeStatus,
    orderStatus: OrderStatus,
    claim: Claim,
    parties: Parties,
    contract: Contract,
    money: MoneyTable,
    cap: record({
      now: record(capWithArithmetic),
      recorded: every(record({ ...capWithArithmetic, revision: Revision, type: Name })),
    }),
    goods: Goods,
    negotiation: Negotiation,
    evidence: every(Exhibit),
    requests: every(Request),
    deadlines: every(Deadline),
    decision: Decision,
    openQuestions: every(
      record({ code: Name, text: Name, rule: optional(Whole), revisions: every(Revision) }),
    ),
    rules: every(record({ rule: Whole, sentence: Name, revisions: every(Revision) })),
    timeline: every(TimelineItem),
    otherDisputes: every(
      record({ dispute: Whole, ground: Ground, status: DisputeStatus, closed: optional(Closed) }),
    ),
    links: optional(Links),
  }),
);
