import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import type { ClientReadableStream } from '@grpc/grpc-js';
import { MOST_EVENTS_A_MESSAGE } from '../port.js';
import type { Connection } from './connection.js';
import type { ReadMessage } from './read-message.js';
import type { Settings } from './settings.js';

export interface ReadCallOptions {
  readonly requiresLeader: boolean;
  /** A subscription may be silent once it is confirmed; a bounded read must not be. */
  readonly live: boolean;
  readonly signal?: AbortSignal;
}

/**
 * The messages of one read or subscription in order, as many at a time as have come together, taken from the socket no
 * faster than they are consumed. Throws when the call fails, or when the next message does not come in time; leaving the
 * loop, or the signal, ends the call.
 */
export async function* received(
  connection: Connection,
  settings: Settings,
  request: ReadReq,
  { requiresLeader, live, signal }: ReadCallOptions,
): AsyncGenerator<readonly ReadMessage[]> {
  const stub = await connection.streams(settings.connectMs);
  if (signal?.aborted) return;
  const call = connection.read(stub, request, requiresLeader);
  const inbox = inboxOf(call);
  const cancel = () => call.cancel();
  signal?.addEventListener('abort', cancel);
  let left = false;
  const stay = connection.onLeaving(stub, () => {
    left = true;
    cancel();
  });
  let awaited = false;
  let done = false;
  const timer = setTimeout(() => awaited && void connection.leave(stub), settings.attemptMs);
  try {
    for (;;) {
      awaited = true;
      const messages = await inbox.take();
      awaited = false;
      done = messages === undefined;
      if (messages === undefined) return;
      if (live) clearTimeout(timer);
      yield messages;
      if (!live) timer.refresh();
    }
  } catch (error) {
    if (signal?.aborted) return;
    if (left) throw new Error('the node did not answer in time', { cause: error });
    void connection.ended(stub, error as Error);
    throw error;
  } finally {
    clearTimeout(timer);
    stay();
    signal?.removeEventListener('abort', cancel);
    if (!done) cancel();
  }
}

interface Inbox {
  /** What has come since the last time; waits while that is nothing. Undefined at the end; throws what the call failed with. */
  take(): Promise<readonly ReadMessage[] | undefined>;
}

/**
 * Gathers the messages that come in one turn of the event loop: waiting for each by itself costs as much as decoding it.
 * A full inbox stops the call.
 */
function inboxOf(call: ClientReadableStream<ReadMessage>): Inbox {
  let messages: ReadMessage[] = [];
  let ended = false;
  let failure: Error | undefined;
  let wake: (() => void) | undefined;

  const arrived = () => {
    if (wake === undefined) return;
    setImmediate(wake);
    wake = undefined;
  };
  call.on('data', (message: ReadMessage) => {
    if (messages.push(message) >= MOST_EVENTS_A_MESSAGE) call.pause();
    arrived();
  });
  call.on('end', () => {
    ended = true;
    arrived();
  });
  // The status of a cancelled call is emitted although nobody waits any more.
  call.on('error', (error: Error) => {
    failure = error;
    arrived();
  });

  return {
    async take() {
      while (messages.length === 0) {
        if (failure !== undefined) throw failure;
        if (ended) return undefined;
        await new Promise<void>((resolve) => (wake = resolve));
      }
      const taken = messages;
      messages = [];
      if (call.isPaused()) call.resume();
      return taken;
    },
  };
}
