import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { EvidenceError } from '../evidence-error.js';

/** The same bytes; the last chunk only once all of them have the hash. */
export function verified(bytes: Readable, sha256: string): Readable {
  const same = Readable.from(checked(bytes, sha256), { objectMode: false });
  // A reader that never begins has to let go of the file as well.
  return same.once('close', () => bytes.destroy());
}

async function* checked(bytes: AsyncIterable<Uint8Array>, sha256: string): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  let held: Uint8Array | undefined;
  for await (const chunk of bytes) {
    hash.update(chunk);
    if (held !== undefined) yield held;
    held = chunk;
  }
  const found = hash.digest('hex');
  if (found !== sha256)
    throw new EvidenceError('CORRUPT', `the bytes kept as ${sha256} have the hash ${found}`);
  if (held !== undefined) yield held;
}
