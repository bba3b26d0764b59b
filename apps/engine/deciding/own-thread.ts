import { once } from 'node:events';
import { join } from 'node:path';
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { CommandReply } from '../../../libs/application/commands.js';
import type { RunnerObserver } from '../../../libs/application/runner-services.js';
import { EventStoreError, type EventStoreErrorCode } from '../../../libs/event-store/port.js';
import type { Clock } from '../../../libs/kernel/clock.js';
import type { EngineConfig } from '../config.js';
import { THREAD_LIMITS } from '../threads.js';
import type { Deciding } from './deciding.js';
import {
  REPLIED,
  SENT,
  VERDICT,
  type DecidingData,
  type Failed,
  type Replied,
  type Replies,
  type Sent,
  type SentKind,
  type ToDeciding,
} from './protocol.js';

/**
 * So many commands go over at once, while the rest of this turn's requests are still being read. Each handful is a commit: of
 * fewer the disk would be asked more often.
 */
const HANDFUL = 128;
/**
 * After so many handfuls of one turn of the event loop replies are looked for in between: in a long turn the first callers are
 * answered while the requests of the last are still read. Bounded, for there are timers, too.
 */
const EARLY_REPLIES = 8;
export interface OwnThreadOptions {
  readonly config: EngineConfig;
  /** Present where time is moved by hand: the thread's is moved with it. */
  readonly clock?: Clock;
  readonly observer: RunnerObserver;
  /** What the thread runs. Default: the program that was built beside this file. */
  readonly program?: string;
  /** Called when what was sent has been answered, and so may have been written. */
  onReplies(): void;
}

interface Waiting {
  readonly resolve: (reply: CommandReply) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Decides and writes in a thread of its own, so that the one that answers only answers. It owns the log: whatever this process
 * appends is appended there. Rejects when the log cannot be opened.
 */
export async function decideInItsOwnThread(options: OwnThreadOptions): Promise<Deciding> {
  const { config, clock, observer, onReplies, program = join(__dirname, 'thread-main.js') } = options;
  const { port1: replies, port2: theirEnd } = new MessageChannel();
  const worker = new Worker(program, {
    workerData: {
      config: { ...config, environment: {} },
      now: clock?.now(),
      replies: theirEnd,
    } satisfies DecidingData,
    transferList: [theirEnd],
    resourceLimits: THREAD_LIMITS,
  });
  const waiting = new Map<number, Waiting>();
  let count = 0;
  let batch: Sent[] = [];
  let earlyReplies = 0;
  let died: EventStoreError | undefined;

  const handOver = () => {
    if (batch.length === 0 || died !== undefined) return;
    const message: ToDeciding = { now: clock?.now(), sent: batch };
    batch = [];
    worker.postMessage(message);
  };
  const endTurn = () => {
    earlyReplies = 0;
    handOver();
  };
  const send = (kind: SentKind, id: string, rest: readonly Sent[]) =>
    new Promise<CommandReply>((resolve, reject) => {
      if (died !== undefined) return reject(died);
      count += 1;
      waiting.set(count, { resolve, reject });
      if (batch.length === 0) setImmediate(endTurn);
      batch.push(count, kind, id, ...rest);
      if (batch.length < HANDFUL * SENT) return;
      handOver();
      if (earlyReplies++ < EARLY_REPLIES) takeWhatCame();
    });

  const take = ({ replied, commands, appends }: Replies) => {
    onReplies();
    for (let at = 0; at < commands.length; at += 3) {
      const [kind, outcome, seconds] = commands.slice(at, at + 3);
      observer.command(...([kind, outcome, seconds] as Parameters<RunnerObserver['command']>));
    }
    for (const seconds of appends) observer.append(seconds);
    for (let at = 0; at < replied.length; at += REPLIED) {
      const number = replied[at] as number;
      const one = waiting.get(number);
      waiting.delete(number);
      if (one !== undefined) settle(one, replied, at);
    }
  };
  const takeWhatCame = () => {
    for (let came = receiveMessageOnPort(replies); came !== undefined; came = receiveMessageOnPort(replies))
      take(came.message as Replies);
  };
  const die = (cause: unknown) => {
    if (died !== undefined) return;
    takeWhatCame();
    replies.close();
    died = new EventStoreError('STORE_UNAVAILABLE', 'nothing is decided any more', undefined, { cause });
    const unknown = 'the thread that decides ended before it answered';
    for (const { reject } of waiting.values())
      reject(new EventStoreError('OUTCOME_UNKNOWN', unknown, undefined, { cause }));
    waiting.clear();
  };

  await once(worker, 'message');
  replies.on('message', take);
  worker.on('error', die);
  worker.on('exit', die);

  return {
    run: (kind, { id, command, caller, idempotencyKey, expectedRevision, correlationId }) =>
      send(kind, id, [
        JSON.stringify(command),
        caller.role,
        caller.id,
        idempotencyKey,
        expectedRevision === undefined ? null : String(expectedRevision),
        correlationId ?? null,
      ]),
    prepare: async (orderId) => void (await send('read', orderId, NOTHING)),
    failure: () => died,
    async close() {
      if (died !== undefined) return;
      const exit = once(worker, 'exit');
      handOver();
      worker.postMessage('stop' satisfies ToDeciding);
      await exit;
    },
  };
}

const NOTHING: readonly null[] = Array.from({ length: SENT - 3 }, () => null);

function settle({ resolve, reject }: Waiting, replied: readonly Replied[], at: number): void {
  const [verdict, revision, text, location] = replied.slice(at + 1, at + REPLIED) as [
    number,
    number,
    string,
    string,
  ];
  if (verdict === VERDICT.otherwise) return resolve(JSON.parse(text) as CommandReply);
  if (verdict === VERDICT.failed) return reject(errorOf(JSON.parse(text) as Failed));
  const replayed = verdict === VERDICT.replayed;
  resolve({ kind: 'accepted', replayed, revision: BigInt(revision), body: text, location });
}

function errorOf({ code, message, stack }: Failed): Error {
  const error =
    code === undefined ? new Error(message) : new EventStoreError(code as EventStoreErrorCode, message);
  if (stack !== undefined) error.stack = stack;
  return error;
}
