import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { ProjectionError } from '../projection-error.js';
import type { Row, Statement } from './database.js';
import type { SqliteWriter } from './sqlite-writer.js';

/** What the writer's thread is started with, asked, and answers. */
export interface WriterThreadData {
  readonly file: string;
  readonly busyTimeoutMs: number;
}
export interface WriteRequest {
  readonly id: number;
  readonly statements: readonly Statement[];
}
export type WriteAnswer =
  | { readonly id: number; readonly rows: readonly (readonly Row[])[] }
  | { readonly id: number; readonly error: { readonly code: string; readonly message: string } };

interface Waiting {
  resolve(rows: readonly (readonly Row[])[]): void;
  reject(error: Error): void;
}

/** Writes in a thread of its own. If that ends by itself, what it had not answered fails, and the next write starts another. */
export function threadedSqliteWriter(file: string, busyTimeoutMs: number): SqliteWriter {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | undefined;
  let lastId = 0;
  let closed = false;

  const ended = (which: Worker, error: Error) => {
    if (which !== worker) return;
    worker = undefined;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  const settle = (answer: WriteAnswer) => {
    const one = waiting.get(answer.id);
    waiting.delete(answer.id);
    if ('rows' in answer) one?.resolve(answer.rows);
    else one?.reject(errorOf(answer.error));
  };
  const start = (): Worker => {
    const workerData: WriterThreadData = { file, busyTimeoutMs };
    const started = new Worker(join(__dirname, 'sqlite-write-thread.js'), { workerData });
    started.on('message', settle);
    started.on('error', (error) => ended(started, error as Error));
    started.on('exit', () => ended(started, new Error('the thread that writes read models has ended')));
    return started;
  };

  return {
    write: async (statements) =>
      new Promise((resolve, reject) => {
        if (closed) throw new Error('the read models are closed');
        worker ??= start();
        const id = ++lastId;
        // Kysely's own statements hold more than can be sent.
        const plain = statements.map(({ sql, parameters, fence }) => ({ sql, parameters, fence }));
        worker.postMessage({ id, statements: plain } satisfies WriteRequest);
        waiting.set(id, { resolve, reject });
      }),
    async close() {
      closed = true;
      if (worker === undefined) return;
      const exit = once(worker, 'exit');
      worker.postMessage('close');
      await exit;
    },
  };
}

/** Errors are told apart by their code and text, which survive the way between threads as plain values. */
const errorOf = ({ code, message }: { readonly code: string; readonly message: string }): Error =>
  code === 'LOCK_LOST' ? new ProjectionError(code, message) : Object.assign(new Error(message), { code });
