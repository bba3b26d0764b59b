import { setImmediate as turn } from 'node:timers/promises';
import { eventStoreErrorCode } from '../event-store/port.js';
import type { Clock } from '../kernel/clock.js';
import { epochMsOf, instantOf } from '../kernel/instant.js';
import type { ClaimedDeadline, DueQueue } from './due-queue.js';
import { dueHeap } from './due-heap.js';
import { lateness, type LatenessReading } from './lateness.js';
import { timeoutOf } from './timeout.js';

export interface SchedulerOptions {
  readonly clock: Clock;
  readonly queue: DueQueue;
  /** Sends `ExpireDeadlines` to an order. Rejects when its deadlines could not be expired. */
  send(orderId: string): Promise<void>;
  /** Has an order at hand whose deadline comes soon: what needs time need not be done when it is due. May fail. */
  prepare?(orderId: string): Promise<unknown>;
  /** Names this scheduler among all: the process and something random. */
  readonly owner: string;
  /** Most orders that expire at the same time. Default 256. */
  readonly concurrency?: number;
  /** Deadlines are claimed so long before they are due, to fire on time. Default 1,000 ms. */
  readonly lookaheadMs?: number;
  /** What a scheduler that died had claimed is taken over so long after it was due. Default 10,000 ms. */
  readonly leaseMs?: number;
  /** How often to look for deadlines that others have set, when nobody wakes the scheduler. Default 100 ms. */
  readonly lookMs?: number;
  /** Most deadlines that are claimed at a time; twice as many are held at most. Default 2,000. */
  readonly batchSize?: number;
  /** Pause before the first retry; it doubles with each. Default 100 ms. */
  readonly retryMs?: number;
  /** An order that fails so often is parked. Default 8. */
  readonly attempts?: number;
  /** True for an error that says nothing of the order: then all wait, and nothing is parked. Default: the store's. */
  isOutage?(error: unknown): boolean;
  /** Told of each failure, of the queue or of an order. */
  onFault?(error: unknown, orderId?: string): void;
}

export interface Scheduler {
  /** Look at the queue now: something was set, or moved. */
  wake(): void;
  /** Since the start of this scheduler. */
  readings(): SchedulerReadings;
  /** Resolves when what was under way has ended; what was claimed and has not fired is given back. */
  stop(): Promise<void>;
}

export interface SchedulerReadings {
  /** Deadlines that expired. */
  readonly fired: number;
  /** Commands that failed. */
  readonly failed: number;
  /** Orders that were parked. */
  readonly parked: number;
  /** Claimed and waiting for their due instant, or for their turn. */
  readonly held: number;
  readonly inFlight: number;
  /** From the due instant until its effect was durable. */
  readonly lateness: LatenessReading;
}

/** Orders that are sent to, and time that is spent on preparing others, before everybody else in the process has a turn. */
const MOST_IN_TURN = 16;
const PREPARING_MS = 2;
/** Orders that are prepared at the same time: each may have to be asked for elsewhere. */
const PREPARED_TOGETHER = 8;
const LONGEST_RETRY_MS = 60_000;
const LONGEST_PAUSE_MS = 5_000;

const isStoreOutage = (error: unknown): boolean => {
  const code = eventStoreErrorCode(error);
  return code === 'STORE_UNAVAILABLE' || code === 'OUTCOME_UNKNOWN';
};

/**
 * Sends `ExpireDeadlines` to each order that has something due, at its due instant or as soon after as it can: never
 * before, one command an order however much of it is due, earlier deadlines first. Any number of schedulers may share a
 * queue. An order that fails is tried again, ever more seldom, and parked in the end; it holds up no other.
 */
