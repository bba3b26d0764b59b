import { Readable } from 'node:stream';
import type { FeedMessage, Told } from '../../../libs/application/feed.js';

export interface EventStreamOptions {
  /** A comment, or the place reached, is sent when nothing else was for so long. */
  readonly heartbeatMs: number;
  /** The stream ends after so long; the client comes back with the last id. A token is not good for ever. */
  readonly maxAgeMs: number;
}

/**
 * Server-sent events (WHATWG HTML, 9.2), read from the feed only as fast as the client takes them. Every id is a
 * position, so that `Last-Event-ID` resumes exactly; an id without data moves the place on while nothing happens.
 */
export function eventStream(
  messages: AsyncIterable<FeedMessage>,
  view: (event: Told) => object,
  controller: AbortController,
  options: EventStreamOptions,
): Readable {
  const stream = Readable.from(chunks(messages, view, options), {
    objectMode: false,
    highWaterMark: 64 * 1024,
  });
  const expiry = setTimeout(() => controller.abort(), options.maxAgeMs);
  stream.once('close', () => {
    clearTimeout(expiry);
    controller.abort();
  });
  return stream;
}

async function* chunks(
  messages: AsyncIterable<FeedMessage>,
  view: (event: Told) => object,
  { heartbeatMs }: EventStreamOptions,
): AsyncGenerator<string> {
  yield 'retry: 1000\n\n';
  const iterator = messages[Symbol.asyncIterator]();
  let reached: string | undefined;
  let next = iterator.next();
  for (;;) {
    const result = await orAfter(next, heartbeatMs);
    if (result === 'late') {
      yield reached === undefined ? ':\n\n' : `id: ${reached}\n\n`;
      reached = undefined;
      continue;
    }
    if (result.done === true) return;
    const message = result.value;
    if (message.kind === 'event') {
      reached = undefined;
      const { position, event } = message.event.envelope;
      yield `id: ${position}\nevent: ${event.type}\ndata: ${JSON.stringify(view(message.event))}\n\n`;
    } else {
      reached = message.position;
    }
    next = iterator.next();
  }
}

async function orAfter<T>(promise: Promise<T>, ms: number): Promise<T | 'late'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
