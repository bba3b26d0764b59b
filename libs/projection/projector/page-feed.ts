import type { Position, RecordedEvent } from '../../event-store/port.js';
import { asError, type Batch, type FeedOptions } from './feed.js';

/** Reads history by pages, to where those are who follow the log as it grows. */
export interface PageFeed {
  /**
   * The next page as far as `target`, which `end` says it has reached; undefined while it is being read.
   * Without a target the end is that of the log.
   */
  take(target: Position | undefined): Batch | undefined;
  /** One more page is enough, if the target stands still. */
  readonly near: boolean;
  readonly fault: Error | undefined;
  close(): Promise<void>;
}

interface ReadPage {
  readonly events: readonly RecordedEvent[];
  /** Where the target was when reading began: a short page has all up to there. */
  readonly target: Position | undefined;
}

export function pageFeed({ store, after: start, types, limit, ready }: FeedOptions): PageFeed {
  let after = start;
  let page: ReadPage | undefined;
  let reading: Promise<void> | undefined;
  let near = false;
  let fault: Error | undefined;

  const read = async (target: Position | undefined) => {
    const events: RecordedEvent[] = [];
    for await (const event of store.readAll({ after, limit, filter: { types } })) events.push(event);
    page = { events, target };
  };
  const readOn = (target: Position | undefined) => {
    reading ??= read(target)
      .catch((error: unknown) => (fault = asError(error)))
      .then(() => {
        reading = undefined;
        ready();
      });
  };

  return {
    get near() {
      return near;
    },
    get fault() {
      return fault;
    },
    take(target) {
      if (target !== undefined && after >= target) {
        return after === target ? { events: [], through: after, end: true } : undefined;
      }
      if (page === undefined) {
        if (fault === undefined) readOn(target);
        return undefined;
      }
      const batch = upTo(target, page, { after, limit });
      near = !batch.end && page.events.length < limit;
      page = undefined;
      after = batch.through;
      if (!batch.end) readOn(target);
      return batch;
    },
    async close() {
      await reading;
    },
  };
}

function upTo(target: Position | undefined, page: ReadPage, at: { after: Position; limit: number }): Batch {
  const { events } = page;
  const short = events.length < at.limit;
  const last = events.at(-1)?.position ?? at.after;
  if (target === undefined) return { events, through: last, end: short };
  if (last > target) {
    const within = events.filter(({ position }) => position <= target);
    return { events: within, through: target, end: true };
  }
  const sure = short && page.target !== undefined && page.target > last ? page.target : last;
  return { events, through: sure, end: sure === target };
}
