import Type, { type Static } from 'typebox';
import {
  AMBIGUITY_RULES,
  CUSTODIES,
  EVIDENCE_KINDS,
  GROUNDS,
  INSPECTOR_KINDS,
  LIMIT_SCOPES,
  PAYMENT_METHODS,
} from '../vocabulary.js';
import {
  BasisPoints,
  Count,
  CountryCode,
  CurrencyCode,
  DurationText,
  MoneyAmount,
  Text,
  list,
  nullable,
  oneOf,
  optional,
  record,
} from '../schema.js';

/** Rule 2 and rule 8: a list that admits, or one that shuts out. */
const Countries = record({ mode: oneOf(['ALLOW', 'BLOCK']), countries: list(CountryCode, 300) });

/** Rule 8: what a method may pay, who may use it, and what it costs. */
const MethodRule = record({
  method: oneOf(PAYMENT_METHODS),
  /** A payment above it is ineligible; absent: no cap. */
  cap: optional(MoneyAmount),
  /** True: a payment of exactly the cap is ineligible too ("below 2,500"). */
  capExclusive: optional(Type.Boolean()),
  /** Absent: every currency. */
  currencies: optional(list(CurrencyCode, 300)),
  /** Absent: every country. */
  payerCountries: optional(list(CountryCode, 300)),
  fee: Type.Union([
    record({ kind: Type.Literal('NONE') }),
    record({ kind: Type.Literal('RATE'), basisPoints: BasisPoints }),
    record({ kind: Type.Literal('RANGE'), from: MoneyAmount, to: MoneyAmount }),
  ]),
});

const EvidenceLimits = record({
  maxFileBytes: Count,
  maxPartyBytes: Count,
  mediaTypes: list(Text(100), 50),
});

/** Every number and choice of the rule book. Frozen into the order when its contract is confirmed (rule 4). */
export const PolicyParameters = record({
  /** Rule 3, one entry a currency; an order in a currency without an entry is refused. */
  minimumOrder: Type.Array(MoneyAmount, { minItems: 1, maxItems: 200 }),
  excludedCategories: list(Text(64), 100),
  supplierCountries: Countries,
  methods: Type.Array(MethodRule, { minItems: 1, maxItems: 20 }),
  grounds: list(oneOf(GROUNDS), 10),
  paymentDue: DurationText,
  /** Rule 15: added to the end of the promised day. */
  latenessGrace: DurationText,
  /** Rule 23. */
  supplierResponse: DurationText,
  /** What a silent supplier's expired response does: escalates at once, opens escalation to the buyer, or waits for autoEscalation. */
  silence: oneOf(['ESCALATE', 'BUYER_MAY_ESCALATE', 'AWAIT_AUTO_ESCALATION']),
  /** From the opening of the dispute; null: none. */
  autoEscalation: nullable(DurationText),
  /** Rule 24. */
  settlement: record({
    period: DurationText,
    then: oneOf(['EITHER_MAY_ESCALATE', 'BUYER_MAY_ESCALATE', 'ESCALATE']),
  }),
  /** Rule 25: for an offer that names no expiry; null: it does not expire. */
  offerExpiry: nullable(DurationText),
  /** Rule 22. SHIPMENT: quality and quantity may be claimed until the goods are shipped; it takes no period. */
  claimWindow: record({
    anchor: oneOf(['RECEIPT', 'CUSTOMS_CLEARANCE', 'SHIPMENT']),
    period: nullable(DurationText),
  }),
  /** From shipment; null: receipt is never deemed. */
  autoReceipt: nullable(DurationText),
  /** Rule 19. */
  ambiguity: oneOf(AMBIGUITY_RULES),
  /** Rule 29. */
  inspectionFee: oneOf(['LOSER', 'BUYER']),
  /** Rule 26. */
  evidence: DurationText,
  /** What a claimant's missed evidence does; another party's is always decided on the file. */
  missedEvidence: oneOf(['CLOSE', 'DECIDE_ON_FILE']),
  evidenceKinds: list(oneOf(EVIDENCE_KINDS), 20),
  evidenceLimits: EvidenceLimits,
  determinationDue: DurationText,
  /** Rule 28; null: no appeal. */
  appeal: nullable(DurationText),
  determinationFinal: oneOf(['AT_ONCE', 'APPEAL_WINDOW']),
  recoveryDue: DurationText,
  /** Rule 30: the supplier owes every refund, or only what the platform advanced beyond the money it held. */
  recoveryBasis: oneOf(['REFUND', 'ADVANCED']),
  limitScope: oneOf(LIMIT_SCOPES),
  custody: oneOf(CUSTODIES),
  /** Rule 16, before shipment: inspections by these count. */
  preShipmentInspection: list(oneOf(INSPECTOR_KINDS), 10),
  /** Rule 16, after delivery: none counts, only an accredited inspector's, or anybody's. */
  postDeliveryInspection: oneOf(['NOT_APPLICABLE', 'ACCEPTED_INSPECTOR', 'ANY']),
  /** IANA zone in which days begin and end. */
  zone: Text(64),
  days: Type.Union([
    record({ kind: Type.Literal('CALENDAR') }),
    /** Working days of a country's public holidays (ISO 3166), Saturday and Sunday off. */
    record({ kind: Type.Literal('WORKING'), holidays: Text(16) }),
  ]),
});
export type PolicyParameters = Static<typeof PolicyParameters>;
