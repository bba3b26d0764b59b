import { hash } from 'node:crypto';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Id of a command's nth event (from 0): UUID version 5 (RFC 9562) with the command's id as namespace and the decimal index
 * as name. So a command that is retried appends the same ids, and the store recognises it.
 * Throws a TypeError when the command's id is no UUID.
 */
export function eventId(commandId: string, index: number): string {
  if (!UUID.test(commandId)) throw new TypeError(`a command id is a UUID, not ${JSON.stringify(commandId)}`);
  const name = Buffer.from(`${commandId.replaceAll('-', '')}${hexOf(String(index))}`, 'hex');
  const digest = hash('sha1', name, 'hex');
  const variant = ((Number.parseInt(digest.charAt(16), 16) & 0b11) | 0b1000).toString(16);
  return (
    `${digest.slice(0, 8)}-${digest.slice(8, 12)}-5${digest.slice(13, 16)}-` +
    `${variant}${digest.slice(17, 20)}-${digest.slice(20, 32)}`
  );
}

/** Of decimal digits. */
const hexOf = (digits: string): string => digits.replaceAll(/\d/g, '3$&');
