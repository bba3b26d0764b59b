import { status, type ServiceError } from '@grpc/grpc-js';
import { EventStoreError } from '../port.js';

/** What a failed call means for the one who made it. */
export type Failure =
  /** The store said no: the same call would be refused again. */
  | { readonly kind: 'refused'; readonly error: EventStoreError }
  /** The call did not come through, or not to its end. */
  | { readonly kind: 'lost'; readonly cause: unknown };

/**
 * Reads a gRPC error as EventStoreDB writes it: what happened is in the trailer `exception`. A server that is down is a
 * plain status 14 without it; so is whatever else breaks a connection.
 */
export function failureOf(error: unknown): Failure {
  const { code, metadata } = error as Partial<ServiceError>;
  switch (metadata?.get('exception')[0]?.toString()) {
    case 'stream-deleted':
      return refused('STREAM_DELETED', 'the stream was deleted for ever', error);
    case 'access-denied':
      return refused('ACCESS_DENIED', 'the store does not let these credentials do that', error);
    case 'maximum-append-size-exceeded':
      return refused('APPEND_TOO_LARGE', 'the append is larger than the store takes', error);
    default:
  }
  if (code === status.UNAUTHENTICATED || code === status.PERMISSION_DENIED) {
    return refused('ACCESS_DENIED', 'the store does not know these credentials', error);
  }
  return { kind: 'lost', cause: error };
}

function refused(code: EventStoreError['code'], message: string, cause: unknown): Failure {
  return { kind: 'refused', error: new EventStoreError(code, message, undefined, { cause }) };
}

export const storeUnavailable = (cause?: unknown): EventStoreError =>
  new EventStoreError('STORE_UNAVAILABLE', 'EventStoreDB cannot be reached', undefined, { cause });

export const storeClosed = (): EventStoreError =>
  new EventStoreError('STORE_UNAVAILABLE', 'the event store was closed');
