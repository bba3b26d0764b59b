import type { Position } from '../event-store/port.js';
import { ProjectionError } from './projection-error.js';

export interface WaitOptions {
  /** Default 5,000 ms. */
  readonly timeoutMs?: number;
  /** Ends the wait: it rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Where projections are, as far as this process has heard. */
export type Positions = ReadonlyMap<string, Position>;

/** Waits for projections to reach a position, wherever it is that they are projected. */
export interface Waiting {
  /** Resolves when every one of the projections is at the position or past it. Rejects with WAIT_TIMED_OUT. */
  until(projections: readonly string[], position: Position, options?: WaitOptions): Promise<void>;
  /** A projector of this process committed: those who wait for it need not ask the database. */
  reached(positions: Positions): void;
}

const FIRST_LOOK_MS = 2;
const LAST_LOOK_MS = 50;

/** `look` reads the checkpoints from the database: once for all who wait, and at growing intervals. */
export function waiting(look: () => Promise<Positions>): Waiting {
  const known = new Map<string, Position>();
  const waiters = new Set<Waiter>();
  let looking = false;

  const reached = (positions: Positions) => {
    for (const [projection, position] of positions) {
      if (position > (known.get(projection) ?? '')) known.set(projection, position);
    }
    for (const waiter of waiters) if (isThere(waiter)) waiter.resolve();
  };
  const isThere = ({ projections, position }: Pick<Waiter, 'projections' | 'position'>) =>
    projections.every((projection) => (known.get(projection) ?? '') >= position);

  const lookWhileAnyWaits = async () => {
    if (looking) return;
    looking = true;
    try {
      for (let pause = FIRST_LOOK_MS; waiters.size > 0; pause = Math.min(pause * 2, LAST_LOOK_MS)) {
        reached(await look());
        if (waiters.size > 0) await new Promise((resolve) => setTimeout(resolve, pause));
      }
    } catch (error) {
      for (const waiter of waiters) waiter.reject(error);
    } finally {
      looking = false;
    }
  };

  return {
    reached,
    until(projections, position, { timeoutMs = 5_000, signal } = {}) {
      if (isThere({ projections, position })) return Promise.resolve();
      return new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const settle = () => {
          waiters.delete(waiter);
          clearTimeout(timer);
          signal?.removeEventListener('abort', abort);
        };
        const waiter: Waiter = {
          projections,
          position,
          resolve: () => (settle(), resolve()),
          reject: (error) => (settle(), reject(error)),
        };
        const abort = () => waiter.reject(signal?.reason);
        const timer = setTimeout(() => {
          const late = projections.filter((projection) => (known.get(projection) ?? '') < position);
          const message = `${late.join(', ')} did not reach ${position} in ${timeoutMs} ms`;
          waiter.reject(new ProjectionError('WAIT_TIMED_OUT', message));
        }, timeoutMs);
        signal?.addEventListener('abort', abort, { once: true });
        waiters.add(waiter);
        void lookWhileAnyWaits();
      });
    },
  };
}

interface Waiter {
  readonly projections: readonly string[];
  readonly position: Position;
  resolve(): void;
  reject(error: unknown): void;
}
