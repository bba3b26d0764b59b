import type { Instant } from '../kernel/instant.js';

/**
 * The event store port: an append-only log of streams, behind which SQLite or EventStoreDB stands.
 *
 * The port moves text: `data` and `metadata` are JSON exactly as written, so a copy from one store to another
 * is equal byte by byte and a hash chain survives it. The codec (codec.ts) turns text into events and back.
 */

/** Place in the log of all streams: opaque, and sorts as text. Never a JS number. */
export type Position = string;

/** The place before the first event. */
export const START: Position = '';

export interface EventToAppend {
  /** UUID; a retry of an append is recognised by it. */
  readonly id: string;
  readonly type: string;
  /** JSON text. */
  readonly data: string;
  /** JSON text. */
  readonly metadata: string;
}

export interface RecordedEvent extends EventToAppend {
  readonly stream: string;
  /** Place in the stream; the first event has 0n. */
  readonly revision: bigint;
  readonly position: Position;
  /** When the store wrote it: for lag metrics only; the domain's instants are in data and metadata. */
  readonly created: Instant;
}

export type ExpectedRevision = bigint | 'no_stream';

export interface AppendResult {
  /** Revision of the last event appended. */
  readonly revision: bigint;
  /** Position of the last event appended. */
  readonly position: Position;
}

export interface ReadStreamOptions {
  /** First revision to yield (inclusive). Default: the stream's first, or its last when backwards. */
  readonly from?: bigint;
  /** Last revision to yield (inclusive). */
  readonly to?: bigint;
  readonly direction?: 'forwards' | 'backwards';
  readonly limit?: number;
}

export interface ReadAllOptions {
  /** Exclusive. Default START. */
  readonly after?: Position;
  readonly limit?: number;
  readonly filter?: EventFilter;
}

/** An event passes when its type is listed (if types are given) and its stream begins with a listed prefix (if given). */
export interface EventFilter {
  readonly types?: readonly string[];
  readonly streamPrefixes?: readonly string[];
}

export interface SubscribeOptions {
  /** Exclusive. Default START. */
  readonly after?: Position;
  readonly filter?: EventFilter;
  /** Ends the subscription: the iteration then returns normally. The only way for it to end without an error. */
  readonly signal: AbortSignal;
}

export type SubscriptionMessage =
  /** The next events, in order: at least one, and never more than {@link MOST_EVENTS_A_MESSAGE}, as many as came together. */
  | { readonly kind: 'events'; readonly events: readonly RecordedEvent[] }
  /**
   * Every event up to `position` that passes the filter was yielded before this. Checkpoints reach the last event
   * of the log soon after it was written when it does not pass (an event that does speaks for its own position, and
   * none need follow it): who waits for a position is never left waiting.
   */
  | { readonly kind: 'checkpoint'; readonly position: Position }
  /** Everything that the store held was yielded; what follows is live. Yielded again after each time it fell behind. */
  | { readonly kind: 'caughtUp'; readonly position: Position };

/** A message of a subscription holds no more events than this. */
export const MOST_EVENTS_A_MESSAGE = 500;

export interface EventStore {
  /**
   * Appends one or more events atomically and durably: when the promise resolves the events survive a crash.
   * A retry with the same event ids at the same expected revision returns the first result.
   * Rejects with code REVISION_CONFLICT (naming the actual revision) when the stream has moved on.
   */
  append(
    stream: string,
    events: readonly EventToAppend[],
    expectedRevision: ExpectedRevision,
  ): Promise<AppendResult>;
  /** A missing stream reads empty. */
  readStream(stream: string, options?: ReadStreamOptions): AsyncIterable<RecordedEvent>;
  readAll(options?: ReadAllOptions): AsyncIterable<RecordedEvent>;
  /** Strictly in order; a loss (closing the store too) throws code SUBSCRIPTION_LOST; it never ends silently. */
  subscribe(options: SubscribeOptions): AsyncIterable<SubscriptionMessage>;
  /** Position of the last event in the log, START when it is empty. */
  head(): Promise<Position>;
  /** Resolves when the store can be reached, rejects with code STORE_UNAVAILABLE otherwise. */
  ping(): Promise<void>;
  /** Settles what is under way. Every later call rejects with STORE_UNAVAILABLE; closing again does nothing. */
  close(): Promise<void>;
}

export type EventStoreErrorCode =
  /** The stream's revision is not the expected one; see `actual`. */
  | 'REVISION_CONFLICT'
  /** The store did not take the call; nothing was written. May be retried. */
  | 'STORE_UNAVAILABLE'
  /** The store may or may not have written. Retry with the same event ids. */
  | 'OUTCOME_UNKNOWN'
  | 'SUBSCRIPTION_LOST'
  | 'STREAM_DELETED'
  | 'ACCESS_DENIED'
  | 'APPEND_TOO_LARGE';

/** Compare by `code`, never by message or class. */
export class EventStoreError extends Error {
  constructor(
    readonly code: EventStoreErrorCode,
    message: string,
    /** With REVISION_CONFLICT: where the stream is. */
    readonly actual?: ExpectedRevision,
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.name = 'EventStoreError';
  }
}

/** The code of an event store error, undefined for any other value. */
export function eventStoreErrorCode(error: unknown): EventStoreErrorCode | undefined {
  return error instanceof Error && error.name === 'EventStoreError'
    ? (error as EventStoreError).code
    : undefined;
}
