import type { MessagePort } from 'node:worker_threads';

/**
 * What the main thread and the writer thread say to each other. Appends are answered in the order in which they were sent,
 * so neither side needs to number them.
 */

/** Appends of one turn of the event loop, flat: for each its stream, the expected revision,
 * the number of events, and for each of those id, type, data and metadata. `null` asks the writer to finish and leave. */
export type ToWriter = readonly (string | number)[] | null;

/** One append, as the connection that writes takes it. */
export interface Append {
  readonly stream: string;
  readonly expected: number;
  /** id, type, data, metadata, and so on for each event. */
  readonly texts: readonly string[];
}

/** The expected revision of a stream that must not exist yet. */
export const NO_STREAM = -1;

/**
 * - a number above zero: appended; the position of the last event
 * - a number below zero: a conflict; −2 minus the stream's actual revision, which is −1 where there is no stream
 * - otherwise appended by an earlier try with the same ids, or the store failed
 */
export type Answer = number | EarlierResult | WriterFailure;

/** What the log holds was given to the earlier try: it may differ from what this one would have written. */
export interface EarlierResult {
  readonly earlier: number;
}

export interface WriterFailure {
  readonly code: 'STORE_UNAVAILABLE' | 'OUTCOME_UNKNOWN';
  readonly message: string;
}

/** A group was committed, or failed. */
export interface Group {
  /** Milliseconds since 1970, of all events of the group. */
  readonly created: number;
  readonly answers: readonly Answer[];
}

export interface WriterSettings {
  readonly file: string;
  /** Milliseconds to wait for another process's transaction before giving up. */
  readonly busyTimeout: number;
  /** Bytes in the write-ahead log at which it is copied into the database. */
  readonly checkpointBytes: number;
}

export interface WriterData extends WriterSettings {
  /** Where the writer says what became of each {@link Group}. That it is ready it says to whoever started it. */
  readonly answers: MessagePort;
}
