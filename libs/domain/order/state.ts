import type { Instant } from '../../kernel/instant.js';
import type { PolicyParameters } from '../policy/parameters.js';
import type {
  CloseOutcome,
  DeadlineKind,
  DisputeStatus,
  EscalationReason,
  EvidenceKind,
  FindingCode,
  Ground,
  InspectionResult,
  InspectionStage,
  InspectorKind,
  Milestone,
  Party,
  ReasonCode,
  Remedy,
  Response,
} from '../vocabulary.js';
import type { Terms } from './contract/terms.js';
import type { AwardCap } from './dispute/events.js';
import type { OrderEventOf } from './events.js';

/** One order: its contract, money, goods, disputes and deadlines. Amounts are minor units of `currency`. Immutable. */
export interface Order {
  readonly orderId: string;
  readonly currency: string;
  readonly category: string;
  readonly buyer: { readonly id: string; readonly name: string; readonly country: string };
  readonly supplierId: string;
  readonly policyId: string;
  readonly reference?: string;
  readonly status: OrderStatus;
  readonly contract: Contract;
  readonly funds: Funds;
  readonly fulfilment: Fulfilment;
  readonly inspections: readonly Inspection[];
  readonly disputes: readonly Dispute[];
  readonly recoveries: readonly Recovery[];
  readonly deadlines: readonly Deadline[];
}

/** DRAFT until confirmed; then as far as money and goods have come. */
export type OrderStatus = 'DRAFT' | 'CONFIRMED' | 'PAID' | 'SHIPPED' | 'RECEIVED' | 'COMPLETED' | 'CANCELLED';

export interface Contract {
  readonly terms: Terms;
  /** Who proposed the terms that stand; the other party confirms (rule 4). */
  readonly proposedBy: Party;
  readonly proposals: number;
  readonly draftedBy: Party;
  /** Set by confirmation: frozen from then on. */
  readonly confirmed?: {
    readonly at: Instant;
    readonly by: Party;
    readonly termsHash: string;
    readonly policyVersion: number;
    readonly policy: PolicyParameters;
    readonly supplier: { readonly name: string; readonly country: string; readonly limit: number };
    readonly coveredAmount: number;
    readonly weaknesses: readonly { readonly code: string; readonly message: string }[];
  };
  /** The promised day now: the terms' own, or the last agreed revision's. */
  readonly shipDate: string;
  readonly shipDateRevisions: readonly {
    readonly revision: number;
    readonly shipDate: string;
    readonly state: 'REQUESTED' | 'AGREED' | 'DECLINED';
  }[];
  readonly feedback: readonly Party[];
}

export interface Payment {
  readonly paymentId: string;
  readonly milestone: Milestone;
  readonly method: string;
  readonly amount: number;
  readonly currency: string;
  readonly eligible: boolean;
  /** Charged back by the payer's bank so far. */
  readonly chargedBack: number;
}

export interface Refund {
  readonly refundId: string;
  readonly dispute: number | null;
  readonly amount: number;
  readonly attempt: number;
  readonly state: 'INSTRUCTED' | 'ISSUED' | 'FAILED' | 'REPLACED';
}

export interface Release {
  readonly releaseId: string;
  readonly amount: number;
  readonly reason: OrderEventOf<'ReleaseInstructed'>['data']['reason'];
  /** STOPPED: a dispute or a chargeback came before the money left; what may still go out is instructed anew. */
  readonly state: 'INSTRUCTED' | 'RELEASED' | 'STOPPED';
}

/**
 * The order's ledger (rule 12): received = held + released + refunded + chargedBack, after every event.
 * `released` is what the supplier has, net of what the platform advanced to the buyer out of its own pocket.
 */
export interface Funds {
  readonly payments: readonly Payment[];
  readonly received: number;
  readonly held: number;
  readonly released: number;
  readonly refunded: number;
  readonly chargedBack: number;
  /** Part of `refunded` that the platform paid because the money no longer lay in custody. */
  readonly advanced: number;
  readonly refunds: readonly Refund[];
  readonly releases: readonly Release[];
  /** Open disputes that freeze what is held (rule 10). */
  readonly frozenBy: readonly number[];
  readonly fees: readonly {
    readonly feeId: string;
    readonly kind: string;
    readonly amount: number;
    readonly chargedTo: string;
    /** For an inspection's fee, the inspection. */
    readonly reference?: string;
  }[];
  readonly chargebacks: readonly {
    readonly chargebackId: string;
    readonly paymentId: string;
    readonly amount: number;
  }[];
}

