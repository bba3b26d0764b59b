import {
  MaximumAppendSizeExceeded,
  WrongExpectedVersion,
} from '@eventstore/db-client/generated/shared_pb.js';
import type { Status } from '@eventstore/db-client/generated/status_pb.js';
import type { BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import { EventStoreError, type Position } from '../port.js';
import { positionOf } from './position.js';

/** What became of one attempt to append. */
export type AppendOutcome =
  /** `position` is missing when the server found a repetition and did not look it up. */
  | { readonly kind: 'written'; readonly revision: bigint; readonly position: Position | undefined }
  | { readonly kind: 'refused'; readonly error: EventStoreError }
  /** Nothing was sent. */
  | { readonly kind: 'not_sent'; readonly cause: unknown }
  /** It was sent, and may or may not be written: to be repeated with the same ids. */
  | { readonly kind: 'unknown'; readonly cause: unknown };

const NAMES = 'event_store.client.';

/** Reads an answer to a batch append, whose errors are packed inside it. */
export function outcomeOf(response: BatchAppendResp): AppendOutcome {
  const error = response.getError();
  if (error) return refusalOf(error);
  const success = response.getSuccess();
  const at = success?.getPosition();
  return {
    kind: 'written',
    revision: BigInt(success?.getCurrentRevision() ?? 0),
    position: at && positionOf({ commit: at.getCommitPosition(), prepare: at.getPreparePosition() }),
  };
}

function refusalOf(status: Status): AppendOutcome {
  const detail = status.getDetails();
  switch (detail?.getTypeName()) {
    case `${NAMES}WrongExpectedVersion`:
      return refused('REVISION_CONFLICT', 'the stream has moved on', actualOf(status));
    case `${NAMES}StreamDeleted`:
      return refused('STREAM_DELETED', 'the stream was deleted for ever');
    case `${NAMES}AccessDenied`:
      return refused('ACCESS_DENIED', 'the store does not let these credentials write to the stream');
    case `${NAMES}MaximumAppendSizeExceeded`:
      return refused('APPEND_TOO_LARGE', `the append exceeds the store's limit of ${limitOf(status)} bytes`);
    case `${NAMES}BadRequest`:
      return refused('STORE_UNAVAILABLE', `the store did not understand the append: ${status.getMessage()}`);
    default:
      // Timeout, Unknown, and whatever a busy server says.
      return { kind: 'unknown', cause: new Error(status.getMessage()) };
  }
}

function refused(
  code: EventStoreError['code'],
  message: string,
  actual?: bigint | 'no_stream',
): AppendOutcome {
  return { kind: 'refused', error: new EventStoreError(code, message, actual) };
}

function actualOf(status: Status): bigint | 'no_stream' {
  const detail = status
    .getDetails()
    ?.unpack(WrongExpectedVersion.deserializeBinary, `${NAMES}WrongExpectedVersion`);
  return detail?.hasCurrentStreamRevision() ? BigInt(detail.getCurrentStreamRevision()) : 'no_stream';
}

function limitOf(status: Status): number | undefined {
  return status
    .getDetails()
    ?.unpack(MaximumAppendSizeExceeded.deserializeBinary, `${NAMES}MaximumAppendSizeExceeded`)
    ?.getMaxappendsize();
}
