import { setImmediate as nextTurn } from 'node:timers/promises';
import { passes } from '../filter.js';
import {
  EventStoreError,
  eventStoreErrorCode,
  MOST_EVENTS_A_MESSAGE,
  START,
  type RecordedEvent,
  type SubscribeOptions,
  type SubscriptionMessage,
} from '../port.js';
import type { LogReader } from './log-reader.js';
import { placeOf, positionText } from './position.js';
import type { Tail } from './tail.js';

/** Positions that one filtered read looks at: a rare event does not hold the event loop for a scan of the log. */
export const WINDOW = 4_000;

/** Follows the log from a place: by reads while it is behind, from the shared tail once it is close. */
export async function* subscription(
  reader: LogReader,
  tail: Tail,
  isClosed: () => boolean,
  { after = START, filter, signal }: SubscribeOptions,
): AsyncGenerator<SubscriptionMessage, void, undefined> {
  if (isClosed()) throw new EventStoreError('STORE_UNAVAILABLE', 'the store was closed');
  let place = placeOf(after);
  const read = reader.pagesOf(filter);
  const change = changes();
  const stopWatching = tail.watch({ notify: change.notify, place: () => place });
  signal.addEventListener('abort', change.notify);

  const page = (): { events: readonly RecordedEvent[]; reached: number } => {
    const recent = tail.recent(place);
    if (recent !== undefined) {
      const reached = placeOf(recent.at(-1)?.position ?? positionText(place));
      return { events: recent.filter((event) => passes(filter, event)), reached };
    }
    const upTo = Math.min(place + (filter === undefined ? MOST_EVENTS_A_MESSAGE : WINDOW), tail.known());
    const events = read(place, upTo, MOST_EVENTS_A_MESSAGE);
    return {
      events,
      reached: events.length < MOST_EVENTS_A_MESSAGE ? upTo : placeOf(events.at(-1)?.position ?? START),
    };
  };

  try {
    let behind = true;
    while (!signal.aborted) {
      if (isClosed()) throw lost('the store was closed');
      if (tail.failure() !== undefined) throw lost('the log cannot be read', tail.failure());
      if (place < tail.known()) {
        const { events, reached } = page();
        if (events.length > 0) yield { kind: 'events', events };
        if (signal.aborted) return;
        place = reached;
        yield { kind: 'checkpoint', position: positionText(place) };
        if (place >= tail.known()) continue;
        behind = true;
        await nextTurn();
      } else if (behind) {
        behind = false;
        yield { kind: 'caughtUp', position: positionText(place) };
      } else {
        await change.next();
      }
    }
  } catch (error) {
    if (eventStoreErrorCode(error) !== 'STORE_UNAVAILABLE') throw error;
    throw lost('the log cannot be read', error);
  } finally {
    signal.removeEventListener('abort', change.notify);
    stopWatching();
  }
}

const lost = (message: string, cause?: unknown) =>
  new EventStoreError('SUBSCRIPTION_LOST', message, undefined, { cause });

/** One waiter's bell: a ring while nobody waits is kept for the next wait. */
function changes() {
  let rung = false;
  let wake: (() => void) | undefined;
  return {
    notify: () => {
      rung = true;
      wake?.();
    },
    next: async () => {
      if (!rung) await new Promise<void>((resolve) => (wake = resolve));
      rung = false;
      wake = undefined;
    },
  };
}