export function startScheduler(options: SchedulerOptions): Scheduler {
  const { clock, queue, send, owner, onFault, isOutage = isStoreOutage } = options;
  const { concurrency = 256, lookaheadMs = 1_000, leaseMs = 10_000, lookMs = 100 } = options;
  const { batchSize = 2_000, retryMs = 100, attempts: mostAttempts = 8 } = options;

  const waiting = dueHeap<ClaimedDeadline>();
  /** Orders with something due, in the order in which it became due. */
  const ready = new Map<string, ClaimedDeadline[]>();
  const flights = new Set<Promise<void>>();
  /** Claimed and not prepared, in due order. */
  let unprepared: ClaimedDeadline[] = [];
  let preparing = false;
  let turning: NodeJS.Immediate | undefined;
  const late = lateness();
  let fired = 0;
  let failed = 0;
  let parked = 0;
  let lookAt = 0;
  /** The last claim found something. */
  let busy = false;
  let pausedUntil = 0;
  let pauseMs = 0;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | undefined;
  let stopped = false;

  const now = (): number => epochMsOf(clock.now());
  const held = (): number => waiting.size + ready.size;

  const pause = () => {
    // Those that were under way fail together: that is one outage.
    if (now() < pausedUntil) return;
    pauseMs = Math.min(Math.max(pauseMs * 2, retryMs), LONGEST_PAUSE_MS);
    pausedUntil = now() + pauseMs;
  };

  /** Claims what is due soon. */
  const look = async () => {
    const dueBy = instantOf(now() + lookaheadMs);
    // Claiming writes, so it is asked first whether there is anything to claim, except where there was just now.
    if (!busy) {
      const next = await queue.nextDue();
      if (next === undefined || next > dueBy) return;
    }
    if (stopped) return;
    const claimed = await queue.claim({ dueBy, limit: batchSize, owner, leaseMs: lookaheadMs + leaseMs });
    busy = claimed.length > 0;
    for (const deadline of claimed) waiting.add(deadline);
    if (options.prepare !== undefined) {
      unprepared.push(...claimed);
      if (!preparing) void prepareAll(options.prepare);
    }
    if (claimed.length === batchSize) lookAt = 0;
  };

  /** In due order, a few at a time; what is due by now is no longer prepared. */
  const prepareAll = async (prepare: (orderId: string) => Promise<unknown>) => {
    preparing = true;
    let until = performance.now() + PREPARING_MS;
    while (unprepared.length > 0) {
      // What is claimed meanwhile is the next round's: nothing that is done with is kept, however long there is more.
      const round = unprepared;
      unprepared = [];
      for (let at = 0; at < round.length; at += PREPARED_TOGETHER) {
        if (stopped) return;
        const few = round.slice(at, at + PREPARED_TOGETHER).filter(({ dueAt }) => epochMsOf(dueAt) > now());
        await Promise.all(few.map(({ orderId }) => prepare(orderId).catch(() => undefined)));
        if (performance.now() < until) continue;
        await turn();
        until = performance.now() + PREPARING_MS;
      }
    }
    preparing = false;
  };

  const lookAgain = () => {
    lookAt = now() + lookMs;
    looking = look()
      .catch((error: unknown) => {
        onFault?.(error);
        pause();
      })
      .finally(() => {
        looking = undefined;
        run();
      });
  };

  const expire = async (orderId: string, deadlines: readonly ClaimedDeadline[]) => {
    try {
      await send(orderId);
    } catch (error) {
      failed += 1;
      onFault?.(error, orderId);
      if (isOutage(error)) {
        pause();
        ready.set(orderId, [...deadlines, ...(ready.get(orderId) ?? [])]);
      } else await putOff(orderId, deadlines, error);
      return;
    }
    pauseMs = 0;
    fired += deadlines.length;
    const done = now();
    for (const { dueAt } of deadlines) late.add(Math.max(0, done - epochMsOf(dueAt)));
    if (deadlines.some(({ attempts }) => attempts > 0)) await queue.succeeded(orderId);
  };

  const putOff = async (orderId: string, deadlines: readonly ClaimedDeadline[], error: unknown) => {
    const attempts = Math.max(...deadlines.map((deadline) => deadline.attempts)) + 1;
    const retryInMs = Math.min(retryMs * 2 ** (attempts - 1), LONGEST_RETRY_MS);
    const isParked = attempts >= mostAttempts;
    if (isParked) parked += 1;
    const reason = error instanceof Error ? error.message : String(error);
    await queue.failed({ orderId, attempts, reason, retryInMs, parked: isParked });
    await queue.release(deadlines);
  };

  const launch = () => {
    let launched = 0;
    for (const [orderId, deadlines] of ready) {
      if (flights.size >= concurrency) return;
      if (launched++ === MOST_IN_TURN) return inNextTurn();
      ready.delete(orderId);
      const flight: Promise<void> = expire(orderId, deadlines)
        .catch((error: unknown) => onFault?.(error, orderId))
        .finally(() => {
          flights.delete(flight);
          if (ready.size > 0) inNextTurn();
        });
      flights.add(flight);
    }
  };

  /** Where each answer sent the next command at once, a backlog would leave no turn to anybody else. */
  const inNextTurn = () => {
    turning ??= setImmediate(() => {
      turning = undefined;
      run();
    });
  };

  /** One look around: what is due flies, what is due soon is claimed, and then sleep until there is something to do. */
  const run = () => {
    if (stopped) return;
    const present = now();
    for (const deadline of waiting.take(instantOf(present))) {
      const { orderId } = deadline;
      const same = ready.get(orderId);
      if (same === undefined) ready.set(orderId, [deadline]);
      else same.push(deadline);
    }
    const paused = present < pausedUntil;
    if (!paused) launch();
    const hasRoom = held() < batchSize;
    if (!paused && hasRoom && looking === undefined && present >= lookAt) lookAgain();
    const next = waiting.next === undefined ? Infinity : epochMsOf(waiting.next);
    const nextLook = hasRoom ? Math.max(lookAt, present + 1) : Infinity;
    const wakeAt = paused ? pausedUntil : Math.min(next, nextLook);
    clearTimeout(timer);
    timer = setTimeout(run, timeoutOf(wakeAt - present));
  };

  run();
  return {
    wake() {
      lookAt = 0;
      run();
    },
    readings: () => ({ fired, failed, parked, held: held(), inFlight: flights.size, lateness: late.read() }),
    async stop() {
      stopped = true;
      clearTimeout(timer);
      clearImmediate(turning);
      await looking;
      await Promise.all(flights);
      await queue.release([...waiting.clear(), ...[...ready.values()].flat()]);
    },
  };
}
