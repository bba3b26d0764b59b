import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { ProjectionError } from '../projection-error.js';
import type { Row, Statement } from './database.js';

/** What the thread is started with, asked, and answers. */
export interface SqliteThreadData {
  readonly file: string;
  readonly busyTimeoutMs: number;
  readonly does: 'reads' | 'writes';
}
export interface SqliteRequest {
  readonly id: number;
  readonly statements: readonly Statement[];
}
export type SqliteAnswer =
  | { readonly id: number; readonly rows: readonly (readonly Row[])[] }
  | { readonly id: number; readonly error: { readonly code: string; readonly message: string } };

/** A file of read models, read or written in a thread of its own. */
export interface SqliteThread {
  /** The rows that each statement returned. Written statements are one transaction. */
  run(statements: readonly Statement[]): Promise<readonly (readonly Row[])[]>;
  /** Resolves when what was asked before is done. */
  close(): Promise<void>;
}

interface Waiting {
  resolve(rows: readonly (readonly Row[])[]): void;
  reject(error: Error): void;
}

/** If the thread ends by itself, what it had not answered fails, and what is asked next starts another. */
export function sqliteThread(data: SqliteThreadData): SqliteThread {
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
  const settle = (answer: SqliteAnswer) => {
    const one = waiting.get(answer.id);
    waiting.delete(answer.id);
    if ('rows' in answer) one?.resolve(answer.rows);
    else one?.reject(errorOf(answer.error));
  };
  const start = (): Worker => {
    const started = new Worker(join(__dirname, 'sqlite-thread-main.js'), { workerData: data });
    started.on('message', settle);
    started.on('error', (error) => ended(started, error as Error));
    started.on('exit', () => ended(started, new Error(`the thread that ${data.does} read models has ended`)));
    return started;
  };

  return {
    run: async (statements) =>
      new Promise((resolve, reject) => {
        if (closed) throw new Error('the read models are closed');
        worker ??= start();
        const id = ++lastId;
        // Kysely's own statements hold more than can be sent.
        const plain = statements.map(({ sql, parameters, fence }) => ({ sql, parameters, fence }));
        worker.postMessage({ id, statements: plain } satisfies SqliteRequest);
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
