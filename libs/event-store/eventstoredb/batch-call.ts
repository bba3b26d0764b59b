import type { UUID } from '@eventstore/db-client/generated/shared_pb.js';
import type { BatchAppendReq, BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { ClientDuplexStream } from '@grpc/grpc-js';

/** One batch append call: many appends under way on it, each found again by its correlation id. */
export interface BatchCall {
  /** Sends an append's messages; rejects with the call's error when the call ends first. */
  send(correlationId: string, messages: readonly BatchAppendReq[]): Promise<BatchAppendResp>;
  /** No longer waits for an append's answer. */
  forget(correlationId: string): void;
  /** How many answers came. */
  answers(): number;
  cancel(): void;
}

interface Waiting {
  resolve(response: BatchAppendResp): void;
  reject(error: Error): void;
}

/**
 * Appends over one call to one node. The client's own keeps the promises of every client of the process in one table:
 * the loss of one connection fails appends on all, and an answer that comes after it throws where nobody catches.
 */
export function batchCall(
  call: ClientDuplexStream<BatchAppendReq, BatchAppendResp>,
  onEnd: (error: Error) => void,
): BatchCall {
  const waiting = new Map<string, Waiting>();
  let answers = 0;
  let ended: Error | undefined;
  let full: PromiseWithResolvers<void> | undefined;

  const flow = () => {
    full?.resolve();
    full = undefined;
  };
  const end = (error: Error) => {
    if (ended) return;
    ended = error;
    onEnd(error);
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
    flow();
  };
  call.on('data', (response: BatchAppendResp) => {
    answers += 1;
    const id = textOf(response.getCorrelationId());
    waiting.get(id)?.resolve(response);
    waiting.delete(id);
  });
  call.on('drain', flow);
  call.on('error', end);
  call.on('end', () => end(new Error('the store ended the call')));

  /** A full socket makes every append wait: none piles up in memory. */
  const write = async (message: BatchAppendReq): Promise<void> => {
    while (full) await full.promise;
    if (ended) throw ended;
    if (!call.write(message)) full = Promise.withResolvers();
  };

  return {
    async send(correlationId, messages) {
      const response = new Promise<BatchAppendResp>((resolve, reject) => {
        if (ended) reject(ended);
        else waiting.set(correlationId, { resolve, reject });
      });
      // An error of the call rejects both.
      response.catch(() => undefined);
      for (const message of messages) await write(message);
      return response;
    },
    forget: (correlationId) => void waiting.delete(correlationId),
    answers: () => answers,
    cancel: () => call.cancel(),
  };
}

/** The server answers with two 64-bit halves, whatever form the id was sent in. */
function textOf(uuid: UUID | undefined): string {
  const halves = uuid?.getStructured();
  if (!halves) return uuid?.getString() ?? '';
  const hex = [halves.getMostSignificantBits(), halves.getLeastSignificantBits()]
    .map((half) => BigInt.asUintN(64, BigInt(half)).toString(16).padStart(16, '0'))
    .join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, '$1-$2-$3-$4-$5');
}
