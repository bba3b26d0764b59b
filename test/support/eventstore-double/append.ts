import type { sendUnaryData, ServerReadableStream } from '@grpc/grpc-js';
import { Empty } from '@eventstore/db-client/generated/shared_pb.js';
import { AppendResp, type AppendReq } from '@eventstore/db-client/generated/streams_pb.js';
import type { Expected, ProposedEvent, WriteOutcome } from './double-log.js';
import { allowed, gate, NEVER, refusalOf, type Never, type Node } from './node.js';
import { proposedEvent, sizeOf } from './proposed.js';
import { invalidArgument, maximumAppendSizeExceeded, streamDeleted, timedOut } from './refusals.js';
import { expectedOf, streamName } from './wire.js';

type Call = ServerReadableStream<AppendReq, AppendResp>;

/** Streams.Append: one append a call; options first, then the events. A wrong revision is an answer, not an error. */
export const append =
  (node: Node) =>
  (call: Call, callback: sendUnaryData<AppendResp>): void => {
    answer(node, call).then(
      (response) => response === NEVER || callback(null, response),
      (error: unknown) => callback(refusalOf(error)),
    );
  };

async function answer(node: Node, call: Call): Promise<AppendResp | Never> {
  const { stream, expected, events } = await received(node, call);
  const fault = await gate(node, 'append', call.metadata);
  if (fault === NEVER) return NEVER;
  await allowed(node, call.metadata, stream, 'write');
  const outcome = await node.log.append(stream, expected, events);
  if (fault?.kind === 'timeoutAfterCommit') return NEVER;
  if (fault?.kind === 'commitTimeout') throw timedOut('Commit phase timeout.');
  return responseOf(stream, expected, outcome);
}

async function received(
  node: Node,
  call: Call,
): Promise<{ stream: string; expected: Expected; events: ProposedEvent[] }> {
  let stream: string | undefined;
  let expected: Expected = 'any';
  let size = 0;
  const events: ProposedEvent[] = [];
  for await (const message of call as AsyncIterable<AppendReq>) {
    const options = message.getOptions();
    const proposed = message.getProposedMessage();
    if (options) {
      stream = streamName(options.getStreamIdentifier());
      expected = expectedOf(options, () => options.getRevision());
    } else if (proposed && stream !== undefined) {
      const event = proposedEvent(proposed);
      size += sizeOf(event);
      if (size > node.maxAppendSize) throw maximumAppendSizeExceeded(node.maxAppendSize);
      events.push(event);
    }
  }
  if (stream === undefined) throw invalidArgument('The first message must be the options.');
  return { stream, expected, events };
}

function responseOf(stream: string, expected: Expected, outcome: WriteOutcome): AppendResp {
  const response = new AppendResp();
  switch (outcome.kind) {
    case 'deleted':
      throw streamDeleted(stream);
    case 'written':
      response.setSuccess(success(outcome.last, outcome.position));
      return response;
    case 'wrong_version':
      response.setWrongExpectedVersion(wrongVersion(expected, outcome.current));
      return response;
  }
}

function success(last: bigint, at: bigint): AppendResp.Success {
  const done = new AppendResp.Success();
  if (last < 0n) done.setNoStream(new Empty());
  else done.setCurrentRevision(last.toString());
  const position = new AppendResp.Position();
  position.setCommitPosition(at.toString());
  position.setPreparePosition(at.toString());
  done.setPosition(position);
  return done;
}

/** Clients before 20.6.1 read other fields than later ones: the server fills both. */
function wrongVersion(expected: Expected, current: bigint): AppendResp.WrongExpectedVersion {
  const wrong = new AppendResp.WrongExpectedVersion();
  if (current < 0n) {
    wrong.setCurrentNoStream(new Empty());
    wrong.setNoStream2060(new Empty());
  } else {
    wrong.setCurrentRevision(current.toString());
    wrong.setCurrentRevision2060(Number(current));
  }
  if (expected === 'any') {
    wrong.setExpectedAny(new Empty());
    wrong.setAny2060(new Empty());
  } else if (expected === 'stream_exists') {
    wrong.setExpectedStreamExists(new Empty());
    wrong.setStreamExists2060(new Empty());
  } else if (expected === 'no_stream') {
    wrong.setExpectedNoStream(new Empty());
  } else {
    wrong.setExpectedRevision(expected.toString());
    wrong.setExpectedRevision2060(Number(expected));
  }
  return wrong;
}
