import { once } from 'node:events';
import { extname, join } from 'node:path';
import { MessageChannel, Worker, receiveMessageOnPort } from 'node:worker_threads';
import { EventStoreError, type AppendResult, type EventToAppend, type ExpectedRevision } from '../port.js';
import { NO_STREAM, type Group, type ToWriter, type WriterData, type WriterSettings } from './protocol.js';
import { settleGroup, type Committed, type Waiting } from './settling.js';

/** Writes what was appended together in one commit. */
export interface GroupWriter {
  append(stream: string, events: readonly EventToAppend[], expected: ExpectedRevision): Promise<AppendResult>;
  /** Undefined while the writer lives. */
  failure(): EventStoreError | undefined;
  /** Waits until all that was given has been answered. */
  close(): Promise<void>;
}

/** So many appends go over at once even while the writer is busy: it has the next group before it ends this one. */
export const HANDFUL = 32;
/**
 * After so many handfuls of one turn of the event loop answers are looked for in between. Each lets more be appended in the
 * same turn, so without a bound there would be none for timers and sockets.
 */
const EARLY_ANSWERS = 8;

/**
 * Starts the writer's thread and speaks with it. An idle writer is given what one turn of the event loop appended, a
 * handful at a time, so that it commits the first while this thread still decides on the next; a busy one is given the
 * rest once it has answered. Each group comes back in one message, which is looked for at each handful, too: in a long turn
 * the first are answered while the last are still decided. `onCommitted` is told before the appends are answered.
 */
export async function startGroupWriter(
  settings: WriterSettings,
  onCommitted: (group: readonly Committed[]) => void,
): Promise<GroupWriter> {
  const { port1: answered, port2: theirEnd } = new MessageChannel();
  const worker = new Worker(join(__dirname, `writer-thread${extname(__filename)}`), {
    workerData: { ...settings, answers: theirEnd } satisfies WriterData,
    transferList: [theirEnd],
  });
  /** In the order in which they were given, which is the order of the answers. */
  let waiting: Waiting[] = [];
  let batch: (string | number)[] = [];
  /** Appends in the batch, and with the writer. */
  let gathered = 0;
  let underWay = 0;
  let earlyAnswers = 0;
  let died: EventStoreError | undefined;

  const handOver = () => {
    const message: ToWriter = batch;
    underWay += gathered;
    batch = [];
    gathered = 0;
    if (died === undefined) worker.postMessage(message);
  };
  const handOverWhenIdle = () => {
    if (underWay === 0 && gathered > 0) handOver();
  };
  const endTurn = () => {
    earlyAnswers = 0;
    handOverWhenIdle();
  };

  const settleNext = ({ answers, created }: Group) => {
    const group = waiting.slice(0, answers.length);
    waiting = waiting.slice(answers.length);
    underWay -= answers.length;
    handOverWhenIdle();
    settleGroup(group, answers, created, onCommitted);
  };

  const settleWhatCame = () => {
    for (
      let came = receiveMessageOnPort(answered);
      came !== undefined;
      came = receiveMessageOnPort(answered)
    ) {
      settleNext(came.message as Group);
    }
  };

  const die = (reason: unknown) => {
    if (died !== undefined) return;
    settleWhatCame();
    answered.close();
    died = new EventStoreError('STORE_UNAVAILABLE', 'the writer has ended', undefined, { cause: reason });
    for (const { reject } of waiting) {
      reject(
        new EventStoreError('OUTCOME_UNKNOWN', 'the writer ended before it answered', undefined, {
          cause: reason,
        }),
      );
    }
    waiting = [];
  };
  worker.on('error', die);
  worker.on('exit', die);
  await once(worker, 'message');
  answered.on('message', settleNext);

  return {
    append: (stream, events, expected) =>
      new Promise((resolve, reject) => {
        if (gathered++ === 0) setImmediate(endTurn);
        batch.push(stream, expected === 'no_stream' ? NO_STREAM : Number(expected), events.length);
        for (const { id, type, data, metadata } of events) batch.push(id, type, data, metadata);
        waiting.push({ stream, events, expected, resolve, reject });
        if (gathered < HANDFUL) return;
        handOver();
        if (earlyAnswers++ < EARLY_ANSWERS) settleWhatCame();
      }),
    failure: () => died,
    async close() {
      if (died !== undefined) return;
      const exit = once(worker, 'exit');
      if (gathered > 0) handOver();
      worker.postMessage(null satisfies ToWriter);
      await exit;
    },
  };
}
