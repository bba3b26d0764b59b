import { connect, type Socket } from 'node:net';
import { percentile } from './statistics.js';

export interface Load {
  readonly url: string;
  readonly connections: number;
  readonly bound: { readonly seconds: number } | { readonly requests: number };
  /** The next request, as it goes over the wire. */
  next(): Buffer;
}

export interface LoadResult {
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

const HEAD_END = '\r\n\r\n';
const READ_BYTES = 16_384;
/** A connection that is answered nothing for so long fails the load. */
const PATIENCE_MS = 30_000;

/**
 * Sends requests over so many connections, the next on each when the one before is answered, until the bound. Rejects when an
 * answer is not 2xx, or a connection fails. It shares the cores with what it measures: so it looks at nothing of an answer but
 * its status and its length, which takes two fifths less of a processor than a client that parses it.
 */
export async function load({ url, connections, bound, next }: Load): Promise<LoadResult> {
  const latencies: number[] = [];
  const start = performance.now();
  const until = 'seconds' in bound ? start + bound.seconds * 1_000 : Infinity;
  let left = 'requests' in bound ? bound.requests : Infinity;
  const wanted = () => performance.now() < until && left-- > 0;
  await Promise.all(
    Array.from({ length: connections }, () =>
      exchange(new URL(url), () => (wanted() ? next() : undefined), latencies),
    ),
  );
  const seconds = (performance.now() - start) / 1_000;
  return {
    requestsPerSecond: latencies.length / seconds,
    p50Ms: percentile(latencies, 0.5),
    p99Ms: percentile(latencies, 0.99),
  };
}

/** One connection's requests. Resolves when there is no other to send. */
function exchange(
  { hostname, port }: URL,
  next: () => Buffer | undefined,
  latencies: number[],
): Promise<void> {
  return new Promise((resolve, reject) => {
    const buffer = Buffer.allocUnsafe(READ_BYTES);
    let sentAt = 0;
    let done = false;
    /** Of the answer that is arriving: its bytes, and how many there are so far. Zero: its head is awaited. */
    let length = 0;
    let arrived = 0;
    const send = () => {
      const request = next();
      sentAt = performance.now();
      done = request === undefined;
      if (request === undefined) socket.end();
      else socket.write(request);
    };
    const take = (bytes: number): boolean => {
      if (length === 0) length = lengthOf(buffer.toString('latin1', 0, bytes));
      arrived += bytes;
      if (arrived < length) return true;
      latencies.push(performance.now() - sentAt);
      length = 0;
      arrived = 0;
      send();
      return true;
    };
    const socket: Socket = connect({
      host: hostname,
      port: Number(port),
      noDelay: true,
      onread: {
        buffer,
        callback(bytes) {
          try {
            return take(bytes);
          } catch (error) {
            socket.destroy(error as Error);
            return false;
          }
        },
      },
    });
    socket.setTimeout(PATIENCE_MS, () => socket.destroy(new Error(`${hostname}:${port} does not answer`)));
    socket.once('connect', send);
    socket.once('error', reject);
    socket.once('close', () => {
      if (done) resolve();
      else reject(new Error(`${hostname}:${port} closed a connection that awaited an answer`));
    });
  });
}

/** Bytes of an answer, whose head must have come in one piece. Throws for one that is not 2xx. */
function lengthOf(start: string): number {
  const end = start.indexOf(HEAD_END);
  const head = start.slice(0, end).toLowerCase();
  const [, declared] = /\r\ncontent-length: (\d+)/.exec(head) ?? [];
  if (end < 0 || declared === undefined || !/^http\/1\.1 2\d\d /.test(head))
    throw new Error(`not what was asked for: ${start}`);
  return end + HEAD_END.length + Number(declared);
}
