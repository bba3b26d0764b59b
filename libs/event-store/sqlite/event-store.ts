import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  EventStoreError,
  START,
  type EventStore,
  type EventToAppend,
  type ExpectedRevision,
  type ReadAllOptions,
  type ReadStreamOptions,
  type RecordedEvent,
} from '../port.js';
import { openForReading } from './database.js';
import { startGroupWriter, type GroupWriter } from './group-writer.js';
import { readerOf, type LogReader } from './log-reader.js';
import { ownWriter } from './own-writer.js';
import { placeOf, positionText } from './position.js';
import type { Committed } from './settling.js';
import { subscription, WINDOW } from './subscription.js';
import { tailOf } from './tail.js';

export interface SqliteEventStoreOptions {
  /** Made with its folder when missing, unless read-only. Any number of processes of one machine may have it open. */
  readonly file: string;
  /** Appends reject with ACCESS_DENIED; needs no writer. For replay of a log that another process may be writing. */
  readonly readOnly?: boolean;
  /** Commits in the calling thread instead of one of its own: for a thread that does nothing but decide. */
  readonly commitsHere?: boolean;
  /**
   * Given what is to be called when others in this process have appended, so that subscriptions see it before they would look
   * again by themselves.
   */
  readonly whenGrown?: (look: () => void) => void;
  /** Milliseconds to wait while another process writes before an append rejects with STORE_UNAVAILABLE. Default 5,000. */
  readonly busyTimeout?: number;
  /** Bytes in the write-ahead log, about, at which it is copied into the database. Default 32 MiB. */
  readonly checkpointBytes?: number;
}

const PAGE = 500;
/** Above any revision, within what SQLite and JavaScript both count exactly. */
const LAST = Number.MAX_SAFE_INTEGER;
/** UTF-16 units of one append's data and metadata. */
const MOST_IN_APPEND = 16 * 1024 * 1024;

/**
 * The event store on one SQLite file: write-ahead log, one writer with group commit, reads on the calling thread.
 * Rejects when the file cannot be opened or belongs to something else.
 */
export async function openSqliteEventStore(options: SqliteEventStoreOptions): Promise<EventStore> {
  const { file, readOnly = false, busyTimeout = 5_000, checkpointBytes = 32 * 1024 * 1024 } = options;
  const settings = { file, busyTimeout, checkpointBytes };
  const database = openForReading({ file, readOnly, busyTimeout });
  const reader = readerOf(database);
  const tail = tailOf(reader);
  const onCommitted = (group: readonly Committed[]) => tail.committed(group);
  let writer: GroupWriter | undefined;
  try {
    if (!readOnly)
      writer = options.commitsHere
        ? ownWriter(settings, onCommitted)
        : await startGroupWriter(settings, onCommitted);
  } catch (error) {
    database.close();
    throw error;
  }

  options.whenGrown?.(() => tail.hasten());

  let closed = false;
  let closing: Promise<void> | undefined;
  const assertOpen = () => {
    if (closed) throw new EventStoreError('STORE_UNAVAILABLE', 'the store was closed');
  };

  return {
    async append(stream, events, expectedRevision) {
      assertOpen();
      if (writer === undefined)
        throw new EventStoreError('ACCESS_DENIED', 'the log was opened for reading only');
      const failure = writer.failure();
      if (failure !== undefined) throw failure;
      assertAppendable(stream, events, expectedRevision);
      return writer.append(stream, events, expectedRevision);
    },
    readStream: (stream, range) => readStream(reader, assertOpen, stream, range),
    readAll: (range) => readAll(reader, assertOpen, range),
    subscribe: (subscribed) => subscription(reader, tail, () => closed, subscribed),
    async head() {
      assertOpen();
      const place = reader.head();
      return place === 0 ? START : positionText(place);
    },
    async ping() {
      assertOpen();
      const failure = writer?.failure();
      if (failure !== undefined) throw failure;
      reader.head();
    },
    close() {
      closing ??= (async () => {
        closed = true;
        tail.close();
        // The writer closes last: then it is the writer's thread that copies the rest of the write-ahead log.
        const left = writer?.close();
        database.close();
        await left;
      })();
      return closing;
    },
  };
}

/** Text that UTF-8 cannot hold would be changed on its way to the disk, and its hash with it. */
function assertAppendable(
  stream: string,
  events: readonly EventToAppend[],
  expected: ExpectedRevision,
): void {
  if (expected !== 'no_stream' && expected < 0n) throw new RangeError(`no revision is ${expected}`);
  if (events.length === 0) throw new RangeError('an append has at least one event');
  let size = 0;
  let wellFormed = stream.isWellFormed();
  for (const { id, type, data, metadata } of events) {
    size += data.length + metadata.length;
    wellFormed &&= data.isWellFormed() && metadata.isWellFormed() && type.isWellFormed() && id.isWellFormed();
  }
  if (!wellFormed) throw new TypeError(`an event for ${stream} holds a lone surrogate`);
  if (size > MOST_IN_APPEND) {
    throw new EventStoreError(
      'APPEND_TOO_LARGE',
      `${size} characters in one append; at most ${MOST_IN_APPEND}`,
    );
  }
}

/** A short stream is read in one step; between the pages of a long one others get their turn. */
async function* readStream(
  reader: LogReader,
  assertOpen: () => void,
  stream: string,
  { from, to, direction, limit = LAST }: ReadStreamOptions = {},
): AsyncGenerator<RecordedEvent, void, undefined> {
  assertOpen();
  const backwards = direction === 'backwards';
  let low = Number((backwards ? to : from) ?? 0n);
  let high = Number((backwards ? from : to) ?? LAST);
  for (let left = limit; left > 0;) {
    const wanted = Math.min(left, PAGE);
    const page = reader.streamPage(stream, { low, high, backwards, limit: wanted });
    for (const event of page) yield event;
    const last = page.at(-1);
    if (last === undefined || page.length < wanted) return;
    left -= page.length;
    if (backwards) high = Number(last.revision) - 1;
    else low = Number(last.revision) + 1;
    await nextTurn();
    assertOpen();
  }
}

/** Ends at the head that the log had when the read began. */
async function* readAll(
  reader: LogReader,
  assertOpen: () => void,
  { after = START, limit = LAST, filter }: ReadAllOptions = {},
): AsyncGenerator<RecordedEvent, void, undefined> {
  assertOpen();
  const read = reader.pagesOf(filter);
  const head = reader.head();
  let place = placeOf(after);
  for (let left = limit; left > 0 && place < head;) {
    const wanted = Math.min(left, PAGE);
    const upTo = Math.min(place + (filter === undefined ? PAGE : WINDOW), head);
    const page = read(place, upTo, wanted);
    for (const event of page) yield event;
    left -= page.length;
    place = page.length < wanted ? upTo : placeOf(page.at(-1)?.position ?? START);
    await nextTurn();
    assertOpen();
  }
}
