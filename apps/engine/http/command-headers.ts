import type { ApiRequest } from './api-request.js';
import { problem } from './problem.js';

const KEY = /^[\x20-\x7e]{1,255}$/;
const REVISION_TAG = /^"(0|[1-9]\d{0,18})"$/;

/** Every command names itself, so that it can be sent again without being done again. */
export function idempotencyKeyOf({ headers }: ApiRequest): string {
  const key = headers['idempotency-key'];
  if (key === undefined) {
    throw problem(400, 'IDEMPOTENCY.KEY_REQUIRED', 'Every command needs an Idempotency-Key.', KEY_POINTER);
  }
  if (typeof key !== 'string' || !KEY.test(key)) {
    const message = 'An Idempotency-Key is 1 to 255 printable ASCII characters.';
    throw problem(400, 'IDEMPOTENCY.KEY_INVALID', message, KEY_POINTER);
  }
  return key;
}

const KEY_POINTER = '/headers/idempotency-key';

/** The revision that the caller has seen (RFC 9110, If-Match with one strong tag); undefined when it does not say. */
export function expectedRevisionOf({ headers }: ApiRequest): bigint | undefined {
  const tag = headers['if-match'];
  if (tag === undefined || tag === '*') return undefined;
  const revision = REVISION_TAG.exec(tag)?.[1];
  if (revision === undefined) {
    throw problem(
      400,
      'REQUEST.IF_MATCH',
      'If-Match must be one revision in quotes, as in "12".',
      '/headers/if-match',
    );
  }
  return BigInt(revision);
}

export const etagOf = (revision: bigint): string => `"${revision}"`;
