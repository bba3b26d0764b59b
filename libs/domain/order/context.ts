import type { Instant } from '../../kernel/instant.js';
import type { Money } from '../../kernel/money.js';
import type { Caller } from '../decision.js';
import type { PolicyParameters } from '../policy/parameters.js';

/** A published policy version, as the order's decider is given it. */
export interface PublishedPolicy {
  readonly policyId: string;
  readonly version: number;
  readonly parameters: PolicyParameters;
}

/** What the supplier's stream says at the moment of the command. */
export interface SupplierStanding {
  readonly supplierId: string;
  readonly name: string;
  readonly country: string;
  readonly enrolled: boolean;
  readonly qualified: boolean;
  readonly suspended: boolean;
  /** The whole limit in the order's currency; absent when risk has set none. */
  readonly limit?: Money;
  /** The limit less what open orders (under AGGREGATE_OPEN) and unpaid recoveries hold. */
  readonly available?: Money;
  /** What the supplier owes for refunds and has not paid (rule 30); absent: nothing. */
  readonly owed?: Money;
}

/** A file that was handed in to an order, by whoever submits it as evidence now. */
export interface HandedInFile {
  /** Bytes. */
  readonly size: number;
  /** What its bytes are. */
  readonly mediaType: string;
  /** STALE: it waited too long, and may be gone any moment. INFECTED: it was removed. */
  readonly state: 'HERE' | 'STALE' | 'INFECTED';
}

/** All that a decision may depend on besides the order's own history: data, no services. */
export interface OrderContext {
  readonly now: Instant;
  readonly caller: Caller;
  /** Decimal text of the revision that the stream has before this command; -1 when it has none. */
  readonly revision: string;
  /** Needed by DraftOrder, ProposeTerms and ConfirmContract. Absent: no such policy is published. */
  readonly policy?: PublishedPolicy;
  /** Needed by ConfirmContract. Absent: not enrolled. */
  readonly supplier?: SupplierStanding;
  /** Needed by BookInspection, ReportInspection and CommissionInspection: the ids among those named that are accredited now. */
  readonly accreditedInspectors?: readonly string[];
  /** Needed by SubmitEvidence: the file of the hash that it names. Absent: none was handed in by this caller. */
  readonly file?: HandedInFile;
  /** For SubmitEvidence: a hash alone, of a file that is kept elsewhere, will not do. */
  readonly filesRequired?: boolean;
}
