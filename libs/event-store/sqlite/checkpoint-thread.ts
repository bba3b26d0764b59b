/**
 * Copies the write-ahead log into the database when the writer asks for it, while the writer writes on: SQLite's own
 * checkpoint at every thousandth page would make a commit wait for it. Runs as writer-thread.ts does.
 */
import type { MessagePort } from 'node:worker_threads';

const { workerData } = require('node:worker_threads') as typeof import('node:worker_threads');
const Sqlite = require('better-sqlite3') as typeof import('better-sqlite3');

const { file, port } = workerData as { file: string; port: MessagePort };
const database = new Sqlite(file, { fileMustExist: true, timeout: 0 });
database.pragma('synchronous = FULL');

let failing = false;

port.on('message', (order: 'go' | 'leave') => {
  if (order === 'leave') {
    database.close();
    port.close();
    return;
  }
  try {
    database.pragma('wal_checkpoint(PASSIVE)');
    failing = false;
  } catch (error) {
    // Appends that the disk has no room for will say so by themselves; once is enough here.
    if (!failing) process.emitWarning(`the write-ahead log of ${file} is not copied: ${String(error)}`);
    failing = true;
  }
  port.postMessage('done');
});
