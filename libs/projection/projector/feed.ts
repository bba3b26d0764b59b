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
  /** Events of a full batch; twice as many are read ahead. */
  readonly limit: number;
  /** Called when there is something to take, and when the feed ended. */
  ready(): void;
}

/**
 * Follows the log as it grows, by one subscription. While it is behind it gathers full batches; once it has caught up
 * whatever is there is ready at once.
 */
export function liveFeed({ store, after, types, limit, ready }: FeedOptions): Feed {
  const closing = new AbortController();
  let events: RecordedEvent[] = [];
  let through = after;
  let taken = after;
  let end = false;
  let live = false;
  let fault: Error | undefined;
  let letGoOn: (() => void) | undefined;

  const pump = async () => {
    const subscription = store.subscribe({ after, filter: { types }, signal: closing.signal });
    for await (const message of subscription) {
      if (message.kind === 'events') {
        const before = events.length;
        events.push(...message.events);
        through = events.at(-1)?.position ?? through;
        end = false;
        const enough = live ? 1 : limit;
        if (before < enough && events.length >= enough) ready();
        if (events.length >= 2 * limit) await new Promise<void>((resolve) => (letGoOn = resolve));
      } else {
        through = message.position;
        end = message.kind === 'caughtUp';
        live ||= end;
        if (live || events.length === 0) ready();
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
      if (events.length === 0 ? through === taken && !end : !live && events.length < Math.min(most, limit)) {
        return undefined;
      }
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
