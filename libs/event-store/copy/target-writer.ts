import { setTimeout as sleep } from 'node:timers/promises';
import { eventStoreErrorCode, type EventStore, type Position, type RecordedEvent } from '../port.js';
import { CopyError } from './copy-error.js';
import { differs, isSame } from './differs.js';
import { runsOf, type Run } from './window.js';

export interface TargetOptions {
  readonly target: Pick<EventStore, 'readAll'>;
  /**
   * Appends to the target, and tries once. (Appends that are repeated by themselves, each after a pause of its own, would
   * overtake one another.)
   */
  readonly append: EventStore['append'];
  /** For how long to try without getting on before TARGET_UNAVAILABLE. Default 60 s. */
  readonly giveUpMs?: number;
  readonly signal?: AbortSignal;
}

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 2_000;

/**
 * Writes a window of the source's events after a position of the target, in order, until all of it is there; gives the
 * position of the last. What became of an attempt that failed is read from the target.
 */
export async function writeWindow(
  options: TargetOptions,
  window: readonly RecordedEvent[],
  after: Position,
): Promise<Position> {
  const { target, giveUpMs = 60_000, signal } = options;
  let left = window;
  let position = after;
  let until = Date.now() + giveUpMs;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    const attempt = await tryOnce(options.append, left, position);
    if ('reached' in attempt) return attempt.reached;
    try {
      const held = await heldOf(target, left, position);
      left = left.slice(held.count);
      position = held.through;
      if (left.length === 0) return position;
      if (held.count > 0) until = Date.now() + giveUpMs;
    } catch (error) {
      if (!mayPass(error)) throw error;
    }
    if (Date.now() + pause > until) {
      const message = `the target could not be reached for ${giveUpMs / 1_000} s`;
      throw new CopyError('TARGET_UNAVAILABLE', message, undefined, { cause: attempt.failed });
    }
    await sleep(pause, undefined, { signal });
  }
}

/** Sends all of it at once, in order; rejects with what would happen again. */
async function tryOnce(
  append: EventStore['append'],
  events: readonly RecordedEvent[],
  after: Position,
): Promise<{ readonly reached: Position } | { readonly failed: unknown }> {
  const runs = runsOf(events);
  const outcomes = await Promise.allSettled(
    runs.map(async (run) => append(run.stream, run.events, run.expected)),
  );
  let reached = after;
  for (const [index, outcome] of outcomes.entries()) {
    const stream = runs[index]?.stream ?? '';
    if (outcome.status === 'rejected') {
      const reason: unknown = outcome.reason;
      if (mayPass(reason)) return { failed: reason };
      if (eventStoreErrorCode(reason) !== 'REVISION_CONFLICT') throw refuses(runs[index], reason);
      const message = `the target's ${stream} is not where the source has it: somebody else writes there`;
      throw new CopyError('TARGET_DIFFERS', message, undefined, { cause: reason });
    }
    const { position } = outcome.value;
    if (position <= reached) {
      throw new CopyError('TARGET_DIFFERS', `the target put the events of ${stream} before earlier ones`);
    }
    reached = position;
  }
  return { reached };
}

function refuses(run: Run | undefined, cause: unknown): CopyError {
  const at = run?.expected === 'no_stream' ? 0n : (run?.expected ?? 0n) + 1n;
  const message = `the target does not take ${run?.stream} at revision ${at}: ${(cause as Error).message}`;
  return new CopyError('TARGET_REFUSES', message, undefined, { cause });
}

/** How many of the events the target holds after a position: the first ones, in order, or it differs. */
async function heldOf(
  target: Pick<EventStore, 'readAll'>,
  events: readonly RecordedEvent[],
  after: Position,
): Promise<{ readonly count: number; readonly through: Position }> {
  let count = 0;
  let through = after;
  for await (const held of target.readAll({ after })) {
    const event = events[count];
    if (event === undefined || !isSame(held, event)) throw differs(held, event);
    count += 1;
    through = held.position;
  }
  return { count, through };
}

const mayPass = (error: unknown): boolean => {
  const code = eventStoreErrorCode(error);
  return code === 'STORE_UNAVAILABLE' || code === 'OUTCOME_UNKNOWN';
};
