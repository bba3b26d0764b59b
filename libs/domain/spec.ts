import type { Refusal, RefusalKind } from '../kernel/problem.js';
import type { Decision } from './decision.js';
import { RULE_BOOK } from './rule-book.js';

/**
 * Specs as rules: `given(...events).when(command, context).then(...events)`, or `.thenRefused(kind, ...codes)`;
 * a further `.when` goes on from there.
 */
export interface Decider<S, C, E, X> {
  readonly evolve: (state: S | undefined, event: E) => S;
  readonly decide: (state: S | undefined, command: C, context: X) => Decision<E, S>;
}

export interface Outcome<S, C, E, X> {
  readonly decision: Decision<E, S>;
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
  if (decision.refusal !== undefined) expectToExplain(decision.refusal, command);
  const accepted = decision.accepted.map(({ event }) => event);
  const expired = decision.expired.map(({ event }) => event);
  const history = [...given, ...expired, ...accepted];
  const state = fold([...expired, ...accepted], before);
  if (decision.after !== undefined) expect(decision.after).toEqual(state);
  const outcome: Outcome<S, C, E, X> = {
    decision,
    before,
    state,
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

/**
 * What every refusal tells its caller: a sentence, a place that the command has, a rule that the book has, and what the
 * rule looked at.
 */
export function expectToExplain({ faults }: Refusal, command: unknown): void {
  expect(faults).not.toHaveLength(0);
  for (const { code, message, pointer, rule, facts } of faults) {
    const values = Object.values(facts ?? { none: '' }).filter((value) => value !== undefined);
    expect({
      code,
      message:
        /^[A-Z\d“].*\S\.$/.test(message) && !/undefined|NaN|\[object/.test(message) ? 'a sentence' : message,
      pointer: pointer === undefined || pointsInto(command, pointer) ? 'into the command' : pointer,
      rule: rule === undefined || rule in RULE_BOOK ? 'of the book' : rule,
      facts: values.length > 0,
    }).toEqual({
      code,
      message: 'a sentence',
      pointer: 'into the command',
      rule: 'of the book',
      facts: true,
    });
  }
}

/** The place may be empty, what it would stand in may not. */
function pointsInto(command: unknown, pointer: string): boolean {
  const [root, ...path] = pointer.split('/');
  const parent = path
    .slice(0, -1)
    .reduce<unknown>(
      (value, key) => (value as Readonly<Record<string, unknown>> | undefined)?.[key],
      (command as { readonly data: unknown }).data,
    );
  return root === '' && path.length > 0 && typeof parent === 'object' && parent !== null;
}
