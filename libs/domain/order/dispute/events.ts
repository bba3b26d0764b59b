import Type, { type Static } from 'typebox';
import {
  CLOSE_OUTCOMES,
  ESCALATION_REASONS,
  EVIDENCE_KINDS,
  FINDING_CODES,
  GROUNDS,
  PARTIES,
  REASON_CODES,
  REMEDIES,
  RESPONSES,
} from '../../vocabulary.js';
import {
  BasisPoints,
  Count,
  Id,
  InstantText,
  MoneyAmount,
  Ordinal,
  PersonalText,
  Sha256,
  Text,
  eventSchema,
  list,
  nullable,
  oneOf,
  optional,
  record,
  type EventOf,
} from '../../schema.js';

/** Rule 20: the cap and every number it came from. */
export const AwardCap = record({
  coveredAmount: MoneyAmount,
  supplierLimit: MoneyAmount,
  eligibleBase: MoneyAmount,
  priorRefunds: MoneyAmount,
  cap: MoneyAmount,
});
export type AwardCap = Static<typeof AwardCap>;

const remedies = Type.Array(oneOf(REMEDIES), { minItems: 1, maxItems: REMEDIES.length });

/** What an arbitrator decided and on what it rests (rule 27). */
const ruling = {
  dispute: Ordinal,
  by: Id,
  liability: BasisPoints,
  claimed: MoneyAmount,
  cap: AwardCap,
  award: MoneyAmount,
  remedies,
  reasonCodes: Type.Array(oneOf([...REASON_CODES, ...FINDING_CODES]), { minItems: 1, maxItems: 20 }),
  /** Numbers of the dispute's evidence. */
  evidence: list(Ordinal, 500),
  /** Ids of contract terms. */
  terms: list(Id, 100),
  /** Revision of the order's stream that the arbitrator had seen, as decimal text. */
  fileRevision: Text(20),
  statement: Text(20_000),
};

export const disputeEventSchemas = [
  eventSchema(
    'DisputeOpened',
    record({
      dispute: Ordinal,
      buyerId: Id,
      supplierId: Id,
      ground: oneOf(GROUNDS),
      claimed: MoneyAmount,
      statement: PersonalText(20_000),
      /** Contract terms that the claim is about. */
      terms: list(Id, 100),
      desiredRemedy: oneOf(REMEDIES),
      cap: AwardCap,
      openedAt: InstantText,
    }),
  ),
  eventSchema(
    'ClaimAmended',
    record({
      dispute: Ordinal,
      claimed: MoneyAmount,
      statement: PersonalText(20_000),
      terms: list(Id, 100),
      cap: AwardCap,
    }),
  ),
  eventSchema(
    'SupplierResponded',
    record({
      dispute: Ordinal,
      response: oneOf(RESPONSES),
      reasonCodes: list(oneOf(REASON_CODES), 20),
      statement: PersonalText(20_000),
      respondedAt: InstantText,
    }),
  ),
  eventSchema(
    'SettlementProposed',
    record({
      dispute: Ordinal,
      offer: Ordinal,
      by: oneOf(PARTIES),
      remedies,
      amount: MoneyAmount,
      message: optional(PersonalText(4_000)),
      expiresAt: nullable(InstantText),
    }),
  ),
  eventSchema(
    'SettlementAccepted',
    record({ dispute: Ordinal, offer: Ordinal, by: oneOf(PARTIES), remedies, amount: MoneyAmount }),
  ),
  eventSchema(
    'SettlementRejected',
    record({ dispute: Ordinal, offer: Ordinal, by: oneOf(PARTIES), reason: optional(Text(4_000)) }),
  ),
  eventSchema(
    'MessagePosted',
    record({
      dispute: Ordinal,
      message: Ordinal,
      by: oneOf([...PARTIES, 'agent', 'arbitrator']),
      author: Id,
      text: PersonalText(20_000),
      postedAt: InstantText,
    }),
  ),
  eventSchema(
    'EvidenceSubmitted',
    record({
      dispute: Ordinal,
      evidence: Ordinal,
      by: oneOf([...PARTIES, 'agent', 'arbitrator', 'inspector', 'logistics']),
      author: Id,
      kind: oneOf(EVIDENCE_KINDS),
      sha256: Sha256,
      size: Count,
      mediaType: Text(100),
      fileName: PersonalText(255),
      description: optional(PersonalText(4_000)),
      terms: list(Id, 100),
      /** The request that it answers. */
      request: nullable(Ordinal),
      submittedAt: InstantText,
      /** Who may see it besides the arbitrators; absent: every party to the dispute. */
      sealedTo: optional(list(oneOf(PARTIES), 2)),
      /** Its file was handed in here; absent: it is kept elsewhere, and this is its hash. */
      held: optional(Type.Boolean()),
    }),
  ),
  eventSchema(
    'EvidenceSealChanged',
    record({
      dispute: Ordinal,
      evidence: Ordinal,
      /** As of `EvidenceSubmitted`; absent: the seal was lifted. */
      sealedTo: optional(list(oneOf(PARTIES), 2)),
      reason: Text(4_000),
      by: Id,
      changedAt: InstantText,
    }),
  ),
  eventSchema(
    'EvidenceRequested',
    record({
      dispute: Ordinal,
      request: Ordinal,
      from: oneOf(PARTIES),
      kinds: list(oneOf(EVIDENCE_KINDS), 20),
      question: Text(4_000),
      by: Id,
      dueAt: InstantText,
    }),
  ),
  eventSchema(
    'DisputeEscalated',
    record({ dispute: Ordinal, reason: oneOf(ESCALATION_REASONS), escalatedAt: InstantText }),
  ),
  eventSchema(
    'ArbitratorAssigned',
    record({ dispute: Ordinal, arbitrator: Id, assignedBy: Id, appeal: Type.Boolean() }),
  ),
  eventSchema('ArbitratorRecused', record({ dispute: Ordinal, arbitrator: Id, reason: Text(4_000) })),
  eventSchema(
    'DeterminationIssued',
    record({ ...ruling, issuedAt: InstantText, finalAt: InstantText, inspectionFeeTo: oneOf([...PARTIES]) }),
  ),
  eventSchema(
    'AppealLodged',
    record({ dispute: Ordinal, by: oneOf(PARTIES), statement: PersonalText(20_000), lodgedAt: InstantText }),
  ),
  eventSchema(
    'AppealDecided',
    record({ ...ruling, outcome: oneOf(['UPHELD', 'VARIED', 'OVERTURNED']), decidedAt: InstantText }),
  ),
  eventSchema('DisputeWithdrawn', record({ dispute: Ordinal, reason: optional(Text(4_000)) })),
  eventSchema(
    'DisputeReopened',
    record({ dispute: Ordinal, statement: PersonalText(20_000), reopenedAt: InstantText }),
  ),
  eventSchema(
    'DisputeClosed',
    record({
      dispute: Ordinal,
      outcome: oneOf(CLOSE_OUTCOMES),
      award: MoneyAmount,
      remedies: list(oneOf(REMEDIES), REMEDIES.length),
      closedAt: InstantText,
    }),
  ),
] as const;

export type DisputeEvent = EventOf<typeof disputeEventSchemas>;
