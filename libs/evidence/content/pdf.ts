import { open, type FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createInflate } from 'node:zlib';
import { activeContentCheck } from './active-content.js';
import { bytesBetween, readBetween } from './file-bytes.js';

const OBJECT_STREAM = '/ObjStm';
const BLOCK = 1_048_576;
/** From the type in its dictionary to its bytes. */
const LONGEST_DICTIONARY = 1_024;
const MOST_STREAMS = 1_000;
const MOST_UNPACKED = 64 * BLOCK;
const TOO_MUCH = 'more compressed objects than can be looked through';

/**
 * What acts in the object streams of a PDF (ISO 32000-2, 7.5.7), where its dictionaries lie compressed; undefined:
 * nothing. What is encrypted, or packed in more than one way, stays unseen: how a file is served protects its reader.
 */
export async function activeObjects(path: string): Promise<string | undefined> {
  const handle = await open(path, 'r');
  try {
    const starts = await objectStreams(handle);
    if (starts === undefined) return TOO_MUCH;
    let left = MOST_UNPACKED;
    for (const start of starts) {
      const { found, length } = await lookThrough(handle, start, left);
      left -= length;
      if (found !== undefined || left <= 0) return found ?? TOO_MUCH;
    }
    return undefined;
  } finally {
    await handle.close();
  }
}

async function lookThrough(handle: FileHandle, start: number, most: number) {
  const check = activeContentCheck();
  const source = Readable.from(bytesBetween(handle, start, Infinity), { objectMode: false });
  const inflate = createInflate();
  source.on('error', (error) => inflate.destroy(error));
  source.pipe(inflate);
  let length = 0;
  try {
    for await (const chunk of inflate as AsyncIterable<Buffer>) {
      check.see(chunk);
      length += chunk.length;
      if (length >= most || check.found() !== undefined) break;
    }
  } catch {
    // Not packed with Flate, or damaged: a reader does not unpack it so either.
  } finally {
    source.destroy();
  }
  return { found: check.found(), length };
}

/** Where the bytes of each begin; undefined when there are more than can be looked through. */
async function objectStreams(handle: FileHandle): Promise<readonly number[] | undefined> {
  const starts: number[] = [];
  for (let offset = 0, named = 0; ; offset += BLOCK) {
    const block = await readBetween(handle, offset, offset + BLOCK + LONGEST_DICTIONARY);
    const text = block.toString('latin1');
    for (
      let at = text.indexOf(OBJECT_STREAM);
      at !== -1 && at < BLOCK;
      at = text.indexOf(OBJECT_STREAM, at + 1)
    ) {
      if (++named > MOST_STREAMS) return undefined;
      const begins = /stream\r?\n/.exec(text.slice(at, at + LONGEST_DICTIONARY));
      if (begins !== null) starts.push(offset + at + begins.index + begins[0].length);
    }
    if (block.length <= BLOCK) return starts;
  }
}
