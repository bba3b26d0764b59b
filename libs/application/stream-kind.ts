import type { Caller, Decision } from '../domain/decision.js';
import type { Instant } from '../kernel/instant.js';
import type { Refusal } from '../kernel/problem.js';

export interface Message {
  readonly type: string;
  readonly data: unknown;
}

/** What the command runner needs to know of one kind of stream: pure functions, and how to come by their context. */
export interface StreamKind<State extends object, Command extends Message, Event extends Message, Context> {
  /** Streams are called `<name>-<id>`. */
  readonly name: string;
  decide(state: State | undefined, command: Command, context: Context): Decision<Event, State>;
  evolve(state: State | undefined, event: Event): State;
  /**
   * Why the caller may not even try; undefined when it may. Asked before anything else, so that what a caller may not
   * see looks exactly like what does not exist.
   */
  admit(state: State | undefined, command: Command, caller: Caller): Refusal | undefined;
  /** What a decision depends on besides the stream: a promise only when something must be read first. */
  context(facts: Facts<State, Command>): Context | Promise<Context>;
}

/** What is known when a context is asked for. */
export interface Facts<State, Command> {
  readonly state: State | undefined;
  readonly command: Command;
  readonly caller: Caller;
  readonly now: Instant;
  /** Of the stream before the command; -1n when it has no event. */
  readonly revision: bigint;
  /** True when the decision is made again because a refusal must not rest on what was cached. */
  readonly fresh: boolean;
}

export const streamOf = (kind: { readonly name: string }, id: string): string => `${kind.name}-${id}`;
