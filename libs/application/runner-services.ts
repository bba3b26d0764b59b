import type { Codec } from '../event-store/codec.js';
import type { EventStore, Position } from '../event-store/port.js';
import type { Clock } from '../kernel/clock.js';
import type { CommandOutcome } from './command-outcome.js';

export interface RunnerServices {
  readonly store: EventStore;
  readonly codec: Codec;
  readonly clock: Clock;
  readonly observer?: RunnerObserver;
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
