import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';

/** Speaks clamd's INSTREAM on a real socket, and knows one malware: EICAR. */
export interface TestClamd {
  /** What CLAMD_URL says. */
  readonly url: string;
  /** What it does from now on. */
  behave(how: Behaviour): void;
  /** Files that it has looked at. */
  readonly scanned: number;
  stop(): Promise<void>;
}

/** `small`: refuses streams of more than 1,000 bytes. `mute`: takes everything and never answers. */
export type Behaviour = 'well' | 'small' | 'mute' | 'hangs up';

export async function startClamd(path?: string): Promise<TestClamd> {
  let how: Behaviour = 'well';
  let scanned = 0;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    if (how === 'hangs up') socket.destroy();
    else void serve(socket);
  });
  const serve = async (socket: Socket) => {
    try {
      const stream = await receivedBy(socket, how === 'small' ? 1_000 : Infinity);
      if (how === 'mute') return;
      scanned++;
      socket.end(answerTo(stream));
    } catch {
      socket.destroy();
    }
  };
  server.listen(path === undefined ? { port: 0, host: '127.0.0.1' } : { path });
  await once(server, 'listening');
  return {
    url: path === undefined ? `tcp://127.0.0.1:${(server.address() as AddressInfo).port}` : `unix://${path}`,
    behave: (now) => (how = now),
    get scanned() {
      return scanned;
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}

const SIGNATURE = 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE';

const answerTo = (stream: Buffer | 'too long'): string => {
  if (stream === 'too long') return 'INSTREAM size limit exceeded. ERROR\0';
  return stream.includes(SIGNATURE) ? 'stream: Win.Test.EICAR_HDB-1 FOUND\0' : 'stream: OK\0';
};

/** The stream of one command, by its framing: lengths of four bytes, big-endian, and a length of zero at the end. */
async function receivedBy(socket: Socket, most: number): Promise<Buffer | 'too long'> {
  const chunks: Buffer[] = [];
  let size = 0;
  let rest = Buffer.alloc(0);
  let begun = false;
  for await (const bytes of socket.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    rest = Buffer.concat([rest, bytes]);
    if (!begun) {
      const command = 'zINSTREAM\0';
      if (rest.length < command.length) continue;
      if (rest.toString('latin1', 0, command.length) !== command) throw new Error('no such command');
      rest = rest.subarray(command.length);
      begun = true;
    }
    while (rest.length >= 4) {
      const length = rest.readUInt32BE(0);
      if (length === 0) return Buffer.concat(chunks);
      if (rest.length < 4 + length) break;
      chunks.push(rest.subarray(4, 4 + length));
      size += length;
      if (size > most) return 'too long';
      rest = rest.subarray(4 + length);
    }
  }
  throw new Error('the stream broke off');
}
