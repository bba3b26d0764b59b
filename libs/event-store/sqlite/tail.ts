import { instantOf } from '../../kernel/instant.js';
import { MOST_EVENTS_A_MESSAGE, type RecordedEvent } from '../port.js';
import type { LogReader } from './log-reader.js';
import { placeOf, positionText } from './position.js';
import type { Committed } from './settling.js';

/** Most events kept in memory for subscriptions that follow closely, so that they share one copy and no read is needed. */
const MOST_EVENTS = 4_096;
const MOST_CHARACTERS = 32 * 1024 * 1024;
/** Milliseconds between two looks for what other processes appended: soon after they did, and when they have not. */
const SOONEST = 5;
const LATEST = 50;
/** So many events between two looks are a busy log: it is read in larger pieces, which costs less an event. */
const BUSY = { events: 16, interval: 20 } as const;
/** Events that all have passed are let go of by so many: kept for nobody, the collector would carry them around. */
const PASSED = 64;

/** Who follows the log, and how far he has come. */
export interface Watcher {
  notify(): void;
  place(): number;
}

/** The end of the log as this process knows it, and who waits for it to move. */
export interface Tail {
  /** Appends of this process, durable now, in the order of positions. */
  committed(group: readonly Committed[]): void;
  /** Events that follow `after`, as many as one message holds, when memory has them; they may be followed by more. */
  recent(after: number): readonly RecordedEvent[] | undefined;
  /** A position that the log has reached. */
  known(): number;
  /** Notifies the watcher whenever the log has moved, until the answer is called. While anyone watches, other processes are watched. */
  watch(watcher: Watcher): () => void;
  /** Others have appended: looks soon, where a log that lay still would be looked at later. */
  hasten(): void;
  /** Why the log can no longer be watched, if that is so. */
  failure(): unknown;
  /** Wakes everybody for good. */
  close(): void;
}

export function tailOf(reader: LogReader): Tail {
  const read = reader.pagesOf(undefined);
  const watchers = new Set<Watcher>();
  let known = reader.head();
  /** Every event after `from` up to `to`. */
  let events: RecordedEvent[] = [];
  let characters = 0;
  let from = known;
  let to = known;
  let timer: NodeJS.Timeout | undefined;
  let interval = LATEST;
  /** Since the last look. What others appended before them is known with them: there is no need to ask. */
  let ownCommits = false;
  let failure: unknown;

  const wake = () => {
    for (const watcher of watchers) watcher.notify();
  };
  const remember = (event: RecordedEvent, place: number) => {
    events.push(event);
    characters += event.data.length + event.metadata.length;
    to = place;
  };
  const trim = () => {
    const tooMany = events.length > MOST_EVENTS || characters > MOST_CHARACTERS;
    const dropped = events.slice(0, Math.max(passedByAll(), tooMany ? Math.ceil(events.length / 2) : 0));
    const last = dropped.at(-1);
    if (last === undefined) return;
    events = events.slice(dropped.length);
    for (const { data, metadata } of dropped) characters -= data.length + metadata.length;
    from = placeOf(last.position);
  };
  /** How many events no watcher needs any more; none while they are few. */
  const passedByAll = (): number => {
    if (events.length < PASSED) return 0;
    let least = to;
    for (const watcher of watchers) least = Math.min(least, watcher.place());
    return least <= from ? 0 : indexAfter(events, least);
  };
  const startAnew = () => {
    events = [];
    characters = 0;
    from = known;
    to = known;
  };
  const look = () => {
    if (ownCommits) {
      ownCommits = false;
      timer = setTimeout(look, SOONEST);
      return;
    }
    let head: number;
    try {
      head = reader.head();
    } catch (error) {
      failure = error;
      wake();
      return;
    }
    const grown = head - known;
    interval = grown <= 0 ? Math.min(interval * 2, LATEST) : grown < BUSY.events ? SOONEST : BUSY.interval;
    timer = setTimeout(look, interval);
    if (head <= known) return;
    known = head;
    wake();
  };

  return {
    committed(group) {
      for (const one of group) {
        const first = one.lastPlace - one.events.length + 1;
        if (watchers.size > 0 && first === to + 1)
          recordedOf(one, first).forEach((event, index) => remember(event, first + index));
        known = Math.max(known, one.lastPlace);
      }
      trim();
      if (group.length === 0) return;
      ownCommits = true;
      wake();
    },
    recent(after) {
      // What others appended in between, or this process before anyone watched.
      if (after === to && known > to) {
        // One who watches alone reads no more than what he asked for.
        if (watchers.size === 1) {
          startAnew();
          return undefined;
        }
        for (const event of read(to, known, MOST_EVENTS_A_MESSAGE)) remember(event, placeOf(event.position));
        trim();
      }
      if (after < from || after >= to) return undefined;
      const start = indexAfter(events, after);
      return events.slice(start, start + MOST_EVENTS_A_MESSAGE);
    },
    known: () => known,
    failure: () => failure,
    watch(watcher) {
      if (watchers.size === 0) {
        known = Math.max(known, reader.head());
        startAnew();
        interval = SOONEST;
        timer = setTimeout(look, interval);
      }
      watchers.add(watcher);
      return () => {
        watchers.delete(watcher);
        if (watchers.size > 0) return;
        clearTimeout(timer);
        startAnew();
      };
    },
    hasten() {
      if (watchers.size === 0 || interval <= BUSY.interval) return;
      clearTimeout(timer);
      interval = SOONEST;
      timer = setTimeout(look, 1);
    },
    close() {
      clearTimeout(timer);
      wake();
      watchers.clear();
    },
  };
}

function recordedOf(
  { stream, events, firstRevision, created }: Committed,
  firstPlace: number,
): RecordedEvent[] {
  return events.map(({ id, type, data, metadata }, index) => ({
    id,
    type,
    data,
    metadata,
    stream,
    revision: firstRevision + BigInt(index),
    position: positionText(firstPlace + index),
    created: instantOf(created),
  }));
}

/** Of the first event after a place; positions may have gaps, so it is looked for. */
function indexAfter(events: readonly RecordedEvent[], place: number): number {
  const position = positionText(place);
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((events[middle] as RecordedEvent).position > position) high = middle;
    else low = middle + 1;
  }
  return low;
}
