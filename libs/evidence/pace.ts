import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { EvidenceError } from './evidence-error.js';

export interface Pace {
  /** In every such time, milliseconds … */
  readonly windowMs: number;
  /** … so many bytes come, or the rest. */
  readonly minBytes: number;
}

/**
 * The chunks of a stream that is still open when they are read no further, so that who sent it can be answered. Rejects
 * with TOO_SLOW for one that keeps no pace, and with BROKEN_OFF for one that ends before its end.
 */
export async function* paced(stream: Readable, { windowMs, minBytes }: Pace): AsyncGenerator<Uint8Array> {
  // Noticed by its consequence: a stream that is destroyed before its end.
  stream.on('error', () => undefined);
  let windowEnds = performance.now() + windowMs;
  let inWindow = 0;
  for (;;) {
    const chunk = stream.read() as Uint8Array | null;
    if (chunk !== null) {
      inWindow += chunk.length;
      yield chunk;
      continue;
    }
    if (stream.readableEnded) return;
    if (stream.destroyed) throw new EvidenceError('BROKEN_OFF', 'the sender went away');
    const left = windowEnds - performance.now();
    if (left > 0) {
      await readableWithin(stream, left);
      continue;
    }
    if (inWindow < minBytes) throw new EvidenceError('TOO_SLOW', 'the file comes too slowly');
    windowEnds = performance.now() + windowMs;
    inWindow = 0;
  }
}

/** Resolves when there is something to read or nothing more will come, and when the time is up. */
async function readableWithin(stream: Readable, ms: number): Promise<void> {
  const over = new AbortController();
  const timer = setTimeout(() => over.abort(), ms);
  const { signal } = over;
  try {
    await Promise.race(
      ['readable', 'end', 'close'].map((event) => once(stream, event, { signal }).catch(() => undefined)),
    );
  } finally {
    clearTimeout(timer);
    over.abort();
  }
}
