import { Metadata, status, type ServerErrorResponse } from '@grpc/grpc-js';

/**
 * The errors of EventStoreDB as gRPC statuses: what happened is in the trailer `exception`, its details in further
 * trailers, with the names, codes and words of the server (its RpcExceptions).
 */
export type Refusal = ServerErrorResponse;

function refusal(code: status, details: string, trailers: Readonly<Record<string, string>> = {}): Refusal {
  const metadata = new Metadata();
  // A trailer is ASCII; a stream's name need not be.
  for (const [name, value] of Object.entries(trailers)) {
    metadata.set(name, value.replaceAll(/[^\x20-\x7e]/gu, '?'));
  }
  return Object.assign(new Error(details), { code, details, metadata });
}

export const streamDeleted = (stream: string): Refusal =>
  refusal(status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, {
    exception: 'stream-deleted',
    'stream-name': stream,
  });

export const accessDenied = (): Refusal =>
  refusal(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' });

/** The HTTP layer's answer to a password that is wrong: there are no trailers. */
export const unauthenticated = (): Refusal =>
  refusal(status.UNAUTHENTICATED, 'Bad gRPC response. HTTP status code: 401');

export const notLeader = (leader: { host: string; port: number }): Refusal =>
  refusal(status.NOT_FOUND, 'Leader info available', {
    exception: 'not-leader',
    'leader-endpoint-host': leader.host,
    'leader-endpoint-port': String(leader.port),
  });

export const wrongExpectedVersion = (
  operation: string,
  stream: string,
  expected: bigint,
  actual: bigint,
): Refusal =>
  refusal(
    status.FAILED_PRECONDITION,
    `${operation} failed due to WrongExpectedVersion. Stream: ${stream}, Expected version: ${expected}, Actual version: ${actual}`,
    {
      exception: 'wrong-expected-version',
      'stream-name': stream,
      'expected-version': String(expected),
      'actual-version': String(actual),
    },
  );

export const maximumAppendSizeExceeded = (bytes: number): Refusal =>
  refusal(status.INVALID_ARGUMENT, `Maximum Append Size of ${bytes} Exceeded.`, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': String(bytes),
  });

export const metadataPropertyMissing = (property: string): Refusal =>
  refusal(status.INVALID_ARGUMENT, `Required Metadata Property '${property}' is missing`, {
    exception: 'missing-required-metadata-property',
    'required-metadata-properties': 'type,content-type',
  });

export const timedOut = (message: string): Refusal =>
  refusal(status.ABORTED, `Operation timed out: ${message}`);

export const unavailable = (): Refusal => refusal(status.UNAVAILABLE, 'Server Is Not Ready');

export const invalidArgument = (message: string): Refusal => refusal(status.INVALID_ARGUMENT, message);

export const unknown = (message: string): Refusal => refusal(status.UNKNOWN, message);
