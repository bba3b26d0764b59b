import { parentPort, workerData } from 'node:worker_threads';
import type { Row } from './database.js';
import { sqliteReader } from './sqlite-reader.js';
import type { SqliteAnswer, SqliteRequest, SqliteThread, SqliteThreadData } from './sqlite-thread.js';
import { sqliteWriter } from './sqlite-writer.js';

/** The thread that reads, or writes, read models for those who answer requests. */
const { file, busyTimeoutMs, does } = workerData as SqliteThreadData;
const connection = does === 'reads' ? reading() : writing();
const underWay = new Set<Promise<void>>();

function writing(): SqliteThread {
  const { write, close } = sqliteWriter(file, busyTimeoutMs);
  return { run: write, close };
}

function reading(): SqliteThread {
  const reader = sqliteReader(file, busyTimeoutMs);
  return {
    run: async (statements) =>
      statements.map(({ sql, parameters }) => reader.prepare(sql).all(...parameters) as Row[]),
    close: async () => reader.close(),
  };
}

async function answer({ id, statements }: SqliteRequest): Promise<SqliteAnswer> {
  try {
    return { id, rows: await connection.run(statements) };
  } catch (error) {
    const { code, message } = error as { code?: unknown; message?: unknown };
    return { id, error: { code: String(code), message: String(message) } };
  }
}

async function leave(): Promise<void> {
  await Promise.all(underWay);
  await connection.close();
  parentPort?.close();
}

parentPort?.on('message', (request: SqliteRequest | 'close') => {
  if (request === 'close') {
    void leave();
    return;
  }
  const done = answer(request).then((answered) => parentPort?.postMessage(answered));
  underWay.add(done);
  void done.then(() => underWay.delete(done));
});
