import fc from 'fast-check';
import Type from 'typebox';
import { canonicalJson } from '../kernel/canonical-json.js';
import { sha256 } from '../kernel/sha256.js';
import { createCodec, type EventDraft, type EventSchema } from './codec.js';
import { GENESIS_HASH, hashedEnvelope } from './hash-chain.js';
import type { RecordedEvent } from './port.js';

const closed = { additionalProperties: false };
const schemas: EventSchema[] = [
  {
    type: 'OrderPlaced',
    version: 1,
    schema: Type.Object({ total: Type.Integer() }, closed),
    upcast: (data) => ({ amount: (data as { total: number }).total }),
  },
  {
    type: 'OrderPlaced',
    version: 2,
    schema: Type.Object({ amount: Type.Integer() }, closed),
    upcast: (data) => ({ money: { ...(data as { amount: number }), currency: 'USD' } }),
  },
  {
    type: 'OrderPlaced',
    version: 3,
    schema: Type.Object(
      { money: Type.Object({ amount: Type.Integer({ minimum: 0 }), currency: Type.String() }, closed) },
      closed,
    ),
  },
  {
    type: 'NoteTaken',
    version: 1,
    schema: Type.Object({ text: Type.String() }),
  },
  {
    type: 'ContractMade',
    version: 1,
    schema: Type.Object(
      { policy: Type.Object({ days: Type.Integer() }, closed), total: Type.Integer() },
      closed,
    ),
    shared: 'policy',
  },
];
const codec = createCodec(schemas);

const draft = (over: Partial<EventDraft> = {}): EventDraft => ({
  id: '4f5b7c1e-6a0c-5d3e-9b52-0a6a4f1d2e3c',
  stream: 'order-1',
  revision: 0n,
  type: 'OrderPlaced',
  data: { money: { currency: 'USD', amount: 100 } },
  metadata: {
    commandId: '0b1e7a7c-0000-5000-8000-000000000000',
    fingerprint: sha256('body'),
    correlationId: 'c-1',
    causationId: 'c-1',
    actor: { role: 'buyer', id: 'B1' },
    recordedAt: '2026-03-01T00:00:00.000Z',
    occurredAt: '2026-02-28T23:00:00.000Z',
    prevHash: GENESIS_HASH,
  },
  ...over,
});

const recorded = (over: Partial<EventDraft> = {}, stored: Partial<RecordedEvent> = {}): RecordedEvent => {
  const { id, stream, revision } = draft(over);
  const { event } = codec.encode(draft(over));
  return { ...event, id, stream, revision, position: '0001', created: '2026-03-01T00:00:00.001Z', ...stored };
};

const thrownBy = (act: () => unknown): unknown => {
  try {
    return act();
  } catch (error) {
    return error;
  }
};

describe('encode', () => {
  test('stores canonical JSON, with the hash and the newest version beside the metadata', () => {
    const { event, envelope } = codec.encode(draft());
    expect(event.data).toBe('{"money":{"amount":100,"currency":"USD"}}');
    const metadata = { ...draft().metadata, hash: envelope.metadata.hash };
    expect(event.metadata).toBe(canonicalJson({ ...metadata, schemaVersion: 3 }));
    expect(envelope).toEqual({
      id: draft().id,
      stream: 'order-1',
      revision: 0n,
      schemaVersion: 3,
      event: { type: 'OrderPlaced', data: draft().data },
      metadata,
    });
  });

  test('hashes the canonical JSON of the documented shape, for any text in it', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1 });
    fc.assert(
      fc.property(text, text, text, fc.bigInt({ min: 0n }), (stream, id, note, revision) => {
        const actor = { role: note, id };
        const metadata = {
          ...draft().metadata,
          actor,
          correlationId: note,
          causationId: id,
          commandId: stream,
        };
        const over = {
          id,
          stream,
          revision,
          type: 'NoteTaken',
          data: { text: note, more: [note] },
          metadata,
        };
        const { envelope, hash } = hashedEnvelope(recorded(over));
        expect(hash).toBe(sha256(canonicalJson(envelope)));
        expect(envelope).toEqual({ ...over, revision: String(revision), schemaVersion: 1 });
      }),
    );
  });

  test('checks data of an older version against that version', () => {
    expect(codec.encode(draft({ schemaVersion: 1, data: { total: 5 } })).envelope.schemaVersion).toBe(1);
    expect(thrownBy(() => codec.encode(draft({ schemaVersion: 2, data: { total: 5 } })))).toMatchObject({
      code: 'INVALID_EVENT',
    });
  });

  test('names every fault of the data, by JSON Pointer', () => {
    const error = thrownBy(() => codec.encode(draft({ data: { money: { amount: -1, currency: 1 } } })));
    expect(error).toMatchObject({ code: 'INVALID_EVENT' });
    expect((error as { faults: { pointer: string }[] }).faults.map(({ pointer }) => pointer)).toEqual([
      '/money/amount',
      '/money/currency',
    ]);
  });

  test.each([
    ['a lone surrogate', { data: { text: 'x\ud800' }, type: 'NoteTaken' }],
    ['a lone surrogate in the stream', { stream: '\udc00' }],
    ['metadata that the hash would not cover', { metadata: { ...draft().metadata, note: 'x' } }],
    ['a previous hash that is none', { metadata: { ...draft().metadata, prevHash: 'x' } }],
    ['an instant in another form', { metadata: { ...draft().metadata, recordedAt: '2026-03-01T00:00:00Z' } }],
  ])('refuses %s', (_, over) => {
    expect(thrownBy(() => codec.encode(draft(over)))).toMatchObject({ code: 'INVALID_EVENT' });
  });

  test('refuses what it has no schema for', () => {
    expect(thrownBy(() => codec.encode(draft({ type: 'Unheard' })))).toMatchObject({
      code: 'UNKNOWN_EVENT_TYPE',
    });
    expect(thrownBy(() => codec.encode(draft({ schemaVersion: 4 })))).toMatchObject({
      code: 'UNKNOWN_EVENT_VERSION',
    });
  });
});

