import canonicalize from 'canonicalize';
import Type from 'typebox';
import { sha256 } from '../kernel/sha256.js';
import { createCodec } from './codec.js';
import { GENESIS, GENESIS_HASH, hashedEnvelope, verifyChain } from './hash-chain.js';
import type { RecordedEvent } from './port.js';

const codec = createCodec([
  { type: 'Noted', version: 1, schema: Type.Object({ text: Type.String(), n: Type.Number() }) },
]);

function chainOf(length: number, stream = 'order-1'): RecordedEvent[] {
  let prevHash = GENESIS_HASH;
  return Array.from({ length }, (_, n) => {
    const at = '2026-03-01T00:00:00.000Z';
    const { event, envelope } = codec.encode({
      id: `id-${n}`,
      stream,
      revision: BigInt(n),
      type: 'Noted',
      data: { text: `Zoë 🧾 ${n}`, n: n / 8 },
      metadata: {
        commandId: 'k',
        fingerprint: sha256('body'),
        correlationId: 'c',
        causationId: 'c',
        actor: { role: 'buyer', id: 'B1' },
        recordedAt: at,
        occurredAt: at,
        prevHash,
      },
    });
    prevHash = envelope.metadata.hash;
    return { ...event, stream, revision: BigInt(n), position: String(n), created: at };
  });
}

const changed = (
  events: RecordedEvent[],
  at: number,
  over: (event: RecordedEvent) => Partial<RecordedEvent>,
) => events.map((event, index) => (index === at ? { ...event, ...over(event) } : event));

test('an untouched stream is intact, and so is an empty one', async () => {
  const events = chainOf(5);
  expect(await verifyChain(events)).toEqual({
    intact: true,
    count: 5,
    head: hashedEnvelope(events[4] as RecordedEvent).hash,
  });
  expect(await verifyChain([])).toEqual({ intact: true, count: 0, head: GENESIS_HASH });
});

test('a browser computes the same hash with Web Crypto and any RFC 8785 library', async () => {
  for (const event of chainOf(3)) {
    const { envelope, hash } = hashedEnvelope(event);
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(canonicalize(envelope)));
    expect(Buffer.from(digest).toString('hex')).toBe(hash);
  }
});

test.each<[string, (event: RecordedEvent) => Partial<RecordedEvent>]>([
  ['data', ({ data }) => ({ data: data.replace('0.25', '0.5') })],
  ['the type', () => ({ type: 'Denied' })],
  ['the id', () => ({ id: 'id-x' })],
  ['the stream', () => ({ stream: 'order-2' })],
  ['the actor', ({ metadata }) => ({ metadata: metadata.replace('"B1"', '"B2"') })],
  [
    'an instant',
    ({ metadata }) => ({ metadata: metadata.replace('"occurredAt":"2026-03', '"occurredAt":"2026-02') }),
  ],
  [
    'the version',
    ({ metadata }) => ({ metadata: metadata.replace('"schemaVersion":1', '"schemaVersion":2') }),
  ],
  ['the hash', ({ metadata }) => ({ metadata: metadata.replace(/"hash":"./, '"hash":"x') })],
  ['data into no JSON', () => ({ data: '{' })],
  ['metadata into no object', () => ({ metadata: 'null' })],
])('a change of %s breaks the chain there', async (_, over) => {
  const verdict = await verifyChain(changed(chainOf(5), 2, over));
  expect(verdict).toMatchObject({
    intact: false,
    count: 2,
    broken: { revision: 2n, reason: 'HASH_MISMATCH' },
  });
});

test('an event whose hash was made to fit breaks the chain at the next', async () => {
  const events = chainOf(5);
  const { envelope } = hashedEnvelope(events[2] as RecordedEvent);
  const data = { text: 'forged', n: 1 };
  const { event } = codec.encode({ ...envelope, revision: 2n, data });
  const verdict = await verifyChain(changed(events, 2, () => event));
  expect(verdict).toMatchObject({
    intact: false,
    count: 3,
    broken: {
      revision: 3n,
      reason: 'PREV_HASH_MISMATCH',
      expected: JSON.parse(event.metadata).hash,
      found: hashedEnvelope(events[2] as RecordedEvent).hash,
    },
  });
});

test('a missing or repeated event is a revision gap', async () => {
  const events = chainOf(5);
  expect(await verifyChain(events.filter((_, index) => index !== 2))).toMatchObject({
    intact: false,
    count: 2,
    broken: { revision: 3n, reason: 'REVISION_GAP', expected: '2', found: '3' },
  });
  expect(await verifyChain(events.slice(1))).toMatchObject({
    broken: { reason: 'REVISION_GAP', expected: '0' },
  });
  expect(await verifyChain([...events, ...events.slice(4)])).toMatchObject({
    broken: { revision: 4n, expected: '5' },
  });
});

test('a copy with other spacing and key order is intact: the value counts', async () => {
  const spaced = (value: unknown) => JSON.stringify(value, null, 2);
  const reformatted = chainOf(3);
  for (const [index, event] of reformatted.entries()) {
    const members = Object.entries(JSON.parse(event.metadata)).toReversed();
    const metadata = spaced(Object.fromEntries(members));
    reformatted[index] = { ...event, data: spaced(JSON.parse(event.data)), metadata };
  }
  expect(await verifyChain(reformatted)).toMatchObject({ intact: true, count: 3 });
});

test('goes on from an earlier verdict', async () => {
  const events = chainOf(6);
  const first = await verifyChain(events.slice(0, 4));
  expect(await verifyChain(events.slice(4), { revision: 3n, hash: first.head })).toMatchObject({
    intact: true,
    count: 2,
  });
  expect(await verifyChain(events.slice(4), { ...GENESIS, revision: 3n })).toMatchObject({
    broken: { reason: 'PREV_HASH_MISMATCH' },
  });
});

describe('an event whose data is withheld', () => {
  const withheldAt = (events: RecordedEvent[], at: number) =>
    events.map((event, index) =>
      index === at ? { ...event, data: '{"announced":true}', withheld: true } : event,
    );

  test('has its place in the chain all the same, and is counted', async () => {
    const events = chainOf(4);
    const { hash } = hashedEnvelope(events[3] as RecordedEvent);
    for (const at of [0, 1, 3]) {
      expect(await verifyChain(withheldAt(events, at))).toEqual({
        intact: true,
        count: 4,
        head: hash,
        withheld: 1,
      });
    }
  });

  test('breaks the chain where its hashes are not those of its neighbours', async () => {
    const events = withheldAt(chainOf(4), 2);
    const rehashed = (name: 'hash' | 'prevHash', at: number) =>
      changed(events, at, ({ metadata }) => ({
        metadata: JSON.stringify({ ...JSON.parse(metadata), [name]: 'f'.repeat(64) }),
      }));
    expect(await verifyChain(rehashed('prevHash', 2))).toMatchObject({
      broken: { revision: 2n, reason: 'PREV_HASH_MISMATCH' },
    });
    expect(await verifyChain(rehashed('hash', 2))).toMatchObject({
      broken: { revision: 3n, reason: 'PREV_HASH_MISMATCH' },
    });
  });
});
