import { LRUCache } from 'lru-cache';
import { emptyStream, type CachedStream } from './cached-stream.js';

/** One stream in this process: its cached fold, and who holds it or waits for it. */
export interface Slot<State> {
  readonly cached: CachedStream<State>;
  holders: number;
  busy: boolean;
  readonly waiting: (() => void)[];
}

/**
 * The folds of the streams that were used last, bounded by memory. A stream that a command holds is never dropped; what
 * was dropped is read again. The cache is never the truth: every append names the revision that it was decided on.
 */
export class StreamCache<State extends object> {
  private readonly recent: LRUCache<string, Slot<State>>;
  private readonly held = new Map<string, Slot<State>>();

  constructor(maxBytes: number) {
    this.recent = new LRUCache({
      maxSize: maxBytes,
      sizeCalculation: ({ cached }) => Math.min(cached.bytes, maxBytes),
    });
  }

  /** Keeps the stream in memory until it is let go, which every holder must do once. */
  hold(stream: string): Slot<State> {
    const slot = this.held.get(stream) ?? this.recent.get(stream) ?? newSlot(stream);
    if (slot.holders++ === 0) this.held.set(stream, slot);
    return slot;
  }

  letGo(stream: string, slot: Slot<State>): void {
    if (--slot.holders > 0) return;
    this.held.delete(stream);
    this.recent.set(stream, slot);
  }
}

const newSlot = <State>(stream: string): Slot<State> => ({
  cached: emptyStream(stream),
  holders: 0,
  busy: false,
  waiting: [],
});

/**
 * Waits for one's turn: commands on one stream run one after another, in the order in which they came, so that a busy
 * stream does not conflict with itself. Undefined when it is one's turn already. Whoever had a turn must {@link pass} it.
 */
export function turnOn(slot: Slot<unknown>): Promise<void> | undefined {
  if (slot.busy) return new Promise((resolve) => slot.waiting.push(resolve));
  slot.busy = true;
  return undefined;
}

export function pass(slot: Slot<unknown>): void {
  const next = slot.waiting.shift();
  if (next === undefined) slot.busy = false;
  else next();
}
