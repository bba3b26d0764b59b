import type { EventToAppend, ExpectedRevision, RecordedEvent } from '../port.js';
import type { Chains } from './chains.js';
import { brokenChain } from './copy-error.js';

/** Events of the source that go over together. */
export interface Window {
  readonly events: readonly RecordedEvent[];
  /** Why nothing follows, when that is not that the source has no more. */
  readonly fault?: Error;
}

const MOST_EVENTS = 1_000;
/** UTF-16 units. */
const MOST_TEXT = 4 * 1_024 * 1_024;
/** EventStoreDB takes 1 MiB in one append unless it is told otherwise. */
const MOST_TEXT_OF_RUN = 256 * 1_024;
const MOST_EVENTS_OF_RUN = 200;

/**
 * Reads and verifies the next window; an empty one is the end. Never rejects: what was read before a fault is copied first.
 * An event that a store may find too large ends its window, so that none overtakes it.
 */
export async function nextWindow(reading: AsyncIterator<RecordedEvent>, verified: Chains): Promise<Window> {
  const events: RecordedEvent[] = [];
  try {
    for (let text = 0; events.length < MOST_EVENTS && text < MOST_TEXT;) {
      const next = await reading.next();
      if (next.done === true) break;
      const event = next.value;
      const broken = verified.add(event);
      if (broken !== undefined) return { events, fault: brokenChain(broken) };
      events.push(event);
      text += textOf(event);
      if (textOf(event) > MOST_TEXT_OF_RUN) break;
    }
    return { events };
  } catch (fault) {
    return { events, fault: fault as Error };
  }
}

/** Events that are appended as one. */
export interface Run {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: readonly EventToAppend[];
}

/** Neighbours of one stream make one append: fewer commits, and nothing changes places. */
export function runsOf(events: readonly RecordedEvent[]): readonly Run[] {
  const runs: (Run & { readonly events: EventToAppend[] })[] = [];
  let text = 0;
  for (const event of events) {
    const { stream, revision, id, type, data, metadata } = event;
    const last = runs.at(-1);
    text += textOf(event);
    if (last?.stream === stream && last.events.length < MOST_EVENTS_OF_RUN && text <= MOST_TEXT_OF_RUN) {
      last.events.push({ id, type, data, metadata });
    } else {
      const expected = revision === 0n ? 'no_stream' : revision - 1n;
      runs.push({ stream, expected, events: [{ id, type, data, metadata }] });
      text = textOf(event);
    }
  }
  return runs;
}

const textOf = ({ data, metadata }: RecordedEvent): number => data.length + metadata.length;
