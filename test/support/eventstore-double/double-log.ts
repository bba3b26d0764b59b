import { epochMsOf } from '../../../libs/kernel/instant.js';
import {
  eventStoreErrorCode,
  START,
  type AppendResult,
  type EventStore,
  type EventStoreError,
  type EventToAppend,
  type ExpectedRevision,
  type Position,
  type RecordedEvent,
} from '../../../libs/event-store/port.js';
import { placeOf, positionText } from '../../../libs/event-store/sqlite/position.js';
import { RecentIds } from './recent-ids.js';
import { bytesOf, textsOf, type EventBytes } from './stored-form.js';
import {
  DELETED,
  isMetaStream,
  isSoftDeleted,
  metaStreamOf,
  originalOf,
  parseStreamMetadata,
  SOFT_DELETED_METADATA,
  undeleted,
  type StreamMetadata,
} from './stream-metadata.js';

export interface ProposedEvent extends EventBytes {
  readonly id: string;
  readonly type: string;
}

export interface LogRecord extends ProposedEvent {
  readonly stream: string;
  /** {@link DELETED} for a tombstone. */
  readonly revision: bigint;
  /** Commit and prepare position: the double has no transactions, in which they would differ. */
  readonly position: bigint;
  readonly createdMs: number;
}

export interface StreamState {
  /** Revision of the last event; -1n where there is none. */
  readonly last: bigint;
  readonly tombstoned: boolean;
  readonly metadata: StreamMetadata;
  readonly metadataText: string;
  /** Revision of the last metadata event; -1n where there is none. */
  readonly metaLast: bigint;
}

export type Expected = bigint | 'no_stream' | 'stream_exists' | 'any';

export type WriteOutcome =
  | { readonly kind: 'written'; readonly last: bigint; readonly position: bigint }
  | { readonly kind: 'wrong_version'; readonly current: bigint }
  | { readonly kind: 'deleted' };

const TOMBSTONE = '$streamDeleted';
const METADATA = '$metadata';
const PAGE = 256;

/**
 * EventStoreDB's rules of writing and deleting (its IndexWriter.CheckCommit), over the event store port, with
 * the positions of the SQLite adapter. One process owns the log; writes to one stream happen in the order in which they came.
 */
export class DoubleLog {
  private readonly states = new Map<string, StreamState>();
  private readonly turns = new Map<string, Turn>();
  private readonly recentIds = new RecentIds();
  private readonly waiting = new Set<() => void>();
  private writes = 0;

  constructor(
    private readonly store: EventStore,
    private readonly newId: () => string,
  ) {}

  /** `entered` is called once the append has its place before all that are made after that. */
  async append(
    stream: string,
    expected: Expected,
    events: readonly ProposedEvent[],
    entered: () => void = () => undefined,
  ): Promise<WriteOutcome> {
    const state = await this.state(stream);
    // The store keeps those in order that say exactly where they go; they need not wait for one another's commit.
    const exact = typeof expected === 'bigint' || expected === 'no_stream';
    const beside = exact && !isMetaStream(stream) && !isSoftDeleted(state.metadata);
    return this.inTurn(stream, () => this.write(stream, expected, events, entered), beside);
  }

  /** Soft deletion: hides all events, by `$tb` in the metadata; the stream may be written again. */
  async delete(stream: string, expected: Expected): Promise<WriteOutcome> {
    return this.inTurn(stream, async () => {
      const state = await this.state(stream);
      const refusal = refusalOf(state, expected);
      return refusal ?? this.writeMetadata(stream, state, SOFT_DELETED_METADATA);
    });
  }

  /** Hard deletion: for ever. */
  async tombstone(stream: string, expected: Expected): Promise<WriteOutcome> {
    return this.inTurn(stream, async () => {
      const state = await this.state(stream);
      const refusal = refusalOf(state, expected);
      if (refusal) return refusal;
      const marker = { id: this.newId(), type: TOMBSTONE, isJson: true, ...NO_BYTES };
      return this.put(stream, state.last, [marker]);
    });
  }

  async state(stream: string): Promise<StreamState> {
    const known = this.states.get(stream);
    if (known) return known;
    const [last, metadata] = await Promise.all([this.lastOf(stream), this.lastOf(metaStreamOf(stream))]);
    const metadataText = metadata === undefined ? '' : Buffer.from(bytesOf(metadata).data).toString('utf8');
    const state: StreamState = {
      last: last?.revision ?? -1n,
      tombstoned: last?.type === TOMBSTONE,
      metadata: parseStreamMetadata(metadataText),
      metadataText,
      metaLast: metadata?.revision ?? -1n,
    };
    // A bound, so that a long test does not keep a state for each of a million streams.
    if (this.states.size >= 100_000) this.states.clear();
    this.states.set(stream, state);
    return state;
  }

