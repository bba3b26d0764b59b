import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault, Faults } from './faults.js';

/** mulberry32: a small generator whose run is repeated by its seed. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export interface RandomFaultOptions {
  readonly seed: number;
  readonly forMs: number;
  /** Mean pause between two faults. */
  readonly everyMs?: number;
  readonly signal?: AbortSignal;
  /** Cuts every connection; asked for now and then. */
  readonly cutConnections: () => void;
}

const FAULTS: readonly Fault[] = [
  { kind: 'unavailable', times: 3 },
  { kind: 'timeoutAfterCommit', methods: ['append', 'batchAppend'], times: 1 },
  { kind: 'commitTimeout', methods: ['append', 'batchAppend'], times: 2 },
  { kind: 'notLeader', times: 1 },
  { kind: 'slow', delayMs: 50, times: 5 },
];

/**
 * Switches faults on at random for a while: refused calls, lost and late answers after a commit, a changed leader, slow
 * calls, dropped subscriptions, cut connections. Resolves, with every fault off again, with how often each came.
 */
export async function randomFaults(
  faults: Faults,
  { seed, forMs, everyMs = 150, signal, cutConnections }: RandomFaultOptions,
): Promise<Readonly<Record<string, number>>> {
  const random = randomFrom(seed);
  const counts: Record<string, number> = {};
  const until = Date.now() + forMs;
  while (Date.now() < until && !signal?.aborted) {
    const choice = Math.floor(random() * (FAULTS.length + 2));
    const fault = FAULTS[choice];
    const name = fault?.kind ?? (choice === FAULTS.length ? 'dropSubscriptions' : 'cutConnections');
    counts[name] = (counts[name] ?? 0) + 1;
    if (fault) faults.inject(fault);
    else if (choice === FAULTS.length) faults.dropSubscriptions();
    else cutConnections();
    await sleep(everyMs * 2 * random());
  }
  faults.clear();
  return counts;
}
