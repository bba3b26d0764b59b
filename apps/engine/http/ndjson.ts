import { Readable } from 'node:stream';
import type { ApiReply } from './api-request.js';

/** Sends a line of JSON an item, read only as fast as the client takes them. */
export function ndjson<T>(reply: ApiReply, items: AsyncIterable<T>, view: (item: T) => object): Readable {
  void reply.type('application/x-ndjson');
  return Readable.from(lines(items, view), { objectMode: false, highWaterMark: 64 * 1024 });
}

async function* lines<T>(items: AsyncIterable<T>, view: (item: T) => object): AsyncGenerator<string> {
  for await (const item of items) yield `${JSON.stringify(view(item))}\n`;
}
