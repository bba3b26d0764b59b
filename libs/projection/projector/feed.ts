import type { EventStore, Position, RecordedEvent } from '../../event-store/port.js';

/** A stretch of the log, in order. */
export interface Batch {
  readonly events: readonly RecordedEvent[];
  /** No event that was asked for lies between the last of the events and here. */
  readonly through: Position;
  /** The log had no more. */
  readonly end: boolean;
}

/** Reads the log ahead of its taker, within bounds, and never makes him wait by time. */
export interface Feed {
  /** What was read since the last time, at most so many events; undefined when that is nothing new. */
  take(most: number): Batch | undefined;
  /** Why the feed ended, when it did. */
  readonly fault: Error | undefined;
  /** Resolves when nothing more is read. */
  close(): Promise<void>;
}

export interface FeedOptions {
  readonly store: Pick<EventStore, 'subscribe' | 'readAll'>;
  /** Exclusive. */
  readonly after: Position;
  readonly types: readonly string[];
  /** Events to read ahead, about. */
  readonly limit: number;
  /** Called when there is something to take, and when the feed ended. */
  ready(): void;
}

/** Follows the log as it grows, by one subscription. */
export function liveFeed({ store, after, types, limit, ready }: FeedOptions): Feed {
  const closing = new AbortController();
  let events: RecordedEvent[] = [];
  let through = after;
  let taken = after;
  let end = false;
  let fault: Error | undefined;
  let letGoOn: (() => void) | undefined;

  const pump = async () => {
    const subscription = store.subscribe({ after, filter: { types }, signal: closing.signal });
    for await (const message of subscription) {
      if (message.kind === 'event') {
        through = message.event.position;
        end = false;
        if (events.push(message.event) >= 2 * limit)
          await new Promise<void>((resolve) => (letGoOn = resolve));
        else if (events.length === 1) ready();
      } else {
        through = message.position;
        end = message.kind === 'caughtUp';
        ready();
      }
    }
  };
  const done = pump().then(
    () => undefined,
    (error: unknown) => {
      if (!closing.signal.aborted) fault = asError(error);
      ready();
    },
  );

  return {
    get fault() {
      return fault;
    },
    take(most) {
      if (events.length === 0 && through === taken && !end) return undefined;
      const whole = events.length <= most;
      const batch = {
        events: whole ? events : events.slice(0, most),
        through: whole ? through : (events[most - 1]?.position ?? through),
        end: whole && end,
      };
      events = whole ? [] : events.slice(most);
      if (whole) end = false;
      else ready();
      taken = batch.through;
      letGoOn?.();
      letGoOn = undefined;
      return batch;
    },
    async close() {
      closing.abort();
      letGoOn?.();
      await done;
    },
  };
}

export const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));