  /** A stream's stored events, without what metadata hides. */
  async *stream(
    stream: string,
    from: bigint | undefined,
    direction: 'forwards' | 'backwards',
  ): AsyncGenerator<LogRecord> {
    for await (const event of this.store.readStream(stream, { from, direction })) yield recordOf(event);
  }

  /** All events after a position, in order. */
  async *after(position: bigint): AsyncGenerator<LogRecord> {
    for await (const event of this.store.readAll({ after: textOf(position) })) yield recordOf(event);
  }

  /** At most `limit` events after a position. */
  async pageAfter(position: bigint, limit: number): Promise<LogRecord[]> {
    const page: LogRecord[] = [];
    for await (const event of this.store.readAll({ after: textOf(position), limit })) {
      page.push(recordOf(event));
    }
    return page;
  }

  /** All events before a position, the last one first. The port reads forwards only: a window at a time. */
  async *before(position: bigint): AsyncGenerator<LogRecord> {
    for (let end = position; end > 1n;) {
      const start = end > BigInt(PAGE) ? end - BigInt(PAGE) : 0n;
      const window = (await this.pageAfter(start, PAGE)).filter((record) => record.position < end);
      yield* window.toReversed();
      end = start + 1n;
    }
  }

  /** Position of the last event, 0 while there is none. */
  async head(): Promise<bigint> {
    return numberOf(await this.store.head());
  }

  /** Rises with every write. */
  get version(): number {
    return this.writes;
  }

  /** Resolves when there was a write after `version`, or when the signal is aborted. */
  async changedSince(version: number, signal: AbortSignal): Promise<void> {
    if (this.writes !== version || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const wake = () => {
        this.waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.waiting.add(wake);
      signal.addEventListener('abort', wake);
    });
  }

  private async write(
    stream: string,
    expected: Expected,
    events: readonly ProposedEvent[],
    entered: () => void,
  ): Promise<WriteOutcome> {
    const state = await this.state(stream);
    if (state.tombstoned) return { kind: 'deleted' };
    const softDeleted = isSoftDeleted(state.metadata);
    if (expected === 'stream_exists') {
      if (softDeleted) return { kind: 'deleted' };
      if (state.last < 0n && state.metaLast < 0n) return { kind: 'wrong_version', current: state.last };
    }
    if (events.length === 0) return this.nothingToWrite(state, expected);
    if (expected === 'any' || expected === 'stream_exists') {
      const again = await this.writtenBefore(stream, events);
      if (again) return again;
    }
    // Who re-creates a deleted stream says `no_stream`; its revisions go on from the last.
    const anywhere = expected === 'any' || expected === 'stream_exists';
    const at = anywhere || (expected === 'no_stream' && softDeleted) ? state.last : revisionOf(expected);
    const described = isMetaStream(stream) ? originalOf(stream) : undefined;
    const before = described === undefined ? undefined : await this.state(described);
    const outcome = await this.put(stream, at, events, entered);
    if (outcome.kind !== 'written') return outcome;
    if (softDeleted) await this.undelete(stream, state.last + 1n);
    if (described !== undefined && before) {
      this.states.delete(described);
      // Metadata given to a deleted stream revives it, without its old events.
      if (isSoftDeleted(before.metadata)) await this.undelete(described, before.last + 1n);
    }
    return outcome;
  }

  /** Appends after revision `at`; the port recognises a repetition by its ids and answers its first result. */
  private async put(
    stream: string,
    at: bigint,
    events: readonly ProposedEvent[],
    entered: () => void = () => undefined,
  ): Promise<WriteOutcome> {
    const toAppend = events.map((event): EventToAppend => ({
      id: event.id,
      type: event.type,
      ...textsOf(event),
    }));
    const appending = this.storeAppend(stream, at < 0n ? 'no_stream' : at, toAppend);
    entered();
    const result = await appending;
    if ('code' in result) {
      this.states.delete(stream);
      return {
        kind: 'wrong_version',
        current: result.actual === undefined ? -1n : revisionOf(result.actual),
      };
    }
    const state = await this.state(stream);
    if (result.revision > state.last) {
      const tombstoned = events.at(-1)?.type === TOMBSTONE;
      this.states.set(stream, { ...state, last: result.revision, tombstoned });
    }
    events.forEach(({ id }, index) =>
      this.recentIds.add(id, stream, result.revision - BigInt(events.length - 1 - index)),
    );
    this.writes += 1;
    for (const wake of this.waiting) wake();
    return { kind: 'written', last: result.revision, position: numberOf(result.position) };
  }

