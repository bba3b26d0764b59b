import { sha256 } from '../../kernel/sha256.js';
import { GENESIS, nextLink, type BrokenLink, type ChainLink } from '../hash-chain.js';
import type { Position, RecordedEvent } from '../port.js';

/** Where in a log a chain breaks. */
export interface BrokenChain extends BrokenLink {
  readonly stream: string;
  readonly position: Position;
}

/** What the chains of a log end with. Two logs of equal heads hold the same streams with the same events. */
export interface ChainHeads {
  readonly events: number;
  readonly streams: number;
  /**
   * SHA-256 (hex) of one line a stream, `stream TAB revision TAB hash LF`, sorted by stream: one value to keep elsewhere,
   * which tells later that no stream lost its tail.
   */
  readonly heads: string;
}

/** The hash chains of all streams, verified in the order of the log. Takes memory for one link a stream. */
export interface Chains {
  /** Takes the log's next event; tells where its stream's chain breaks, if it does. */
  add(event: RecordedEvent): BrokenChain | undefined;
  heads(): ChainHeads;
}

export function chains(): Chains {
  const links = new Map<string, ChainLink>();
  let events = 0;
  return {
    add(event) {
      const { stream, position } = event;
      const next = nextLink(links.get(stream) ?? GENESIS, event);
      if ('reason' in next) return { ...next, stream, position };
      links.set(stream, next);
      events += 1;
      return undefined;
    },
    heads() {
      const sorted = [...links].toSorted(([one], [other]) => (one < other ? -1 : 1));
      const lines = sorted.map(([stream, { revision, hash }]) => `${stream}\t${revision}\t${hash}\n`);
      return { events, streams: links.size, heads: sha256(lines.join('')) };
    },
  };
}
