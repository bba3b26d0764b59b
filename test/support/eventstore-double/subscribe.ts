import type { EventEmitter } from 'node:events';
import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { LogRecord } from './double-log.js';
import { filterOf } from './event-filter.js';
import type { Node } from './node.js';
import { streamDeleted, timedOut, unavailable } from './refusals.js';
import { DELETED, firstVisible, isExpired } from './stream-metadata.js';
import { caughtUp, checkpoint, confirmation, fellBehind, eventMessage } from './wire.js';

/** A promise when the client makes it wait: nothing more is to be sent until it resolves. */
export type Send = (message: ReadResp | Buffer) => Promise<void> | undefined;

const PAGE = 256;
/** How many live events the server holds for a subscription that does not take them. */
const LIVE_BUFFER = 32;

interface Feed {
  /** The next events, at most `limit`; none at the end of the log. */
  load(limit: number): Promise<LogRecord[]>;
  /** Sends what of the page is for this subscription; answers whether the client made it wait. */
  deliver(page: readonly LogRecord[]): Promise<boolean>;
  /** Before the client is told that it has caught up. */
  atEnd?(): Promise<void>;
}

/**
 * Streams.Read as a subscription: confirmation, history, caughtUp, then live events as they are written. With a filter
 * there is a checkpoint each time that an interval of events was considered. Runs until the call is over; throws the
 * status that ends it.
 */
export async function subscribeToAll(
  node: Node,
  call: EventEmitter,
  options: ReadReq.Options,
  over: AbortSignal,
  send: Send,
): Promise<void> {
  const from = options.getAll();
  const filter = filterOf(options);
  const structured = options.getUuidOption()?.hasStructured() ?? false;
  let at = from?.hasEnd() ? await node.log.head() : BigInt(from?.getPosition()?.getCommitPosition() ?? 0);
  let considered = 0;
  const feed: Feed = {
    load: async (limit) => node.log.pageAfter(at, limit),
    async deliver(page) {
      let waited = false;
      for (const record of page) {
        at = record.position;
        considered += 1;
        const passes = filter?.passes(record) ?? true;
        const wait = passes ? send(eventMessage(record, structured)) : undefined;
        if (wait) await wait;
        waited ||= wait !== undefined;
        if (!filter || considered < filter.checkpointInterval) continue;
        considered = 0;
        const waitAgain = send(checkpoint(at));
        if (waitAgain) await waitAgain;
        waited ||= waitAgain !== undefined;
      }
      return waited;
    },
    async atEnd() {
      considered = 0;
      if (filter && at > 0n && node.generation === '24.2') await send(checkpoint(at));
    },
  };
  await untilDropped(node, call, over, () => follow(node, over, send, feed));
}

export async function subscribeToStream(
  node: Node,
  call: EventEmitter,
  options: ReadReq.Options,
  stream: string,
  over: AbortSignal,
  send: Send,
): Promise<void> {
  const from = options.getStream();
  const structured = options.getUuidOption()?.hasStructured() ?? false;
  const state = await node.log.state(stream);
  if (state.tombstoned) throw streamDeleted(stream);
  let next = from?.hasEnd() ? state.last + 1n : from?.hasRevision() ? BigInt(from.getRevision()) + 1n : 0n;
  const feed: Feed = {
    async load(limit) {
      const page: LogRecord[] = [];
      for await (const record of node.log.stream(stream, next, 'forwards')) {
        page.push(record);
        if (page.length >= limit) break;
      }
      return page;
    },
    async deliver(page) {
      const { metadata, last } = await node.log.state(stream);
      const first = firstVisible(metadata, last);
      let waited = false;
      for (const record of page) {
        if (record.revision === DELETED) throw streamDeleted(stream);
        next = record.revision + 1n;
        if (record.revision < first || isExpired(metadata, record.createdMs, node.nowMs())) continue;
        const wait = send(eventMessage(record, structured));
        if (wait) await wait;
        waited ||= wait !== undefined;
      }
      return waited;
    },
  };
  await untilDropped(node, call, over, () => follow(node, over, send, feed));
}

/** Sends page after page; says when it has caught up, and when a slow client fell behind. */
async function follow(node: Node, over: AbortSignal, send: Send, feed: Feed): Promise<void> {
  await send(confirmation(node.newId()));
  let live = false;
  let waited = false;
  while (!over.aborted) {
    await node.faults.thawed(over);
    const { version } = node.log;
    const page = await feed.load(PAGE);
    if (live && waited && page.length > LIVE_BUFFER) {
      if (node.generation === '23.10') throw tooSlow();
      live = false;
      await send(fellBehind());
    }
    waited = await feed.deliver(page);
    if (page.length === PAGE) continue;
    if (!live) {
      await feed.atEnd?.();
      await send(caughtUp());
    }
    live = true;
    await node.log.changedSince(version, over);
  }
}

const tooSlow = () =>
  timedOut('Consumer too slow to handle event while live. Client resubscription required.');

/** Runs the subscription until it ends, the call is over, or a fault drops it. */
async function untilDropped(
  node: Node,
  call: EventEmitter,
  over: AbortSignal,
  run: () => Promise<void>,
): Promise<void> {
  const stop = node.faults.onDrop(() => call.emit('error', unavailable()));
  over.addEventListener('abort', stop);
  try {
    await run();
  } finally {
    stop();
  }
}
