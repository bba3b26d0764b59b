import type { MessagePort } from 'node:worker_threads';
import type { Kind } from '../../../libs/application/commands.js';
import type { Instant } from '../../../libs/kernel/instant.js';
import type { EngineConfig } from '../config.js';

/**
 * What the thread that answers and the thread that decides say to each other. Everything is flat: hundreds of commands are in
 * a message, and an object for each would take longer to copy than what it holds.
 */

export interface DecidingData {
  readonly config: EngineConfig;
  /** Present where time is moved by hand: the present to begin with. */
  readonly now?: Instant;
  /** Where the thread says what came of it: {@link Replies}. That it is ready it says to whoever started it. */
  readonly replies: MessagePort;
}

/** What one turn of the event loop had to send. */
export interface Batch {
  /** The present, where time is moved by hand. */
  readonly now?: Instant;
  /** For each: {@link SENT} values. */
  readonly sent: readonly Sent[];
}

export type Sent = string | number | null;

/**
 * number, kind, id, command as JSON, caller's role and id, idempotency key, expected revision, correlation id. Of what is only
 * to be read ('read') the last six are empty.
 */
export const SENT = 9;
export type SentKind = Kind | 'read';

export type ToDeciding = Batch | 'stop';

/** What became of a batch, or of a part of it. */
export interface Replies {
  /** For each: {@link REPLIED} values. */
  readonly replied: readonly Replied[];
  /** For metrics, of each command: kind, outcome, seconds. */
  readonly commands: readonly (string | number)[];
  /** For metrics: seconds of each append. */
  readonly appends: readonly number[];
}

export type Replied = string | number;

/**
 * number, verdict, and by the verdict:
 * - accepted, replayed: the revision, the answer's body, its location
 * - otherwise: 0, JSON of what became of it, ''
 */
export const REPLIED = 5;
export const VERDICT = { accepted: 0, replayed: 1, otherwise: 2, failed: 3 } as const;

/** An error, as JSON; `code` is an event store's. */
export interface Failed {
  readonly code?: string;
  readonly message: string;
  readonly stack?: string;
}