describe('decode', () => {
  test('gives back what was encoded, with its position', () => {
    const { envelope } = codec.encode(draft());
    expect(codec.decode(recorded())).toEqual({ ...envelope, position: '0001' });
  });

  test('upcasts through every version, and keeps what was recorded about the event', () => {
    const old = recorded({ schemaVersion: 1, data: { total: 5 } });
    const envelope = codec.decode(old);
    expect(envelope.event).toEqual({ type: 'OrderPlaced', data: { money: { amount: 5, currency: 'USD' } } });
    expect(envelope.schemaVersion).toBe(1);
    expect(envelope.metadata.hash).toBe(hashedEnvelope(old).hash);
  });

  test('events with an equal shared part have one copy of it between them', () => {
    const made = (total: number) => ({ type: 'ContractMade', data: { policy: { days: 5 }, total } });
    const read = [1, 2].map((total) => codec.decode(recorded(made(total))).event);
    expect(read).toEqual([made(1), made(2)]);
    const [first, second] = read.map(({ data }) => (data as { policy: object }).policy);
    expect(second).toBe(first);
  });

  test('names the fault of data with a shared part, wherever it is', () => {
    const pointers = (data: string) => {
      const error = thrownBy(() =>
        codec.decode(recorded({ type: 'ContractMade', data: { policy: { days: 5 }, total: 1 } }, { data })),
      );
      return (error as { faults: { pointer: string }[] }).faults.map(({ pointer }) => pointer);
    };
    expect(pointers('{"policy":{"days":"5"},"total":1}')).toEqual(['/policy/days']);
    expect(pointers('{"policy":{"days":5},"total":"1"}')).toEqual(['/total']);
  });

  test('refuses an unknown type or version, by code', () => {
    const v9 = recorded().metadata.replace('"schemaVersion":3', '"schemaVersion":9');
    expect(thrownBy(() => codec.decode(recorded({}, { type: 'Unheard' })))).toMatchObject({
      code: 'UNKNOWN_EVENT_TYPE',
    });
    expect(thrownBy(() => codec.decode(recorded({}, { metadata: v9 })))).toMatchObject({
      code: 'UNKNOWN_EVENT_VERSION',
    });
  });

  test.each([
    ['data that is no JSON', { data: '{' }],
    ['data that its schema refuses', { data: '{"money":{"amount":"1","currency":"USD"}}' }],
    ['metadata that is no JSON', { metadata: '' }],
    ['metadata without a hash', { metadata: '{"schemaVersion":3}' }],
  ])('refuses %s', (_, stored) => {
    expect(thrownBy(() => codec.decode(recorded({}, stored)))).toMatchObject({ code: 'INVALID_EVENT' });
  });

  test('refuses what an upcaster made wrong', () => {
    const wrong = createCodec([
      { ...(schemas[1] as EventSchema), version: 1, upcast: () => ({}) },
      { ...(schemas[2] as EventSchema), version: 2 },
    ]);
    const event = recorded({ schemaVersion: 2, data: { amount: 5 } });
    const asFirst = { ...event, metadata: event.metadata.replace('"schemaVersion":2', '"schemaVersion":1') };
    expect(thrownBy(() => wrong.decode(asFirst))).toMatchObject({ code: 'INVALID_EVENT' });
  });
});

describe('registry', () => {
  const [v1, v2, v3] = schemas as [EventSchema, EventSchema, EventSchema];
  test.each([
    ['a gap between versions', [v1, v3]],
    ['a version twice', [v3, { ...v3 }]],
    ['no version 1', [v3]],
    ['a shared part that the schema lacks', [{ ...v3, version: 1, shared: 'policy' }]],
    [
      'a version that cannot become the next',
      [
        { ...v1, upcast: undefined },
        { ...v2, upcast: undefined },
      ],
    ],
    ['an upcaster on the newest', [v1, v2]],
  ])('refuses %s', (_, broken) => {
    expect(() => createCodec(broken)).toThrow(RangeError);
  });
});
