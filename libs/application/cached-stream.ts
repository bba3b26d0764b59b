import type { EventMetadata } from '../event-store/envelope.js';
import { START, type EventStore, type Position } from '../event-store/port.js';
import type { Codec } from '../event-store/codec.js';
import { GENESIS_HASH } from '../event-store/hash-chain.js';
import type { Message, StreamKind } from './stream-kind.js';

/** A stream folded as far as it has been read. Changed only by the one command that holds it. */
export interface CachedStream<State> {
  readonly stream: string;
  state: State | undefined;
  /** Of the last event folded in; -1n before the first. */
  revision: bigint;
  /** Hash of the last event folded in. */
  hash: string;
  /** Place of the last event folded in, in the log of all streams. */
  position: Position;
  /** Command id → revision of its first event: how a repeated command is recognised. */
  readonly seen: Map<string, bigint>;
  /** About how much memory it takes. */
  bytes: number;
  /** When the store was last asked for what is new, by `performance.now()`. */
  readAt: number;
}

export const emptyStream = <State>(stream: string): CachedStream<State> => ({
  stream,
  state: undefined,
  revision: -1n,
  hash: GENESIS_HASH,
  position: START,
  seen: new Map(),
  bytes: 1_000,
  readAt: -Infinity,
});

/** Folds in what the store holds beyond the cached revision. True when there was anything. */
export async function catchUp<State extends object, Event extends Message>(
  cached: CachedStream<State>,
  kind: Pick<StreamKind<State, never, Event, never>, 'evolve'>,
  store: EventStore,
  codec: Codec,
): Promise<boolean> {
  const before = cached.revision;
  cached.readAt = performance.now();
  for await (const recorded of store.readStream(cached.stream, { from: before + 1n })) {
    const { event, revision, metadata } = codec.decode(recorded);
    fold(cached, kind.evolve(cached.state, event as Event), revision, metadata, recorded.data.length);
    cached.position = recorded.position;
  }
  return cached.revision !== before;
}

/** Takes the state after one more event, and remembers what was done by whom. */
export function fold<State>(
  cached: CachedStream<State>,
  state: State,
  revision: bigint,
  { hash, commandId }: Pick<EventMetadata, 'hash' | 'commandId'>,
  length: number,
): void {
  cached.state = state;
  cached.revision = revision;
  cached.hash = hash;
  if (!cached.seen.has(commandId)) cached.seen.set(commandId, revision);
  // Parsed JSON takes a few times the space of its text, and an entry of `seen` about 150 bytes.
  cached.bytes += length * 3 + 150;
}
