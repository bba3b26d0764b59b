import { hash } from 'node:crypto';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * UUID version 5 (RFC 9562): the same name in the same namespace always gives the same id. Every command needs several,
 * so this is one hash over one buffer; a spec holds it to the `uuid` package.
 * Throws a TypeError when the namespace is no UUID.
 */
export function nameBasedUuid(name: string, namespace: string): string {
  const bytes = Buffer.allocUnsafe(16 + Buffer.byteLength(name));
  bytesOf(namespace).copy(bytes);
  bytes.write(name, 16, 'utf8');
  const digest = hash('sha1', bytes, 'hex');
  const variant = ((Number.parseInt(digest.charAt(16), 16) & 0b11) | 0b1000).toString(16);
  return (
    `${digest.slice(0, 8)}-${digest.slice(8, 12)}-5${digest.slice(13, 16)}-` +
    `${variant}${digest.slice(17, 20)}-${digest.slice(20, 32)}`
  );
}

/** Of the namespace that was asked for last: nearly all names are in the same. */
let last = { namespace: '', bytes: Buffer.alloc(0) };

function bytesOf(namespace: string): Buffer {
  if (last.namespace === namespace && namespace !== '') return last.bytes;
  if (!UUID.test(namespace)) throw new TypeError(`a namespace is a UUID, not ${JSON.stringify(namespace)}`);
  last = { namespace, bytes: Buffer.from(namespace.replaceAll('-', ''), 'hex') };
  return last.bytes;
}
