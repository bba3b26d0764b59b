import { Code } from '@eventstore/db-client/generated/code_pb.js';
import {
  AccessDenied,
  BadRequest,
  MaximumAppendSizeExceeded,
  StreamDeleted,
  Timeout,
  Unknown,
  WrongExpectedVersion,
} from '@eventstore/db-client/generated/shared_pb.js';
import { Status } from '@eventstore/db-client/generated/status_pb.js';
import { Any } from 'google-protobuf/google/protobuf/any_pb.js';
import { Empty } from 'google-protobuf/google/protobuf/empty_pb.js';
import type { Message } from 'google-protobuf';
import type { Expected } from './double-log.js';
import { streamIdentifier } from './wire.js';

/** The errors of a batch append: inside an answer, as a `google.rpc.Status` whose detail is a packed message. */
function statusOf(code: Code, name: string, detail: Message, message = name): Status {
  const any = new Any();
  any.pack(detail.serializeBinary(), `event_store.client.${name}`);
  const status = new Status();
  status.setCode(code);
  status.setMessage(message);
  status.setDetails(any);
  return status;
}

export function wrongVersionStatus(current: bigint, expected: Expected): Status {
  const detail = new WrongExpectedVersion();
  if (current < 0n) detail.setCurrentNoStream(new Empty());
  else detail.setCurrentStreamRevision(current.toString());
  if (expected === 'any') detail.setExpectedAny(new Empty());
  else if (expected === 'stream_exists') detail.setExpectedStreamExists(new Empty());
  else if (expected === 'no_stream') detail.setExpectedNoStream(new Empty());
  else detail.setExpectedStreamPosition(expected.toString());
  return statusOf(Code.ALREADY_EXISTS, 'WrongExpectedVersion', detail);
}

export function streamDeletedStatus(stream: string): Status {
  const detail = new StreamDeleted();
  detail.setStreamIdentifier(streamIdentifier(stream));
  return statusOf(Code.NOT_FOUND, 'StreamDeleted', detail);
}

export const accessDeniedStatus = (): Status =>
  statusOf(Code.PERMISSION_DENIED, 'AccessDenied', new AccessDenied());

export const timeoutStatus = (): Status => statusOf(Code.DEADLINE_EXCEEDED, 'Timeout', new Timeout());

export const unknownStatus = (): Status => statusOf(Code.UNKNOWN, 'Unknown', new Unknown());

export function appendTooLargeStatus(bytes: number): Status {
  const detail = new MaximumAppendSizeExceeded();
  detail.setMaxappendsize(bytes);
  return statusOf(Code.INVALID_ARGUMENT, 'MaximumAppendSizeExceeded', detail);
}

export function badRequestStatus(message: string): Status {
  const detail = new BadRequest();
  detail.setMessage(message);
  return statusOf(Code.INVALID_ARGUMENT, 'BadRequest', detail);
}
