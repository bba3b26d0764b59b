import type { RefusalKind } from '../kernel/problem.js';
import type { Decision } from './decision.js';

/**
 * Specs as rules: `given(...events).when(command, context).then(...events)`, or `.thenRefused(kind, ...codes)`;
 * a further `.when` goes on from there.
 */
export interface Decider<S, C, E, X> {
  readonly evolve: (state: S | undefined, event: E) => S;
  readonly decide: (state: S | undefined, command: C, context: X) => Decision<E>;
}

export interface Outcome<S, C, E, X> {
  readonly decision: Decision<E>;
  /** The state before the command and after it. */
  readonly before: S | undefined;
  readonly state: S | undefined;
  /** Everything that happened so far. */
  readonly history: readonly E[];
  /** Accepted, with exactly these events (overdue deadlines left out). */
  then(...events: readonly E[]): Outcome<S, C, E, X>;
  /** Accepted, with events of exactly these types. */
  thenTypes(...types: readonly string[]): Outcome<S, C, E, X>;
  /** Refused, with exactly these codes in any order, and nothing of the command's own recorded. */
  thenRefused(kind: RefusalKind, ...codes: readonly string[]): Outcome<S, C, E, X>;
  /** These deadlines were expired first, with what followed from them. */
  thenExpired(...types: readonly string[]): Outcome<S, C, E, X>;
  /** Goes on from what happened. */
  when(command: C, context: X): Outcome<S, C, E, X>;
}

export interface Given<S, C, E, X> {
  when(command: C, context: X): Outcome<S, C, E, X>;
}

export const specOf =
  <S, C, E extends { readonly type: string }, X>(decider: Decider<S, C, E, X>) =>
  (...history: readonly E[]): Given<S, C, E, X> => ({
    when: (command, context) => decided(decider, history, command, context),
  });

function decided<S, C, E extends { readonly type: string }, X>(
  decider: Decider<S, C, E, X>,
  given: readonly E[],
  command: C,
  context: X,
): Outcome<S, C, E, X> {
  const fold = (events: readonly E[], from?: S) => events.reduce<S | undefined>(decider.evolve, from);
  const before = fold(given);
  const decision = decider.decide(before, command, context);
  const accepted = decision.accepted.map(({ event }) => event);
  const expired = decision.expired.map(({ event }) => event);
  const history = [...given, ...expired, ...accepted];
  const outcome: Outcome<S, C, E, X> = {
    decision,
    before,
    state: fold([...expired, ...accepted], before),
    history,
    then(...events) {
      expect({ refusal: decision.refusal, events: accepted }).toEqual({ refusal: undefined, events });
      return outcome;
    },
    thenTypes(...types) {
      expect({ refusal: decision.refusal, types: accepted.map(({ type }) => type) }).toEqual({
        refusal: undefined,
        types,
      });
      return outcome;
    },
    thenRefused(kind, ...codes) {
      const refused = {
        kind: decision.refusal?.kind,
        codes: decision.refusal?.faults.map(({ code }) => code).toSorted(),
      };
      expect({ ...refused, accepted }).toEqual({ kind, codes: codes.toSorted(), accepted: [] });
      return outcome;
    },
    thenExpired(...types) {
      expect(expired.map(({ type }) => type)).toEqual(types);
      return outcome;
    },
    when: (next, nextContext) => decided(decider, history, next, nextContext),
  };
  return outcome;
}
