import type { Caller } from '../domain/decision.js';
import type { Instant } from '../kernel/instant.js';
import type { Refusal } from '../kernel/problem.js';
import type { Position } from '../event-store/port.js';

/** One command, as it is handed to the runner. */
export interface CommandRequest<Command> {
  /** Id of the order, supplier, policy or inspector: the stream's name without its prefix. */
  readonly id: string;
  readonly command: Command;
  readonly caller: Caller;
  /** The same key and body on the same stream gets the first answer again. */
  readonly idempotencyKey: string;
  /** The revision that the caller has seen (`If-Match`): any other one is refused. */
  readonly expectedRevision?: bigint;
  /** Ties together what belongs to one piece of work; left out, the command's own id. */
  readonly correlationId?: string;
}

export interface Accepted<State> {
  readonly kind: 'accepted';
  /** True when the command had been run before: this is the first answer again. */
  readonly replayed: boolean;
  /** The state right after the command. */
  readonly state: State;
  readonly revision: bigint;
  readonly position: Position;
  /** What the command appended, overdue deadlines included. */
  readonly events: readonly { readonly type: string; readonly data: unknown; readonly revision: bigint }[];
  /** When it was decided. */
  readonly at: Instant;
}

export interface Refused {
  readonly kind: 'refused';
  readonly replayed: boolean;
  readonly refusal: Refusal;
  /** Seconds after which the same command may fare better. */
  readonly retryAfter?: number;
}

/** Nothing was due, so nothing was appended; only `ExpireDeadlines` ends like this. */
export interface Idle {
  readonly kind: 'idle';
}

export type CommandOutcome<State> = Accepted<State> | Refused | Idle;
