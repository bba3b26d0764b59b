import type { sendUnaryData, ServerUnaryCall } from '@grpc/grpc-js';
import {
  DeleteResp,
  TombstoneResp,
  type DeleteReq,
  type TombstoneReq,
} from '@eventstore/db-client/generated/streams_pb.js';
import type { Expected, WriteOutcome } from './double-log.js';
import { allowed, gate, NEVER, refusalOf, type Never, type Node } from './node.js';
import { invalidArgument, streamDeleted, timedOut, wrongExpectedVersion } from './refusals.js';
import { expectedNumber, expectedOf, streamName } from './wire.js';

/** Streams.Delete: the events are hidden, the stream may be written again. */
export const softDelete =
  (node: Node) =>
  (call: ServerUnaryCall<DeleteReq, DeleteResp>, callback: sendUnaryData<DeleteResp>): void => {
    remove(node, call, 'delete').then(
      (at) => at === NEVER || callback(null, deleted(at)),
      (error: unknown) => callback(refusalOf(error)),
    );
  };

/** Streams.Tombstone: nothing can ever be written to the stream again. */
export const tombstone =
  (node: Node) =>
  (call: ServerUnaryCall<TombstoneReq, TombstoneResp>, callback: sendUnaryData<TombstoneResp>): void => {
    remove(node, call, 'tombstone').then(
      (at) => at === NEVER || callback(null, tombstoned(at)),
      (error: unknown) => callback(refusalOf(error)),
    );
  };

async function remove(
  node: Node,
  call: ServerUnaryCall<DeleteReq | TombstoneReq, unknown>,
  method: 'delete' | 'tombstone',
): Promise<bigint | Never> {
  const options = call.request.getOptions();
  if (!options) throw invalidArgument('Options are required.');
  const stream = streamName(options.getStreamIdentifier());
  const expected = expectedOf(options, () => options.getRevision());
  const fault = await gate(node, method, call.metadata);
  if (fault === NEVER) return NEVER;
  await allowed(node, call.metadata, stream, 'delete');
  const outcome = await node.log[method](stream, expected);
  if (fault?.kind === 'timeoutAfterCommit') return NEVER;
  if (fault?.kind === 'commitTimeout') throw timedOut('Commit phase timeout.');
  return positionOf(stream, expected, outcome);
}

function positionOf(stream: string, expected: Expected, outcome: WriteOutcome): bigint {
  switch (outcome.kind) {
    case 'deleted':
      throw streamDeleted(stream);
    case 'wrong_version':
      throw wrongExpectedVersion('Delete', stream, expectedNumber(expected), outcome.current);
    case 'written':
      return outcome.position;
  }
}

function deleted(at: bigint): DeleteResp {
  const position = new DeleteResp.Position();
  position.setCommitPosition(at.toString());
  position.setPreparePosition(at.toString());
  const response = new DeleteResp();
  response.setPosition(position);
  return response;
}

function tombstoned(at: bigint): TombstoneResp {
  const position = new TombstoneResp.Position();
  position.setCommitPosition(at.toString());
  position.setPreparePosition(at.toString());
  const response = new TombstoneResp();
  response.setPosition(position);
  return response;
}