  private async storeAppend(
    stream: string,
    at: ExpectedRevision,
    events: readonly EventToAppend[],
  ): Promise<AppendResult | EventStoreError> {
    try {
      return await this.store.append(stream, events, at);
    } catch (error) {
      if (eventStoreErrorCode(error) === 'REVISION_CONFLICT') return error as EventStoreError;
      throw error;
    }
  }

  private async writeMetadata(stream: string, state: StreamState, json: string): Promise<WriteOutcome> {
    const event = {
      id: this.newId(),
      type: METADATA,
      isJson: true,
      data: Buffer.from(json),
      metadata: NO_BYTES.metadata,
    };
    const outcome = await this.put(metaStreamOf(stream), state.metaLast, [event]);
    this.states.delete(stream);
    return outcome;
  }

  private async undelete(stream: string, firstNew: bigint): Promise<void> {
    const state = await this.state(stream);
    await this.writeMetadata(stream, state, undeleted(state.metadataText, firstNew));
  }

  /** An append at any revision is recognised while its ids are remembered. */
  private async writtenBefore(
    stream: string,
    events: readonly ProposedEvent[],
  ): Promise<WriteOutcome | undefined> {
    const revisions = events.map(({ id }) => this.recentIds.revision(id, stream));
    if (revisions[0] === undefined) return undefined;
    const last = revisions.at(-1);
    if (last === undefined || revisions.includes(undefined)) {
      return { kind: 'wrong_version', current: (await this.state(stream)).last };
    }
    for await (const record of this.stream(stream, last, 'forwards')) {
      return { kind: 'written', last, position: record.position };
    }
    return undefined;
  }

  private async nothingToWrite(state: StreamState, expected: Expected): Promise<WriteOutcome> {
    const refusal = refusalOf(state, expected);
    return refusal ?? { kind: 'written', last: state.last, position: await this.head() };
  }

  private async lastOf(stream: string): Promise<RecordedEvent | undefined> {
    for await (const event of this.store.readStream(stream, { direction: 'backwards', limit: 1 }))
      return event;
    return undefined;
  }

  /**
   * A stream and its metadata stream share their turn: each looks at the other. Works that are done `beside` others of
   * their kind wait only for those that are not.
   */
  private async inTurn<T>(stream: string, work: () => Promise<T>, beside = false): Promise<T> {
    const key = isMetaStream(stream) ? originalOf(stream) : stream;
    const turn = this.turns.get(key);
    const before = beside ? turn?.alone : turn?.all;
    const mine = before ? before.then(work) : work();
    const settled = mine.then(
      () => undefined,
      () => undefined,
    );
    const all = turn ? Promise.all([turn.all, settled]) : settled;
    const next: Turn = { all, alone: beside ? turn?.alone : all };
    this.turns.set(key, next);
    void all.then(() => {
      if (this.turns.get(key) === next) this.turns.delete(key);
    });
    return mine;
  }
}

/** What works on a stream wait for: all before them, or only those that have to be alone. */
interface Turn {
  readonly all: Promise<unknown>;
  readonly alone?: Promise<unknown>;
}

const NO_BYTES = { data: new Uint8Array(), metadata: new Uint8Array() };

const numberOf = (position: Position): bigint => BigInt(placeOf(position));

/** A client may ask for any 64-bit number. */
const FURTHEST = BigInt(Number.MAX_SAFE_INTEGER);
const textOf = (position: bigint): Position =>
  position <= 0n ? START : positionText(Number(position < FURTHEST ? position : FURTHEST));

const revisionOf = (expected: ExpectedRevision): bigint => (expected === 'no_stream' ? -1n : expected);

/** Why a deletion (or an append of nothing) cannot happen; undefined when it can. */
function refusalOf(state: StreamState, expected: Expected): WriteOutcome | undefined {
  if (state.tombstoned) return { kind: 'deleted' };
  const exists = state.last >= 0n || state.metaLast >= 0n;
  const fits =
    expected === 'any' || (expected === 'stream_exists' ? exists : revisionOf(expected) === state.last);
  return fits ? undefined : { kind: 'wrong_version', current: state.last };
}

function recordOf(event: RecordedEvent): LogRecord {
  return {
    id: event.id,
    type: event.type,
    ...bytesOf(event),
    stream: event.stream,
    revision: event.type === TOMBSTONE ? DELETED : event.revision,
    position: numberOf(event.position),
    createdMs: epochMsOf(event.created),
  };
}
