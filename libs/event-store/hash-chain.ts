import { canonicalJson } from '../kernel/canonical-json.js';
import { sha256 } from '../kernel/sha256.js';
import type { EventMetadata } from './envelope.js';
import type { RecordedEvent } from './port.js';

/** `prevHash` of a stream's first event. */
export const GENESIS_HASH = '0'.repeat(64);

/**
 * What an event's hash covers: all of the envelope but the hash itself and the position, which differs between stores.
 * The hash is the SHA-256, as lower-case hex, of this object's canonical JSON (RFC 8785) in UTF-8. Nothing else goes
 * into it, so anyone can compute it again: with Web Crypto in a browser, with any RFC 8785 library in any language.
 */
export interface HashedEnvelope {
  readonly id: string;
  readonly stream: string;
  /** Decimal text. */
  readonly revision: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly data: unknown;
  readonly metadata: Omit<EventMetadata, 'hash'>;
}

/** The same text as canonical JSON has, put together from canonical texts of data and metadata that are there already. */
export function hashedText(
  envelope: Omit<HashedEnvelope, 'data' | 'metadata'> & { readonly data: string; readonly metadata: string },
): string {
  const { id, stream, revision, type, schemaVersion, data, metadata } = envelope;
  return (
    `{"data":${data},"id":${canonicalJson(id)},"metadata":${metadata},"revision":"${revision}",` +
    `"schemaVersion":${schemaVersion},"stream":${canonicalJson(stream)},"type":${canonicalJson(type)}}`
  );
}

/** What the hash of a recorded event covers, and the hash that it claims. Throws when it is no such JSON. */
export function hashedEnvelope(event: RecordedEvent): {
  readonly envelope: HashedEnvelope;
  readonly hash: string;
} {
  const { hash, schemaVersion, ...metadata } = JSON.parse(event.metadata);
  if (typeof hash !== 'string' || typeof metadata.prevHash !== 'string') {
    throw new SyntaxError('metadata without hashes');
  }
  const { id, stream, type } = event;
  const data: unknown = JSON.parse(event.data);
  return {
    envelope: { id, stream, revision: String(event.revision), type, schemaVersion, data, metadata },
    hash,
  };
}

/**
 * An event as somebody is shown it. Where its data is withheld from them, its place in the chain can be verified, and
 * its content cannot: that its hash is the right one is vouched for by the next event alone.
 */
export type ShownEvent = RecordedEvent & { readonly withheld?: boolean };

/** A stream's verified part, by its last event. */
export interface ChainLink {
  readonly revision: bigint;
  readonly hash: string;
}

/** Before the first event. */
export const GENESIS: ChainLink = { revision: -1n, hash: GENESIS_HASH };

export interface BrokenLink {
  /** Of the event at which the chain breaks. */
  readonly revision: bigint;
  readonly reason: 'REVISION_GAP' | 'PREV_HASH_MISMATCH' | 'HASH_MISMATCH';
  /** What the chain asks for: a revision, or a hash. */
  readonly expected: string;
  /** What the event says; empty when it is not even JSON. */
  readonly found: string;
}

export type ChainVerdict =
  /** `head` is the last event's hash, or GENESIS_HASH: compare it with one kept elsewhere to see that no tail is missing. */
  | {
      readonly intact: true;
      readonly count: number;
      readonly head: string;
      /** Of these events the content was not there to verify; absent: of none. */
      readonly withheld?: number;
    }
  /** `count` events up to `head` are in order; `broken` is the first that is not. */
  | { readonly intact: false; readonly count: number; readonly head: string; readonly broken: BrokenLink };

/**
 * Recomputes every hash of one stream, in the order of revisions, and stops at the first broken link.
 * Judges the value of the JSON: a copy that was formatted anew is intact, one with another value is not.
 * With `after` only the rest of a stream is verified, on the word of an earlier verdict.
 */
export async function verifyChain(
  events: AsyncIterable<ShownEvent> | Iterable<ShownEvent>,
  after: ChainLink = GENESIS,
): Promise<ChainVerdict> {
  let link = after;
  let count = 0;
  let withheld = 0;
  for await (const event of events) {
    const next = nextLink(link, event);
    if ('reason' in next) return { intact: false, count, head: link.hash, broken: next };
    link = next;
    count++;
    if (event.withheld === true) withheld++;
  }
  return { intact: true, count, head: link.hash, ...(withheld === 0 ? {} : { withheld }) };
}

/** One step of {@link verifyChain}. */
export function nextLink(link: ChainLink, event: ShownEvent): ChainLink | BrokenLink {
  const { revision } = event;
  const broken = (reason: BrokenLink['reason'], expected: string, found: string): BrokenLink => ({
    revision,
    reason,
    expected,
    found,
  });
  if (revision !== link.revision + 1n) {
    return broken('REVISION_GAP', String(link.revision + 1n), String(revision));
  }
  const read = readable(event);
  if (read === undefined) return broken('HASH_MISMATCH', '', '');
  const { envelope, hash, computed } = read;
  if (envelope.metadata.prevHash !== link.hash) {
    return broken('PREV_HASH_MISMATCH', link.hash, envelope.metadata.prevHash);
  }
  return computed === hash || event.withheld === true
    ? { revision, hash }
    : broken('HASH_MISMATCH', computed, hash);
}

function readable(event: RecordedEvent) {
  try {
    const { envelope, hash } = hashedEnvelope(event);
    return { envelope, hash, computed: sha256(canonicalJson(envelope)) };
  } catch {
    return undefined;
  }
}
