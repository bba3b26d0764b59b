import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import type { EventStore, RecordedEvent } from '../libs/event-store/port.js';
import { each } from './seed.js';

/** What EventStoreDB's own client appends by itself, beside the engine's commands. */
export interface RawClient {
  /** So many appends of one event, 64 at a time, each at the expected revision of one of 2,000 streams. */
  append(count: number, concurrent: number): Promise<void>;
  close(): Promise<void>;
}

const STREAMS = 2_000;

/** `like`: an event of the engine's, whose data and metadata the appended events have. */
export function rawClient(url: string, like: Pick<RecordedEvent, 'data' | 'metadata'>): RawClient {
  const client = EventStoreDBClient.connectionString(url);
  const data = JSON.parse(like.data) as Record<string, string>;
  const metadata = JSON.parse(like.metadata) as Record<string, string>;
  const revisions = Array.from({ length: STREAMS }, () => -1n);
  let next = 0;
  return {
    append: async (count, concurrent) =>
      each(
        Array.from({ length: count }, () => next++ % STREAMS),
        async (stream) => {
          const at = revisions[stream] ?? -1n;
          revisions[stream] = at + 1n;
          await client.appendToStream(`raw-${stream}`, jsonEvent({ type: 'MessagePosted', data, metadata }), {
            expectedRevision: at < 0n ? 'no_stream' : at,
          });
        },
        concurrent,
      ),
    close: async () => client.dispose(),
  };
}

/** The last event of a stream. */
export async function lastOf(store: EventStore, stream: string): Promise<RecordedEvent> {
  for await (const event of store.readStream(stream, { direction: 'backwards', limit: 1 })) return event;
  throw new Error(`${stream} is empty`);
}
