import { parentPort, workerData } from 'node:worker_threads';
import { sqliteWriter } from './sqlite-writer.js';
import type { WriteAnswer, WriteRequest, WriterThreadData } from './threaded-sqlite-writer.js';

/** The thread that writes read models for those who answer requests. */
const { file, busyTimeoutMs } = workerData as WriterThreadData;
const writer = sqliteWriter(file, busyTimeoutMs);
const underWay = new Set<Promise<void>>();

async function answer({ id, statements }: WriteRequest): Promise<WriteAnswer> {
  try {
    return { id, rows: await writer.write(statements) };
  } catch (error) {
    const { code, message } = error as { code?: unknown; message?: unknown };
    return { id, error: { code: String(code), message: String(message) } };
  }
}

async function leave(): Promise<void> {
  await Promise.all(underWay);
  await writer.close();
  parentPort?.close();
}

parentPort?.on('message', (request: WriteRequest | 'close') => {
  if (request === 'close') {
    void leave();
    return;
  }
  const done = answer(request).then((answered) => parentPort?.postMessage(answered));
  underWay.add(done);
  void done.then(() => underWay.delete(done));
});
