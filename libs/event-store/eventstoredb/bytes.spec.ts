import { randomUUID } from 'node:crypto';
import { EventStoreDBClient, jsonEvent, type JSONType } from '@eventstore/db-client';
import fc from 'fast-check';
import {
  startDoubleOnSqlite,
  type DoubleOnSqlite,
} from '../../../test/support/eventstore-double/on-sqlite.js';
import { collect } from '../contract/support.js';
import type { EventStore } from '../port.js';
import { openEventStoreDb } from './event-store.js';

let double: DoubleOnSqlite;
let store: EventStore;
beforeAll(async () => {
  double = await startDoubleOnSqlite();
  store = openEventStoreDb({ url: double.url });
});
afterAll(async () => {
  await store.close();
  await double.dispose();
});

/** JSON text that is not what JSON.stringify would write: spaces, number forms, escapes, repeated and integer-like keys. */
const space = fc.constantFrom('', ' ', '\n', '\t ');
const numberText = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.constantFrom('1.0', '1e2', '-0', '9007199254740993', '123456789012345678901234567890', '0.10'),
);
const stringText = fc.oneof(
  fc.string({ unit: 'grapheme' }).map((text) => JSON.stringify(text)),
  fc.constantFrom('"\\u0041"', '"\\/"', '"\\ud83e\\uddfe"', '"\\ud800"'),
);
const key = fc.oneof(
  fc.nat(20).map((n) => `"${n}"`),
  stringText,
  fc.constantFrom('"__proto__"', '"a"'),
);
const { json } = fc.letrec<{ json: string }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    numberText,
    stringText,
    fc.constantFrom('true', 'false', 'null', '{}', '[]'),
    fc
      .array(fc.tuple(key, space, tie('json')), { maxLength: 4 })
      .map((pairs) => `{${pairs.map(([name, gap, value]) => `${gap}${name}:${gap}${value}`).join(',')}}`),
    fc
      .array(fc.tuple(space, tie('json')), { maxLength: 4 })
      .map((items) => `[${items.map(([gap, value]) => `${value}${gap}`).join(',')}]`),
  ),
}));

test('data and metadata come back byte by byte, whatever JSON they are', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(json, json), { minLength: 1, maxLength: 5 }), async (texts) => {
      const stream = `bytes-${randomUUID()}`;
      const events = texts.map(([data, metadata]) => ({ id: randomUUID(), type: 'Noted', data, metadata }));
      await store.append(stream, events, 'no_stream');
      const read = await collect(store.readStream(stream));
      expect(read.map(({ id, type, data, metadata }) => ({ id, type, data, metadata }))).toEqual(events);
    }),
    { numRuns: 200 },
  );
});

test('the client alone rewrites them: it parses JSON and writes it anew', async () => {
  const client = EventStoreDBClient.connectionString(double.url);
  const stream = `rewritten-${randomUUID()}`;
  const text = '{"b":1.0,"10":null,"9":"\\u0041"}';
  await client.appendToStream(stream, jsonEvent({ type: 'Noted', data: JSON.parse(text) as JSONType }));
  const [read] = await collect(store.readStream(stream));
  expect(read?.data).toBe('{"9":"A","10":null,"b":1}');
  await client.dispose();
});

test('the store is told that data is JSON, so that it can be shown and projected', async () => {
  const client = EventStoreDBClient.connectionString(double.url);
  const stream = `json-${randomUUID()}`;
  await store.append(
    stream,
    [{ id: randomUUID(), type: 'Noted', data: '{"a":1}', metadata: '{"b":2}' }],
    'no_stream',
  );
  const [read] = await collect(client.readStream(stream));
  expect(read?.event).toMatchObject({ isJson: true, data: { a: 1 }, metadata: { b: 2 } });
  await client.dispose();
});

test.each(['data', 'metadata', 'type'] as const)(
  'a lone surrogate in %s is refused: UTF-8 would change it',
  async (part) => {
    const event = { id: randomUUID(), type: 'Noted', data: '{}', metadata: '{}', [part]: '"\ud800"' };
    await expect(store.append(`surrogate-${randomUUID()}`, [event], 'no_stream')).rejects.toThrow(TypeError);
  },
);
