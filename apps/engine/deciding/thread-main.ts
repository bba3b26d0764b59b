import { parentPort, workerData } from 'node:worker_threads';
import { createApplication } from '../../../libs/application/application.js';
import type { CommandRequest } from '../../../libs/application/command-outcome.js';
import type { CommandReply } from '../../../libs/application/commands.js';
import type { RunnerObserver } from '../../../libs/application/runner-services.js';
import type { Role } from '../../../libs/domain/vocabulary.js';
import { eventSchemas } from '../../../libs/domain/registry.js';
import { createCodec } from '../../../libs/event-store/codec.js';
import { eventStoreErrorCode } from '../../../libs/event-store/port.js';
import { SystemClock, VirtualClock } from '../../../libs/kernel/clock.js';
import { openEventLog } from '../adapters.js';
import { handedInFiles, openEvidenceFiles } from '../evidence/evidence-services.js';
import { decideHere } from './deciding.js';
import {
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
 * The thread that decides and writes. What a message brings is decided one after the other, what that appends is one commit,
 * and what came of it goes back in one message.
 */
async function main({ config, now, replies }: DecidingData): Promise<void> {
  const virtual = now === undefined ? undefined : new VirtualClock(now);
  const store = await openEventLog(config, { commitsHere: true });
  const files = handedInFiles(await openEvidenceFiles(config), config.evidenceFilesRequired);
  const { say, speakSoon, observer } = mouth((message) => replies.postMessage(message));
  const application = createApplication({
    store,
    codec: createCodec(eventSchemas),
    clock: virtual ?? new SystemClock(),
    files,
    observer,
  });
  const deciding = decideHere(application);
  const running = new Set<Promise<void>>();

  const take = (sent: readonly Sent[]) => {
    const [number, kind, id, ...rest] = sent as [number, SentKind, string, ...Sent[]];
    const reply = kind === 'read' ? deciding.prepare(id) : deciding.run(kind, requestOf(id, rest));
    const said = reply.then(
      (outcome) => say(number, outcome ?? undefined),
      (error: unknown) => say(number, undefined, error),
    );
    running.add(said);
    void said.then(() => running.delete(said));
  };
  const stop = async () => {
    await Promise.all(running);
    await store.close();
    // After what was said last.
    setImmediate(() => {
      replies.close();
      parentPort?.close();
    });
  };
  parentPort?.on('message', (message: ToDeciding) => {
    if (message === 'stop') return void stop();
    if (message.now !== undefined) virtual?.moveTo(message.now);
    for (let at = 0; at < message.sent.length; at += SENT) take(message.sent.slice(at, at + SENT));
    speakSoon();
  });
  parentPort?.postMessage('ready');
}

function requestOf(id: string, rest: readonly Sent[]): CommandRequest<never> {
  const [command, role, callerId, idempotencyKey, expected, correlationId] = rest as [
    string,
    Role,
    string,
    string,
    string | null,
    string | null,
  ];
  return {
    id,
    command: JSON.parse(command) as never,
    caller: { role, id: callerId },
    idempotencyKey,
    expectedRevision: expected === null ? undefined : BigInt(expected),
    correlationId: correlationId ?? undefined,
  };
}

/**
 * Gathers what there is to say until the turn of the event loop ends. Asked for when a message has been taken, it speaks after
 * the commit of what the message appended, for which the log's writer has asked before.
 */
function mouth(post: (message: Replies) => void) {
  let replied: Replied[] = [];
  let commands: (string | number)[] = [];
  let appends: number[] = [];
  let soon = false;
  const speak = () => {
    soon = false;
    if (replied.length === 0) return;
    post({ replied, commands, appends });
    replied = [];
    commands = [];
    appends = [];
  };
  const speakSoon = () => {
    if (soon) return;
    soon = true;
    setImmediate(speak);
  };
  const observer: RunnerObserver = {
    command: (kind, outcome, seconds) => void commands.push(kind, outcome, seconds),
    append: (seconds) => void appends.push(seconds),
  };
  const say = (number: number, outcome: CommandReply | undefined, error?: unknown): void => {
    if (outcome?.kind === 'accepted') {
      const { replayed, revision, body, location } = outcome;
      const verdict = replayed ? VERDICT.replayed : VERDICT.accepted;
      replied.push(number, verdict, Number(revision), body, location);
    } else if (error === undefined) {
      replied.push(number, VERDICT.otherwise, 0, JSON.stringify(outcome ?? null), '');
    } else {
      replied.push(number, VERDICT.failed, 0, JSON.stringify(failed(error)), '');
    }
    speakSoon();
  };
  return { say, speakSoon, observer };
}

function failed(error: unknown): Failed {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return { code: eventStoreErrorCode(error), message, stack };
}

void main(workerData as DecidingData);
