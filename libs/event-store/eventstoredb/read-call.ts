import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import type { Connection } from './connection.js';
import type { ReadMessage } from './read-message.js';
import type { Settings } from './settings.js';

export interface ReadCallOptions {
  readonly requiresLeader: boolean;
  /** A subscription may be silent once it is confirmed; a bounded read must not be. */
  readonly live: boolean;
  readonly signal?: AbortSignal;
}

/** A message, and whether more has already come. */
export interface Received {
  readonly message: ReadMessage;
  readonly more: boolean;
}

/**
 * The messages of one read or subscription in order, taken from the socket no faster than they are consumed. Throws when
 * the call fails, or when the next message does not come in time; leaving the loop, or the signal, ends the call.
 */
export async function* received(
  connection: Connection,
  settings: Settings,
  request: ReadReq,
  { requiresLeader, live, signal }: ReadCallOptions,
): AsyncGenerator<Received> {
  const stub = await connection.streams(settings.connectMs);
  if (signal?.aborted) return;
  const call = connection.read(stub, request, requiresLeader);
  // The status of a cancelled call is emitted although nobody iterates any more.
  call.on('error', () => undefined);
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
    const messages: AsyncIterator<ReadMessage> = call[Symbol.asyncIterator]();
    for (;;) {
      awaited = true;
      const next = await messages.next();
      awaited = false;
      done = next.done ?? false;
      if (done) return;
      if (live) clearTimeout(timer);
      yield { message: next.value, more: call.readableLength > 0 };
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
