import type { Codec } from '../event-store/codec.js';
import type { EventStore, Position } from '../event-store/port.js';
import type { Clock } from '../kernel/clock.js';
import type { CommandOutcome } from './command-outcome.js';

export interface RunnerServices {
  readonly store: EventStore;
  readonly codec: Codec;
  readonly clock: Clock;
  readonly observer?: RunnerObserver;
  /**
   * The id of an event: a UUID, given what it is written for (a command, or what expired under it) and its place among
   * the events that are. Default: a random one.
   *
   * A store takes events with ids that it has for a repetition and answers that they are written, whatever they say. What
   * is repeated must therefore be the very same: were ids to follow from the command, an engine to which it is sent again
   * before it has heard of its effect would take its own decision for the one in the log, and break the hash chain.
   */
  readonly eventId?: (writtenFor: string, index: number) => string;
}

/** Told how it goes, for metrics. */
export interface RunnerObserver {
  command(kind: string, outcome: CommandOutcome<unknown>['kind'] | 'failed', seconds: number): void;
  append(seconds: number): void;
}

export interface StreamState<State> {
  readonly state: State | undefined;
  /** Of the last event; -1n when there is none. */
  readonly revision: bigint;
  readonly position: Position;
}
