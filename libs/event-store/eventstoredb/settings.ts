import type { BackOff } from './back-off.js';

/** Bounds on waiting, in milliseconds. None of them comes from the connection string, which is the client's. */
export interface Settings {
  /** For a node to be found and connected. */
  readonly connectMs: number;
  /** For the answer to one attempt to append, and for the next message of a read. */
  readonly attemptMs: number;
  /** For a call with all its repetitions, counted from its last progress. */
  readonly giveUpMs: number;
  readonly backOff: BackOff;
  /** Between 0 and 1; spreads the pauses of many. */
  readonly random: () => number;
}

export const DEFAULTS: Settings = {
  connectMs: 3_000,
  attemptMs: 3_000,
  giveUpMs: 10_000,
  backOff: { firstMs: 25, maxMs: 1_000, attempts: 30 },
  random: Math.random,
};
