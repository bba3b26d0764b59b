import { randomUUID } from 'node:crypto';
import type { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import {
  EventStoreError,
  type AppendResult,
  type EventToAppend,
  type ExpectedRevision,
  type Position,
} from '../port.js';
import { appendMessages } from './append-messages.js';
import { outcomeOf, type AppendOutcome } from './append-outcome.js';
import { pause, pauseMs } from './back-off.js';
import { batchCall, type BatchCall } from './batch-call.js';
import type { Connection } from './connection.js';
import { failureOf, storeUnavailable } from './failure.js';
import type { Settings } from './settings.js';

export interface Appender {
  append(stream: string, events: readonly EventToAppend[], expected: ExpectedRevision): Promise<AppendResult>;
  /** Ends the call that appends share. Those under way get OUTCOME_UNKNOWN. */
  stop(): void;
}

interface Open {
  readonly stub: StreamsClient;
  readonly call: BatchCall;
}

/**
 * Appends that may be repeated. An attempt whose outcome is unknown (lost connection, no answer in time, a timeout on
 * the server) is made again with the same event ids at the same expected revision, which the server recognises; so an
 * append is written once or not at all. When the time for it is over it rejects: OUTCOME_UNKNOWN when an attempt may
 * have been written, STORE_UNAVAILABLE when none was even sent.
 */
export function appender(
  connection: Connection,
  settings: Settings,
  positionAt: (stream: string, revision: bigint) => Promise<Position>,
): Appender {
  let shared: Promise<Open> | undefined;
  let stopped = false;

  const open = async (): Promise<Open> => {
    const stub = await connection.streams(settings.connectMs);
    const mine = shared;
    const call = batchCall(stub.batchAppend(...connection.call(true)), (error) => {
      stay();
      if (shared === mine) shared = undefined;
      void connection.ended(stub, error);
    });
    const stay = connection.onLeaving(stub, () => call.cancel());
    return { stub, call };
  };

  const opened = async (): Promise<Open> => {
    shared ??= open().catch((error: unknown) => {
      shared = undefined;
      throw error;
    });
    return shared;
  };

  const attempt = async (
    stream: string,
    events: readonly EventToAppend[],
    expected: ExpectedRevision,
    withinMs: number,
  ): Promise<AppendOutcome> => {
    const id = randomUUID();
    const messages = appendMessages(id, stream, events, expected);
    let target: Open;
    try {
      target = await opened();
    } catch (cause) {
      const failure = failureOf(cause);
      return failure.kind === 'refused' ? failure : { kind: 'not_sent', cause };
    }
    const { call, stub } = target;
    const before = call.answers();
    let timer: NodeJS.Timeout | undefined;
    // A frozen server holds a call until the connection's keep-alive gives up: too long for a command.
    const late = new Promise<AppendOutcome>((resolve) => {
      timer = setTimeout(() => {
        call.forget(id);
        if (call.answers() === before) void connection.leave(stub);
        resolve({ kind: 'unknown', cause: new Error(`no answer within ${withinMs} ms`) });
      }, withinMs);
    });
    const answered = call.send(id, messages).then(outcomeOf, (cause: unknown): AppendOutcome => {
      const failure = failureOf(cause);
      return failure.kind === 'refused' ? failure : { kind: 'unknown', cause };
    });
    return Promise.race([answered, late]).finally(() => clearTimeout(timer));
  };

  const append: Appender['append'] = async (stream, events, expected) => {
    const until = Date.now() + settings.giveUpMs;
    let mayBeWritten = false;
    for (let repetition = 0; ; repetition++) {
      const outcome = await attempt(stream, events, expected, settings.attemptMs);
      switch (outcome.kind) {
        case 'written': {
          const { revision, position = await positionAt(stream, revision) } = outcome;
          return { revision, position };
        }
        case 'refused':
          throw outcome.error;
        case 'unknown':
          mayBeWritten = true;
          break;
        case 'not_sent':
          break;
      }
      const wait = pauseMs(settings.backOff, repetition + 1, settings.random);
      if (stopped || Date.now() + wait >= until) {
        if (!mayBeWritten) throw storeUnavailable(outcome.cause);
        throw new EventStoreError(
          'OUTCOME_UNKNOWN',
          'EventStoreDB did not say whether it took the append',
          undefined,
          { cause: outcome.cause },
        );
      }
      await pause(wait);
    }
  };

  return {
    append,
    stop() {
      stopped = true;
      shared?.then(
        ({ call }) => call.cancel(),
        () => undefined,
      );
    },
  };
}
