import { createHash } from 'node:crypto';
import { isId } from '../kernel/ids.js';

/** OpenID Connect Core 2: a subject has at most 255 characters. */
const LONGEST = 255;
const LONGEST_ID = 64;

/**
 * The id that a provider's subject has with us. What is one of our ids already stays as it is; in any other each byte
 * (UTF-8) that no id may hold, and the tilde, becomes a tilde and two hexadecimal digits: `auth0|abc` → `auth0~7Cabc`.
 * What would be too long is told by its hash: `sha256~~…`. Two subjects never have one id. Undefined for what is no
 * subject.
 */
export function subjectId(subject: unknown): string | undefined {
  if (typeof subject !== 'string' || subject === '' || subject.length > LONGEST || !subject.isWellFormed())
    return undefined;
  const encoded = subject.replaceAll(/^\.|[^A-Za-z0-9._-]/gu, inHex);
  if (encoded.length <= LONGEST_ID) return isId(encoded) ? encoded : undefined;
  return `sha256~~${createHash('sha256').update(subject).digest('base64url')}`;
}

const inHex = (character: string): string =>
  [...Buffer.from(character)].map((byte) => `~${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
