import type { Instant } from '../kernel/instant.js';
import type { Fault, Refusal, RefusalKind } from '../kernel/problem.js';
import type { Role } from './vocabulary.js';

/** Who sends a command. For buyer and supplier `id` is the party's id; for all others the person's or service's. */
export interface Caller {
  readonly role: Role;
  readonly id: string;
}

/** An event that was decided on, with the instant at which it takes effect. */
export interface Decided<E> {
  readonly event: E;
  /** For what follows from an expired deadline its due instant, otherwise the command's own instant. */
  readonly occurredAt: Instant;
}

/**
 * What came of a command. `expired` are deadlines that were overdue when it came, and what followed from them:
 * they are recorded whether the command was accepted or refused ("Time is a fact, not a race").
 */
export interface Decision<E, S = never> {
  readonly expired: readonly Decided<E>[];
  readonly accepted: readonly Decided<E>[];
  readonly refusal?: Refusal;
  /** What folding all of these events into the state gives, where deciding has found it out already. */
  readonly after?: S;
}

/** The command's own events, all in effect at `now`. */
export const accept = <E>(now: Instant, ...events: readonly E[]): Decision<E> => ({
  expired: [],
  accepted: events.map((event) => ({ event, occurredAt: now })),
});

/** Nothing happens, and every broken rule is named. */
export const refuse = (kind: RefusalKind, ...faults: readonly Fault[]): Decision<never> => ({
  expired: [],
  accepted: [],
  refusal: { kind, faults },
});
