import type { Statement } from '../read-models/database.js';

/** Sees to it that of all processes one at a time projects. */
export interface ProjectionLock {
  /** Resolves when this process holds the lock of that name; rejects with the signal's reason when it is aborted. */
  acquire(name: string, signal: AbortSignal): Promise<HeldLock>;
}

/**
 * A lock that is held until it is released or lost. A holder may not know yet that it has lost it: therefore all that
 * it writes begins with `fence()`, which lets the transaction fail with LOCK_LOST when there is a later holder.
 */
export interface HeldLock {
  readonly name: string;
  /** Greater than that of every earlier holder. */
  readonly token: number;
  /** Aborted as soon as this process knows that it lost the lock. */
  readonly lost: AbortSignal;
  fence(): Statement;
  /** Lets the next one have it at once. */
  release(): Promise<void>;
}
