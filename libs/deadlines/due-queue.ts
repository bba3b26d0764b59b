import type { Instant } from '../kernel/instant.js';

/** A deadline that a scheduler has claimed: for as long as its lease lasts no other scheduler is given it. */
export interface ClaimedDeadline {
  /** `<orderId>/<deadline>` */
  readonly id: string;
  readonly orderId: string;
  readonly dueAt: Instant;
  /** How often this order has failed since it last succeeded. */
  readonly attempts: number;
}

export interface Claim {
  /** Deadlines due by then, inclusive. */
  readonly dueBy: Instant;
  readonly limit: number;
  /** Names the scheduler. */
  readonly owner: string;
  /** For how long the deadlines are its own. */
  readonly leaseMs: number;
}

/** An order whose deadlines failed to expire. */
export interface FailedOrder {
  readonly orderId: string;
  readonly attempts: number;
  /** What was wrong the last time. */
  readonly reason: string;
  /** When it failed the last time, by the machine's clock. */
  readonly failedAt: Instant;
  /** Given up: it is claimed no more until somebody lets it go on. */
  readonly parked: boolean;
}

/**
 * The open deadlines of all orders, shared by any number of schedulers. A lease only saves work: what fires twice has
 * its effect once, because the decider expires only what is open, at the revision that it saw.
 */
export interface DueQueue {
  /** Claims deadlines that nobody has, in due order. Orders that failed are passed over until their time comes. */
  claim(claim: Claim): Promise<readonly ClaimedDeadline[]>;
  /** Due instant of the first deadline that could be claimed now; undefined when there is none. */
  nextDue(): Promise<Instant | undefined>;
  /** Gives deadlines back, so that they can be claimed again at once. */
  release(claimed: readonly ClaimedDeadline[]): Promise<void>;
  /** The order's deadlines expired after all. */
  succeeded(orderId: string): Promise<void>;
  /** The order's deadlines could not be expired: passes it over for so long, or for good. */
  failed(failure: {
    readonly orderId: string;
    readonly attempts: number;
    readonly reason: string;
    readonly retryInMs: number;
    readonly parked: boolean;
  }): Promise<void>;
  /** Orders that fail, the parked ones among them, by id. */
  failures(): Promise<readonly FailedOrder[]>;
  /** Lets a failed or parked order be claimed again at once; false when it is none. */
  retry(orderId: string): Promise<boolean>;
  /** How many deadlines are open. */
  pending(): Promise<number>;
}
