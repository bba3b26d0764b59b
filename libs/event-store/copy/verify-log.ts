import type { EventStore, Position } from '../port.js';
import { chains, type BrokenChain, type ChainHeads } from './chains.js';

export interface VerifyOptions {
  onProgress?(progress: { readonly events: number; readonly position: Position }): void;
  readonly signal?: AbortSignal;
}

export type LogVerdict =
  | ({ readonly intact: true } & ChainHeads)
  /** Everything before `broken` in the log is in order. */
  | ({ readonly intact: false; readonly broken: BrokenChain } & ChainHeads);

const TELL_EVERY = 500;

/** Recomputes every hash of every stream, in the order of the log, and stops at the first broken link. */
export async function verifyLog(
  store: Pick<EventStore, 'readAll'>,
  { onProgress, signal }: VerifyOptions = {},
): Promise<LogVerdict> {
  const verified = chains();
  let events = 0;
  for await (const event of store.readAll()) {
    const broken = verified.add(event);
    if (broken !== undefined) return { intact: false, broken, ...verified.heads() };
    events += 1;
    if (events % TELL_EVERY !== 0) continue;
    signal?.throwIfAborted();
    onProgress?.({ events, position: event.position });
  }
  return { intact: true, ...verified.heads() };
}
