/** The closed lists of the rule book, in its own words. */

export const ROLES = [
  'buyer',
  'supplier',
  'agent',
  'arbitrator',
  'appeal_arbitrator',
  'inspector',
  'payments',
  'logistics',
  'risk',
  'policy_admin',
  'auditor',
  'clock',
] as const;
export type Role = (typeof ROLES)[number];

export const PARTIES = ['buyer', 'supplier'] as const;
export type Party = (typeof PARTIES)[number];

/** Rule 3. */
export const CATEGORIES_EXCLUDED_BY_DEFAULT = [
  'VEHICLES',
  'REAL_ESTATE',
  'WEBSITES_AND_BUSINESSES',
  'CLASSIFIEDS',
  'SERVICES',
  'BUSINESS_EQUIPMENT',
] as const;

/** Rule 5. */
export const COVERAGE_TYPES = ['PRE_SHIPMENT', 'POST_DELIVERY'] as const;
export type CoverageType = (typeof COVERAGE_TYPES)[number];

/** Rule 8. */
export const PAYMENT_METHODS = [
  'TELEGRAPHIC_TRANSFER',
  'CARD',
  'WESTERN_UNION',
  'E_CHECKING',
  'ONLINE_BANK_PAYMENT',
  'PAY_LATER',
] as const;
export type PaymentMethod = (typeof PAYMENT_METHODS)[number];

/** Rule 9. */
export const MILESTONES = ['INITIAL', 'BALANCE'] as const;
export type Milestone = (typeof MILESTONES)[number];

/** Rule 10. */
export const CUSTODIES = ['ESCROW', 'DESIGNATED_ACCOUNT'] as const;
export type Custody = (typeof CUSTODIES)[number];

/** Rule 14, and the grounds that no policy can enable but that a buyer may still try. */
export const GROUNDS = [
  'LATE_SHIPMENT',
  'QUALITY',
  'QUANTITY',
  'TRANSIT_DAMAGE',
  'FRAUD',
  'NOT_RECEIVED',
  'OTHER',
] as const;
export type Ground = (typeof GROUNDS)[number];

/** Rule 16. */
export const INSPECTOR_KINDS = ['SAMPLE', 'BUYER', 'THIRD_PARTY', 'PLATFORM'] as const;
export type InspectorKind = (typeof INSPECTOR_KINDS)[number];
export const INSPECTION_STAGES = ['PRE_SHIPMENT', 'POST_DELIVERY'] as const;
export type InspectionStage = (typeof INSPECTION_STAGES)[number];
export const INSPECTION_RESULTS = ['PASS', 'FAIL', 'CONDITIONAL'] as const;
export type InspectionResult = (typeof INSPECTION_RESULTS)[number];

/** Rule 19. */
export const AMBIGUITY_RULES = ['INDUSTRY_STANDARD', 'AGAINST_CLAIMANT', 'AGAINST_DRAFTER'] as const;
export type AmbiguityRule = (typeof AMBIGUITY_RULES)[number];

export const DISPUTE_STATES = [
  'AWAITING_SUPPLIER',
  'NEGOTIATING',
  'ESCALATED',
  'UNDER_DETERMINATION',
  'EVIDENCE_PENDING',
  'DETERMINED',
  'UNDER_APPEAL',
  'CLOSED',
] as const;
export type DisputeStatus = (typeof DISPUTE_STATES)[number];

export const RESPONSES = ['ACCEPT', 'REJECT', 'COUNTER'] as const;
export type Response = (typeof RESPONSES)[number];

export const ESCALATION_REASONS = ['BUYER', 'SUPPLIER', 'SUPPLIER_SILENT', 'SETTLEMENT_EXPIRED'] as const;
export type EscalationReason = (typeof ESCALATION_REASONS)[number];

export const CLOSE_OUTCOMES = [
  'SETTLED',
  'REFUNDED',
  'PARTIALLY_REFUNDED',
  'REJECTED',
  'WITHDRAWN',
  'LAPSED',
  'NO_EVIDENCE',
] as const;
export type CloseOutcome = (typeof CLOSE_OUTCOMES)[number];

export const EVIDENCE_KINDS = [
  'PURCHASE_ORDER',
  'SPECIFICATION',
  'DESIGN_FILE',
  'INSPECTION_REPORT',
  'CORRESPONDENCE',
  'PAYMENT_RECEIPT',
  'PHOTO',
  'APPROVED_SAMPLE',
  'SHIPPING_DOCUMENT',
  'CUSTOMS_DOCUMENT',
  'OTHER',
] as const;
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

export const REMEDIES = [
  'FULL_REFUND',
  'PARTIAL_REFUND',
  'REFUND_WITH_RETURN',
  'REPLACEMENT',
  'DELAY_COMPENSATION',
  'CORRECTION',
  'NOTHING',
] as const;
export type Remedy = (typeof REMEDIES)[number];

export const REASON_CODES = [
  'NO_CLEAR_SPEC',
  'NO_INSPECTION_BOOKED',
  'DISCOVERED_AFTER_ARRIVAL',
  'OUT_OF_WINDOW',
  'INELIGIBLE_PAYMENT',
  'EXCLUDED_CATEGORY',
  'EXCLUDED_GROUND',
  'TRANSIT_DAMAGE',
  'LOST_IN_TRANSIT',
  'GOODS_CONFORM',
  'WAIVED',
  'INSUFFICIENT_EVIDENCE',
  'BELOW_MINIMUM',
  'SUPPLIER_NOT_ENROLLED',
  'ABOVE_COVERAGE',
] as const;
export type ReasonCode = (typeof REASON_CODES)[number];

/** Why a claim succeeds: a determination that awards something gives one of these beside, or instead of, a reason code. */
export const FINDING_CODES = [
  'SHIPPED_LATE',
  'NOT_SHIPPED',
  'GOODS_NONCONFORMING',
  'QUANTITY_SHORT',
  'DAMAGED_IN_TRANSIT',
  'FRAUD_FOUND',
] as const;
export type FindingCode = (typeof FINDING_CODES)[number];

export const DEADLINE_KINDS = [
  'PaymentDue',
  'ShipmentDue',
  'SupplierResponse',
  'AutoEscalation',
  'Settlement',
  'OfferExpiry',
  'Evidence',
  'DeterminationDue',
  'Appeal',
  'ClaimWindow',
  'AutoReceipt',
  'RecoveryDue',
] as const;
export type DeadlineKind = (typeof DEADLINE_KINDS)[number];

export const LIMIT_SCOPES = ['PER_ORDER', 'AGGREGATE_OPEN'] as const;
export type LimitScope = (typeof LIMIT_SCOPES)[number];
