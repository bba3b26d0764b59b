import type { ServerDuplexStream } from '@grpc/grpc-js';
import type { UUID } from '@eventstore/db-client/generated/shared_pb.js';
import { AllStreamPosition } from '@eventstore/db-client/generated/shared_pb.js';
import type { Status } from '@eventstore/db-client/generated/status_pb.js';
import { BatchAppendResp, type BatchAppendReq } from '@eventstore/db-client/generated/streams_pb.js';
import { Empty } from 'google-protobuf/google/protobuf/empty_pb.js';
import type { Expected, ProposedEvent, WriteOutcome } from './double-log.js';
import { allowed, gate, NEVER, refusalOf, type Node } from './node.js';
import { proposedEvent, sizeOf } from './proposed.js';
import {
  accessDeniedStatus,
  appendTooLargeStatus,
  badRequestStatus,
  streamDeletedStatus,
  timeoutStatus,
  wrongVersionStatus,
} from './statuses.js';
import { expectedOf, streamIdentifier, streamName, uuidText } from './wire.js';

type Call = ServerDuplexStream<BatchAppendReq, BatchAppendResp>;

interface Pending {
  readonly stream: string;
  readonly expected: Expected;
  readonly events: ProposedEvent[];
  size: number;
}

/**
 * Streams.BatchAppend: many appends over one call, each in one or more messages, told apart by a correlation id. They enter
 * the log in the order in which they came. What goes wrong with an append is in its answer; what goes wrong with the node
 * ends the call, and so every append on it: what came after is not looked at any more.
 */
export const batchAppend =
  (node: Node) =>
  (call: Call): void => {
    const pending = new Map<string, Pending>();
    let underWay = 0;
    let ended = false;
    const endWhenDone = () => {
      if (ended && underWay === 0) call.end();
    };
    let door: Promise<unknown> = Promise.resolve();
    let over = false;
    call.on('data', (request: BatchAppendReq) => {
      underWay += 1;
      const { promise: entered, resolve: enter } = Promise.withResolvers<void>();
      const mine = door.then(async () => (over ? undefined : take(node, call, pending, request, enter)));
      door = Promise.race([entered, mine]).catch(() => undefined);
      mine
        .then(
          (response) => response && send(call, response),
          (error: unknown) => {
            over = true;
            call.emit('error', refusalOf(error));
          },
        )
        .finally(() => {
          underWay -= 1;
          endWhenDone();
        });
    });
    call.on('end', () => {
      ended = true;
      endWhenDone();
    });
    call.on('error', () => call.end());
  };

/** A client that does not read its answers is not read from, either. */
function send(call: Call, response: BatchAppendResp): void {
  if (call.write(response) || call.isPaused()) return;
  call.pause();
  call.once('drain', () => call.resume());
}

/** One message of a call; undefined when it is not the last of its append, or is never to be answered. */
async function take(
  node: Node,
  call: Call,
  pending: Map<string, Pending>,
  request: BatchAppendReq,
  entered: () => void,
): Promise<BatchAppendResp | undefined> {
  const id = request.getCorrelationId();
  const key = uuidText(id);
  const options = request.getOptions();
  const stream = options ? streamName(options.getStreamIdentifier()) : (pending.get(key)?.stream ?? '');
  const refuse = (status: Status) => {
    pending.delete(key);
    return responseOf(id, stream, (response) => response.setError(status));
  };
  if (options) {
    if (stream === '') return refuse(badRequestStatus('Required field StreamIdentifier not set.'));
    const deadline = options.getDeadline()?.toDate().getTime();
    if (deadline !== undefined && deadline <= node.nowMs()) return refuse(timeoutStatus());
    const expected = expectedOf(options, () => options.getStreamPosition());
    pending.set(key, { stream, expected, events: [], size: 0 });
  }
  const append = pending.get(key);
  if (!append) return undefined;
  try {
    for (const message of request.getProposedMessagesList()) {
      const event = proposedEvent(message);
      append.events.push(event);
      append.size += sizeOf(event);
    }
  } catch (error) {
    return refuse(badRequestStatus(refusalOf(error).message));
  }
  if (append.size > node.maxAppendSize) return refuse(appendTooLargeStatus(node.maxAppendSize));
  if (!request.getIsFinal()) return undefined;
  pending.delete(key);
  return write(node, call, append, id, entered);
}

async function write(
  node: Node,
  call: Call,
  { stream, expected, events }: Pending,
  id: UUID | undefined,
  entered: () => void,
): Promise<BatchAppendResp | undefined> {
  const fault = await gate(node, 'batchAppend', call.metadata);
  if (fault === NEVER) return undefined;
  try {
    await allowed(node, call.metadata, stream, 'write');
  } catch (error) {
    // A wrong password fails the call; a right one that may not write, only the append.
    if (refusalOf(error).details !== 'Access Denied') throw error;
    return responseOf(id, stream, (response) => response.setError(accessDeniedStatus()));
  }
  const outcome = await node.log.append(stream, expected, events, entered);
  if (fault?.kind === 'timeoutAfterCommit') return undefined;
  if (fault?.kind === 'commitTimeout') {
    return responseOf(id, stream, (response) => response.setError(timeoutStatus()));
  }
  return responseOf(id, stream, (response) => fill(response, stream, expected, outcome));
}

function fill(response: BatchAppendResp, stream: string, expected: Expected, outcome: WriteOutcome): void {
  switch (outcome.kind) {
    case 'deleted':
      response.setError(streamDeletedStatus(stream));
      break;
    case 'wrong_version':
      response.setError(wrongVersionStatus(outcome.current, expected));
      break;
    case 'written':
      response.setSuccess(success(outcome.last, outcome.position));
      break;
  }
}

function success(last: bigint, at: bigint): BatchAppendResp.Success {
  const done = new BatchAppendResp.Success();
  if (last < 0n) done.setNoStream(new Empty());
  else done.setCurrentRevision(last.toString());
  const position = new AllStreamPosition();
  position.setCommitPosition(at.toString());
  position.setPreparePosition(at.toString());
  done.setPosition(position);
  return done;
}

function responseOf(
  id: UUID | undefined,
  stream: string,
  set: (response: BatchAppendResp) => unknown,
): BatchAppendResp {
  const response = new BatchAppendResp();
  response.setCorrelationId(id);
  response.setStreamIdentifier(streamIdentifier(stream));
  set(response);
  return response;
}
