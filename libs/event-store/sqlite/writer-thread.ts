/**
 * The thread that writes for one that must not stand still. Takes all appends that have arrived, has them committed together,
 * and only then answers them.
 *
 * Node runs this file as it stands where the sources run, and as the build compiled it otherwise. So it takes what it needs
 * by `require`, from packages and log-writer only, and has no syntax beyond types that can be taken away.
 */
import type { OpenLogWriter } from './log-writer.js';
import type { Append, Group, ToWriter, WriterData } from './protocol.js';

const { parentPort, receiveMessageOnPort, workerData } =
  require('node:worker_threads') as typeof import('node:worker_threads');
const path = require('node:path') as typeof import('node:path');
const { openLogWriter } = require(path.join(__dirname, `log-writer${path.extname(__filename)}`)) as {
  openLogWriter: OpenLogWriter;
};

/** Bounds how long an append waits for the others of its group. */
const MOST_IN_GROUP = 1_000;

if (parentPort === null) throw new Error('this is a worker thread');
const port = parentPort;
const { answers: answering, ...settings } = workerData as WriterData;
const log = openLogWriter(settings);

function commitGroup(appends: readonly Append[]): void {
  const created = Date.now();
  answering.postMessage({ created, answers: log.commit(appends, created) } satisfies Group);
  log.keepLogShort(appends);
}

function takeInto(appends: Append[], batch: readonly (string | number)[]): void {
  for (let at = 0; at < batch.length;) {
    const [stream, expected, count] = batch.slice(at, at + 3) as [string, number, number];
    const end = at + 3 + count * 4;
    appends.push({ stream, expected, texts: batch.slice(at + 3, end) as string[] });
    at = end;
  }
}

port.on('message', (first: ToWriter) => {
  let appends: Append[] = [];
  for (let batch: ToWriter | undefined = first; batch !== undefined; batch = arrived()) {
    if (batch === null) {
      if (appends.length > 0) commitGroup(appends);
      log.close(() => {
        answering.close();
        port.close();
      });
      return;
    }
    takeInto(appends, batch);
    if (appends.length >= MOST_IN_GROUP) {
      commitGroup(appends);
      appends = [];
    }
  }
  if (appends.length > 0) commitGroup(appends);
});

const arrived = (): ToWriter | undefined => receiveMessageOnPort(port)?.message;

port.postMessage('ready');
