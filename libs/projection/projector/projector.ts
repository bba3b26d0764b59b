import { setTimeout as sleep } from 'node:timers/promises';
import type { ProjectorOptions } from './options.js';
import { project } from './projecting.js';

export interface Projector {
  /** This process is the one that projects. */
  readonly leading: boolean;
  /** Resolves when nothing more is written and the lock is free. */
  stop(): Promise<void>;
}

const LONGEST_PAUSE_MS = 5_000;

/**
 * Folds the log into the projections' documents, in order, for as long as it is not stopped. Each event is folded into
 * each document that it touches exactly once: documents and checkpoint are one transaction, which fails for all but the
 * latest holder of the lock. After any failure it begins again from what is stored.
 */
export function startProjector(options: ProjectorOptions): Projector {
  const { lock, name = 'projector', pauseMs = 50, onFault } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  let leading = false;

  /** Gives how far it got before it failed: any progress makes the next pause a short one. */
  const holdOffice = async (): Promise<boolean> => {
    let progress = false;
    const held = await lock.acquire(name, signal);
    leading = true;
    try {
      await project(options, held, AbortSignal.any([signal, held.lost]), () => (progress = true));
      held.lost.throwIfAborted();
    } catch (error) {
      if (!signal.aborted) onFault?.(error);
    } finally {
      leading = false;
      await held.release().catch(() => undefined);
    }
    return progress;
  };

  const run = async () => {
    for (let pause = pauseMs; !signal.aborted; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      try {
        if (await holdOffice()) pause = pauseMs;
      } catch (error) {
        if (!signal.aborted) onFault?.(error);
      }
      if (!signal.aborted) await sleep(pause, undefined, { signal }).catch(() => undefined);
    }
  };

  const done = run();
  return {
    get leading() {
      return leading;
    },
    async stop() {
      stopping.abort();
      await done;
    },
  };
}
