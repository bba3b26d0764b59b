import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Scanner, Verdict } from '../scanner.js';

export interface ClamdOptions {
  /** A verdict that takes longer is none. Default 60,000 ms. */
  readonly patienceMs?: number;
}

const CHUNK = 65_536;
const LONGEST_ANSWER = 1_024;

/**
 * ClamAV's daemon, asked by INSTREAM (clamd(8)): `tcp://host:port` or `unix:///path/to/clamd.ctl`. Whatever is not
 * clearly OK or FOUND (no daemon, a limit of its, a broken connection, silence) is undecided.
 */
export const clamdScanner = (url: string, { patienceMs = 60_000 }: ClamdOptions = {}): Scanner => ({
  async scan(bytes) {
    const late = AbortSignal.timeout(patienceMs);
    const over = new AbortController();
    const signal = AbortSignal.any([late, over.signal]);
    const socket = connectTo(url);
    signal.addEventListener('abort', () => socket.destroy(), { once: true });
    const sent = send(socket, bytes, signal).catch((error: Error) => void socket.destroy(error));
    try {
      return verdictOf(await answerOf(socket));
    } catch (error) {
      return { kind: 'undecided', reason: late.aborted ? 'no answer in time' : reasonOf(error) };
    } finally {
      over.abort();
      await sent;
    }
  },
});

function connectTo(url: string): Socket {
  const { protocol, hostname, port, pathname } = new URL(url);
  return protocol === 'unix:' ? connect(pathname) : connect({ host: hostname, port: Number(port || 3310) });
}

async function send(socket: Socket, bytes: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<void> {
  await once(socket, 'connect', { signal });
  await write(socket, Buffer.from('zINSTREAM\0'), signal);
  for await (const piece of bytes) {
    for (let at = 0; at < piece.length; at += CHUNK) {
      const chunk = piece.subarray(at, at + CHUNK);
      const length = Buffer.alloc(4);
      length.writeUInt32BE(chunk.length);
      await write(socket, Buffer.concat([length, chunk]), signal);
    }
  }
  await write(socket, Buffer.alloc(4), signal);
}

async function write(socket: Socket, bytes: Buffer, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  if (!socket.write(bytes)) await once(socket, 'drain', { signal });
}

async function answerOf(socket: Socket): Promise<string> {
  let answer = '';
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    answer += chunk.toString('latin1');
    if (answer.includes('\0') || answer.length > LONGEST_ANSWER) break;
  }
  return answer.split('\0', 1)[0] ?? '';
}

function verdictOf(answer: string): Verdict {
  if (answer === 'stream: OK') return { kind: 'clean' };
  const signature = /^stream: (.+) FOUND$/.exec(answer)?.[1];
  return signature === undefined
    ? { kind: 'undecided', reason: answer === '' ? 'no answer' : answer.slice(0, 200) }
    : { kind: 'infected', signature };
}

const reasonOf = (error: unknown): string => {
  const { code, message } = error as NodeJS.ErrnoException;
  return code ?? message;
};
