import { dueAfter } from '../domain/calendar/due.js';
import type { VirtualClock } from '../kernel/clock.js';
import type { Instant } from '../kernel/instant.js';
import type { ClaimedDeadline, DueQueue } from './due-queue.js';

export interface Advancing {
  readonly clock: VirtualClock;
  readonly queue: DueQueue;
  /** Sends `ExpireDeadlines` to an order. */
  send(orderId: string): Promise<void>;
  /** Resolves when the queue holds all that was decided so far. */
  idle(): Promise<void>;
  /** Names the one who claims. */
  readonly owner: string;
  /** No scheduler runs: time passes, and nothing fires until somebody sends a command. Default false. */
  readonly stopped?: boolean;
  /** Most orders that expire at the same time. Default 64. */
  readonly concurrency?: number;
}

export interface Advanced {
  readonly from: Instant;
  readonly to: Instant;
  /** Deadlines that were sent for, in due order. */
  readonly fired: readonly { readonly id: string; readonly orderId: string; readonly dueAt: Instant }[];
}

/** Long enough for any command; what was claimed is gone from the queue, or given back, well before. */
const LEASE_MS = 60_000;
const BATCH = 1_000;

/**
 * Lets time pass: moves the clock from one due instant to the next, each exactly, lets what is due expire, and waits until
 * all that followed is in the queue, so that deadlines set by it have their turn; ends at `now + by` (ISO 8601, days of 24
 * hours UTC). Rejects with the first failure of `send`, the clock standing where it failed.
 */
export function advance(advancing: Advancing, by: string): Promise<Advanced> {
  const { clock } = advancing;
  return advanceTo(advancing, dueAfter(clock.now(), by, 'UTC', { kind: 'CALENDAR' }));
}

/** The same up to an instant; one that has passed moves nothing, and lets expire what is due by now. */
export async function advanceTo(advancing: Advancing, target: Instant): Promise<Advanced> {
  const { clock, queue, idle, stopped = false } = advancing;
  const from = clock.now();
  const to = target > from ? target : from;
  const fired: ClaimedDeadline[] = [];
  await idle();
  while (!stopped) {
    const next = await queue.nextDue();
    if (next === undefined || next > to) break;
    clock.moveTo(next);
    fired.push(...(await fireDue(advancing)));
    await idle();
  }
  clock.moveTo(to);
  return { from, to, fired: fired.map(({ id, orderId, dueAt }) => ({ id, orderId, dueAt })) };
}

/** Everything that is due at the clock's present, one command an order, those of one due instant together. */
async function fireDue({
  clock,
  queue,
  send,
  owner,
  concurrency = 64,
}: Advancing): Promise<ClaimedDeadline[]> {
  const claimed = await queue.claim({ dueBy: clock.now(), limit: BATCH, owner, leaseMs: LEASE_MS });
  const orders = [...new Set(claimed.map(({ orderId }) => orderId))];
  const failures: unknown[] = [];
  const worker = async () => {
    for (let orderId = orders.shift(); orderId !== undefined; orderId = orders.shift()) {
      try {
        await send(orderId);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  if (failures.length > 0) {
    await queue.release(claimed);
    throw failures[0];
  }
  return [...claimed];
}
