import type { FileHandle } from 'node:fs/promises';

const CHUNK = 65_536;

/** The bytes from one place to before another, fewer where the file ends. */
export async function readBetween(handle: FileHandle, from: number, to: number): Promise<Buffer> {
  const buffer = Buffer.alloc(Math.max(0, to - from));
  const { bytesRead } = await handle.read(buffer, 0, buffer.length, from);
  return buffer.subarray(0, bytesRead);
}

/** The same, by chunks. */
export async function* bytesBetween(handle: FileHandle, from: number, to: number): AsyncGenerator<Buffer> {
  for (let at = from; at < to;) {
    const chunk = await readBetween(handle, at, Math.min(at + CHUNK, to));
    if (chunk.length === 0) return;
    at += chunk.length;
    yield chunk;
  }
}
