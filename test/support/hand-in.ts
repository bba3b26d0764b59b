import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { Answer } from './api-client.js';

/** Sends files to an engine as one person or party does, well or badly. */
export interface HandingIn {
  /** The whole file at once. */
  send(bytes: Buffer, headers?: Readonly<Record<string, string>>, path?: string): Promise<Answer>;
  /** Without a length; `chunks` may come as slowly as they like, or end in an error. */
  stream(chunks: AsyncIterable<Buffer>, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  /** Says that it sends so many bytes, sends fewer, and waits. */
  begin(bytes: Buffer, length: number): Promise<{ abort(): void }>;
  /**
   * Whatever is written, exactly; resolves with everything that comes back until the connection ends. Our end of it is
   * closed when `written` has resolved.
   */
  raw(headers: readonly string[], body: Buffer | string, written?: () => Promise<void>): Promise<string>;
}

export function handingIn(url: string, token: string, path: string): HandingIn {
  const authorization = `Bearer ${token}`;
  const post = async (to: string, init: RequestInit): Promise<Answer> => {
    const response = await fetch(url + to, { method: 'POST', ...init });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: text.startsWith('{') ? JSON.parse(text) : undefined,
    };
  };
  return {
    send: (bytes, headers = {}, to = path) =>
      post(to, { headers: { authorization, ...headers }, body: new Uint8Array(bytes) }),
    stream: (chunks, headers = {}) =>
      post(path, {
        headers: { authorization, ...headers },
        body: ReadableStream.from(chunks),
        duplex: 'half',
      }),
    async begin(bytes, length) {
      const { hostname, port } = new URL(url);
      const request = httpRequest({
        hostname,
        port,
        path,
        method: 'POST',
        headers: { authorization, 'content-length': length },
      });
      request.on('error', () => undefined);
      await new Promise<void>((sent) => request.write(bytes, () => sent()));
      return { abort: () => request.destroy() };
    },
    async raw(headers, body, written) {
      const { hostname, port } = new URL(url);
      const socket = connect({ host: hostname, port: Number(port) });
      await once(socket, 'connect');
      const head = [`POST ${path} HTTP/1.1`, 'Host: test', `Authorization: ${authorization}`, ...headers];
      socket.write(`${head.join('\r\n')}\r\n\r\n`);
      let answer = '';
      socket.on('error', () => undefined);
      socket.on('data', (chunk: Buffer) => (answer += chunk.toString('latin1')));
      const closed = new Promise((resolve) => socket.once('close', resolve));
      socket.write(body);
      await written?.();
      socket.end();
      await closed;
      return answer;
    },
  };
}

/** How many files lie in each folder of an evidence store: received in part, whole, waiting, named. */
export async function evidenceOnDisk(folder: string): Promise<Readonly<Record<string, number>>> {
  const count = async (name: string) => {
    const entries = await readdir(join(folder, name), { recursive: true, withFileTypes: true }).catch(
      () => [],
    );
    return entries.filter((entry) => entry.isFile()).length;
  };
  return {
    incoming: await count('incoming'),
    files: await count('files'),
    waiting: await count('waiting'),
    settled: await count('settled'),
  };
}