export interface Fulfilment {
  readonly shipments: readonly {
    readonly shipmentId: string;
    readonly shippedAt: Instant;
    readonly carrier: string;
    readonly trackingNumber?: string;
    readonly quantity?: number;
    readonly late: boolean;
  }[];
  readonly clearedAt?: Instant;
  readonly received?: { readonly at: Instant; readonly deemed: boolean; readonly quantity?: number };
  /** Ids of contract terms whose non-conformity the buyer accepted (rule 17). */
  readonly waived: readonly string[];
}

export interface Inspection {
  readonly inspectionId: string;
  readonly stage: InspectionStage;
  readonly by: InspectorKind;
  readonly inspectorId?: string;
  readonly accepted: boolean;
  /** Set when an arbitrator commissioned it. */
  readonly dispute?: number;
  readonly fee?: number;
  readonly report?: {
    readonly result: InspectionResult;
    readonly findings: readonly {
      readonly term: string;
      readonly conforms: boolean;
      readonly note?: string;
    }[];
    readonly inspectedAt: Instant;
  };
}

export interface SettlementOffer {
  readonly offer: number;
  readonly by: Party;
  readonly remedies: readonly Remedy[];
  readonly amount: number;
  readonly expiresAt: Instant | null;
  readonly state: 'OPEN' | 'SUPERSEDED' | 'ACCEPTED' | 'REJECTED' | 'EXPIRED';
}

export interface Evidence {
  readonly evidence: number;
  readonly by: string;
  readonly author: string;
  readonly kind: EvidenceKind;
  readonly sha256: string;
  readonly size: number;
  readonly request: number | null;
  readonly sealedTo?: readonly Party[];
}

export interface EvidenceRequest {
  readonly request: number;
  readonly from: Party;
  readonly kinds: readonly EvidenceKind[];
  readonly state: 'OPEN' | 'ANSWERED' | 'MISSED';
}

export interface Ruled {
  readonly by: string;
  readonly liability: number;
  readonly award: number;
  readonly cap: AwardCap;
  readonly remedies: readonly Remedy[];
  readonly reasonCodes: readonly (ReasonCode | FindingCode)[];
  readonly fileRevision: string;
  readonly at: Instant;
}

export interface Dispute {
  readonly dispute: number;
  readonly ground: Ground;
  readonly status: DisputeStatus;
  readonly openedAt: Instant;
  readonly claimed: number;
  readonly terms: readonly string[];
  readonly desiredRemedy: Remedy;
  readonly response?: Response;
  /** Set once the settlement or the response deadline passed: who may escalate by hand (rule 24). */
  readonly mayEscalate: readonly Party[];
  readonly offers: readonly SettlementOffer[];
  readonly messages: number;
  readonly evidence: readonly Evidence[];
  readonly requests: readonly EvidenceRequest[];
  readonly escalation?: { readonly reason: EscalationReason; readonly at: Instant };
  readonly arbitrator?: string;
  /** Arbitrators who stepped down or had a declared conflict: never assigned again. */
  readonly recused: readonly string[];
  readonly determination?: Ruled & { readonly finalAt: Instant };
  readonly appeal?: {
    readonly by: Party;
    readonly at: Instant;
    readonly arbitrator?: string;
    readonly decision?: Ruled;
  };
  readonly closed?: { readonly outcome: CloseOutcome; readonly at: Instant; readonly award: number };
  readonly reopened: number;
}

export interface Recovery {
  readonly recoveryId: string;
  readonly refundId: string;
  readonly dispute: number | null;
  readonly amount: number;
  readonly outstanding: number;
  readonly state: 'OWED' | 'OVERDUE' | 'PAID' | 'WRITTEN_OFF';
}

export interface Deadline {
  readonly deadline: string;
  readonly kind: DeadlineKind;
  readonly dispute: number | null;
  readonly dueAt: Instant;
  readonly subject?: string;
  readonly state: 'OPEN' | 'MET' | 'EXPIRED';
}
