import { randomUUID } from 'node:crypto';
import { GENESIS_HASH } from '../../libs/event-store/hash-chain.js';
import type { EventStore, EventToAppend } from '../../libs/event-store/port.js';
import { canonicalJson } from '../../libs/kernel/canonical-json.js';
import { sha256 } from '../../libs/kernel/sha256.js';

export interface ChainedLogOptions {
  readonly streams: number;
  readonly appends: number;
  /** 0 ≤ x < 1. */
  readonly random: () => number;
  /** More text in every event. */
  readonly padding?: number;
}

/** Appends of one to three chained events to one stream after another, at random; resolves to how many events those were. */
export async function writeChainedLog(
  store: Pick<EventStore, 'append'>,
  { streams, appends, random, padding = 0 }: ChainedLogOptions,
): Promise<number> {
  const heads = new Map<string, { revision: bigint; hash: string }>();
  const under: Promise<unknown>[] = [];
  let events = 0;
  for (let index = 0; index < appends; index++) {
    const stream = `order-${Math.floor(random() * streams)}`;
    const head = heads.get(stream);
    const appended: EventToAppend[] = [];
    let { revision, hash } = head ?? { revision: -1n, hash: GENESIS_HASH };
    for (let left = 1 + Math.floor(random() * 3); left > 0; left--) {
      revision += 1n;
      const { event, hash: next } = chainedEvent(stream, revision, hash, dataText(random, padding));
      appended.push(event);
      hash = next;
    }
    heads.set(stream, { revision, hash });
    events += appended.length;
    under.push(store.append(stream, appended, head === undefined ? 'no_stream' : head.revision));
    if (under.length % 500 === 0) await Promise.all(under.splice(0));
  }
  await Promise.all(under);
  return events;
}

/** One event as it is stored, linked to the one before. Data is kept as it is written, canonical or not. */
export function chainedEvent(
  stream: string,
  revision: bigint,
  prevHash: string,
  data: string,
): { readonly event: EventToAppend; readonly hash: string } {
  const id = randomUUID();
  const type = `Type${revision % 7n}`;
  const at = '2026-03-01T00:00:00.000Z';
  const actor = { id: 'B1', role: 'buyer' };
  const metadata = { actor, commandId: id, occurredAt: at, prevHash, recordedAt: at };
  const envelope = { id, stream, revision: String(revision), type, schemaVersion: 1, metadata };
  const hash = sha256(canonicalJson({ ...envelope, data: JSON.parse(data) }));
  return {
    event: { id, type, data, metadata: JSON.stringify({ ...metadata, hash, schemaVersion: 1 }) },
    hash,
  };
}

/** JSON that whoever parses and writes it anew would change. */
const dataText = (random: () => number, padding: number): string =>
  `{ "text": "Zoë 🧾 \\u00e9", "2": 1.0e2, "1": ${Math.floor(random() * 1e6)}, "pad":"${'x'.repeat(Math.floor(random() * padding))}" }`;
