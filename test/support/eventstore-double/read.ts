import type { ServerWritableStream } from '@grpc/grpc-js';
import { AllStreamPosition } from '@eventstore/db-client/generated/shared_pb.js';
import { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { LogRecord } from './double-log.js';
import { filterOf } from './event-filter.js';
import { allowed, gate, NEVER, refusalOf, type Node } from './node.js';
import { invalidArgument, streamDeleted } from './refusals.js';
import { firstVisible, isExpired, isSoftDeleted } from './stream-metadata.js';
import { subscribeToAll, subscribeToStream, type Send } from './subscribe.js';
import { eventMessage, streamName, streamNotFound } from './wire.js';

export type ReadCall = ServerWritableStream<ReadReq, ReadResp | Buffer>;

/**
 * Streams.Read: a bounded read or a subscription, of one stream or of all. Reads are inclusive forwards; backwards a
 * read of all excludes its position (which lies between two records); subscriptions are exclusive.
 */
export const read =
  (node: Node) =>
  (call: ReadCall): void => {
    const over = new AbortController();
    call.on('cancelled', () => over.abort());
    call.on('close', () => over.abort());
    call.on('error', () => over.abort());
    writeTogether(call);
    serve(node, call, over.signal).then(
      (done) => done === NEVER || call.end(),
      (error: unknown) => over.signal.aborted || call.emit('error', refusalOf(error)),
    );
  };

async function serve(node: Node, call: ReadCall, over: AbortSignal): Promise<typeof NEVER | undefined> {
  const options = call.request.getOptions();
  if (!options) throw invalidArgument('Options are required.');
  const ofStream = options.getStream();
  const stream = ofStream ? streamName(ofStream.getStreamIdentifier()) : '$all';
  if ((await gate(node, 'read', call.metadata)) === NEVER) return NEVER;
  await allowed(node, call.metadata, stream, 'read');
  const structured = options.getUuidOption()?.hasStructured() ?? false;
  const send = sender(call, over);
  if (options.hasSubscription()) {
    if (ofStream) await subscribeToStream(node, call, options, stream, over, send);
    else await subscribeToAll(node, call, options, over, send);
    return undefined;
  }
  if (ofStream) {
    const state = await node.log.state(stream);
    if (state.tombstoned) throw streamDeleted(stream);
    if (state.last < 0n || isSoftDeleted(state.metadata)) {
      await send(streamNotFound(stream));
      return undefined;
    }
  }
  const records = ofStream ? streamRecords(node, options, stream) : allRecords(node, options);
  let left = BigInt(options.getCount());
  if (left > 0n) {
    for await (const record of records) {
      const wait = send(eventMessage(record, structured));
      if (wait) await wait;
      left -= 1n;
      if (left <= 0n || over.aborted) break;
    }
  }
  if ((options.getControlOption()?.getCompatibility() ?? 0) >= 1)
    await send(await lastPosition(node, ofStream && stream));
  return undefined;
}

async function* streamRecords(
  node: Node,
  options: ReadReq.Options,
  stream: string,
): AsyncGenerator<LogRecord> {
  const from = options.getStream();
  const { last, metadata } = await node.log.state(stream);
  const first = firstVisible(metadata, last);
  const forwards = options.getReadDirection() === ReadReq.Options.ReadDirection.FORWARDS;
  const end = from?.hasEnd() ?? false;
  const revision = from?.hasRevision() ? BigInt(from.getRevision()) : 0n;
  if (forwards && (end || revision > last)) return;
  const start = forwards ? (revision > first ? revision : first) : end || revision > last ? last : revision;
  const nowMs = node.nowMs();
  for await (const record of node.log.stream(stream, start, forwards ? 'forwards' : 'backwards')) {
    if (record.revision < first) return;
    if (!isExpired(metadata, record.createdMs, nowMs)) yield record;
  }
}

async function* allRecords(node: Node, options: ReadReq.Options): AsyncGenerator<LogRecord> {
  const from = options.getAll();
  const forwards = options.getReadDirection() === ReadReq.Options.ReadDirection.FORWARDS;
  const passes = filterOf(options)?.passes ?? (() => true);
  const end = from?.hasEnd() ?? false;
  const position = BigInt(from?.getPosition()?.getCommitPosition() ?? 0);
  if (forwards && end) return;
  const records = forwards
    ? node.log.after(position - 1n)
    : node.log.before(end ? (await node.log.head()) + 1n : position);
  for await (const record of records) if (passes(record)) yield record;
}

async function lastPosition(node: Node, stream: string | undefined): Promise<ReadResp> {
  const response = new ReadResp();
  if (stream !== undefined) {
    response.setLastStreamPosition((await node.log.state(stream)).last.toString());
    return response;
  }
  const head = (await node.log.head()).toString();
  const position = new AllStreamPosition();
  position.setCommitPosition(head);
  position.setPreparePosition(head);
  response.setLastAllStreamPosition(position);
  return response;
}

/** How many messages may wait for the socket: more than Node's 16 of a stream of objects, at which it would wait each turn. */
const UNSENT = 256;

/**
 * As EventStoreDB does, messages that wait go to the socket together. grpc-js gives it one, and looks at the next when the
 * socket has taken that. The names are those that Node's streams go by.
 */
/* oxlint-disable no-underscore-dangle */
function writeTogether(call: ReadCall): void {
  call._writev = (waiting, done) => {
    const last = waiting.length - 1;
    for (const [index, { chunk, encoding }] of waiting.entries()) {
      call._write(chunk, encoding, index === last ? done : () => undefined);
    }
  };
}
/* oxlint-enable no-underscore-dangle */

/** Writes one message, and waits while the client does not take more. */
function sender(call: ReadCall, over: AbortSignal): Send {
  return (message) => {
    if (over.aborted || call.write(message) || call.writableLength < UNSENT) return undefined;
    return new Promise<void>((resolve) => {
      const go = () => {
        call.off('drain', go);
        over.removeEventListener('abort', go);
        resolve();
      };
      call.on('drain', go);
      over.addEventListener('abort', go);
    });
  };
}
