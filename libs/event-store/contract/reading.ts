import { isInstant } from '../../kernel/instant.js';
import type { ReadStreamOptions } from '../port.js';
import { collect, eventOf, eventsOf, fill, freshPrefix, idsOf, written, type Subject } from './support.js';

/** Everything that JSON text may hold and a store may spoil: escapes, astral characters, spacing, number forms, order. */
const AWKWARD = [
  '{"name":"Zoë Ωmega 株式会社 🧾👩🏽‍⚖️","esc":"\\u0000\\ud83d\\n\\"\\\\","nul":"\u007f\u2028\u2029"}',
  '{ "z" : 1.0e2 , "a" : -0.0,\n"z2":1e400}',
  '{"__proto__":{"x":1},"constructor":null,"":[]}',
  '{"nfc":"\u00e9","nfd":"e\u0301"}',
];

export function reading(subject: Subject): void {
  const store = () => subject().store;

  test('a missing stream reads empty', async () => {
    const stream = freshPrefix();
    expect(await collect(store().readStream(stream))).toEqual([]);
    expect(await collect(store().readStream(stream, { direction: 'backwards' }))).toEqual([]);
  });

  test('what was appended is read back byte by byte', async () => {
    const stream = freshPrefix();
    const big = JSON.stringify({ text: 'żółć🧾'.repeat(30_000) });
    const events = [
      ...AWKWARD.map((text) => eventOf({ data: text, metadata: text })),
      eventOf({ data: big }),
    ];
    await store().append(stream, events, 'no_stream');
    expect((await collect(store().readStream(stream))).map(written)).toEqual(events);
  });

  test('an event carries its stream, gapless revision, and the instant of writing', async () => {
    const stream = freshPrefix();
    await fill(store(), stream, 5);
    const events = await collect(store().readStream(stream));
    expect(events.map(({ revision }) => revision)).toEqual([0n, 1n, 2n, 3n, 4n]);
    for (const event of events) {
      expect(event.stream).toBe(stream);
      expect(isInstant(event.created)).toBe(true);
    }
  });

  const ranges: readonly (ReadStreamOptions & { readonly yields: readonly number[] })[] = [
    { yields: [0, 1, 2, 3, 4, 5, 6, 7] },
    { from: 3n, yields: [3, 4, 5, 6, 7] },
    { from: 2n, to: 4n, yields: [2, 3, 4] },
    { to: 1n, yields: [0, 1] },
    { limit: 3, yields: [0, 1, 2] },
    { from: 6n, limit: 5, yields: [6, 7] },
    { from: 8n, yields: [] },
    { from: 5n, to: 4n, yields: [] },
    { limit: 0, yields: [] },
    { direction: 'backwards', yields: [7, 6, 5, 4, 3, 2, 1, 0] },
    { direction: 'backwards', from: 3n, yields: [3, 2, 1, 0] },
    { direction: 'backwards', from: 5n, to: 3n, yields: [5, 4, 3] },
    { direction: 'backwards', to: 6n, yields: [7, 6] },
    { direction: 'backwards', limit: 1, yields: [7] },
    { direction: 'backwards', from: 2n, to: 4n, yields: [] },
    { direction: 'backwards', from: 100n, limit: 2, yields: [7, 6] },
  ];
  test('a range is inclusive at both ends, in either direction, and bounded by the limit', async () => {
    const stream = freshPrefix();
    await fill(store(), stream, 8);
    for (const { yields, ...options } of ranges) {
      const revisions = (await collect(store().readStream(stream, options))).map(({ revision }) =>
        Number(revision),
      );
      expect({ options, revisions }).toEqual({ options, revisions: yields });
    }
  });

  test('a long stream reads complete in both directions, whatever the page size', async () => {
    const stream = freshPrefix();
    const { events } = await fill(store(), stream, 2_500);
    expect(idsOf(await collect(store().readStream(stream)))).toEqual(idsOf(events));
    expect(idsOf(await collect(store().readStream(stream, { direction: 'backwards' })))).toEqual(
      idsOf(events).toReversed(),
    );
  });

  test('a reader may stop early', async () => {
    const stream = freshPrefix();
    await fill(store(), stream, 300);
    for await (const event of store().readStream(stream)) {
      if (event.revision === 3n) break;
    }
    expect(await collect(store().readStream(stream, { limit: 1 }))).toHaveLength(1);
  });

  test('readAll yields every stream in the order of positions, which sort as text and strictly increase', async () => {
    const prefix = freshPrefix();
    const after = await store().head();
    const appended: string[] = [];
    for (let round = 0; round < 12; round++) {
      const events = eventsOf((round % 3) + 1);
      const stream = `${prefix}${round % 4}`;
      const [last] = await collect(store().readStream(stream, { direction: 'backwards', limit: 1 }));
      await store().append(stream, events, last?.revision ?? 'no_stream');
      appended.push(...idsOf(events));
    }
    const all = await collect(store().readAll({ after, filter: { streamPrefixes: [prefix] } }));
    expect(idsOf(all)).toEqual(appended);
    const positions = all.map(({ position }) => position);
    expect([...new Set(positions)].toSorted()).toEqual(positions);
    expect(positions.every((position) => position > after)).toBe(true);
  });

  test('readAll goes on after a position, exclusively, as far as the limit', async () => {
    const prefix = freshPrefix();
    const filter = { streamPrefixes: [prefix] };
    const after = await store().head();
    const { events } = await fill(store(), `${prefix}a`, 20);
    const paged: string[] = [];
    for (let at = after; ;) {
      const page = await collect(store().readAll({ after: at, limit: 7, filter }));
      expect(page.length).toBeLessThanOrEqual(7);
      const last = page.at(-1);
      if (last === undefined) break;
      paged.push(...idsOf(page));
      at = last.position;
    }
    expect(paged).toEqual(idsOf(events));
    expect(await collect(store().readAll({ after, limit: 0, filter }))).toEqual([]);
  });

  test('a filter asks for listed types and listed prefixes, both when both are given; an empty list lets none pass', async () => {
    const prefix = freshPrefix();
    const after = await store().head();
    for (const name of ['order-1', 'order-2', 'supplier-1']) {
      await store().append(
        `${prefix}${name}`,
        ['Opened', 'Closed', 'Noted'].map((type) => eventOf({ type })),
        'no_stream',
      );
    }
    const read = async (filter: { types?: string[]; streamPrefixes?: string[] }) =>
      (await collect(store().readAll({ after, filter }))).map(
        ({ stream, type }) => `${stream.slice(prefix.length)} ${type}`,
      );
    expect(await read({ streamPrefixes: [`${prefix}order-`], types: ['Opened', 'Noted'] })).toEqual([
      'order-1 Opened',
      'order-1 Noted',
      'order-2 Opened',
      'order-2 Noted',
    ]);
    expect(
      await read({ streamPrefixes: [`${prefix}supplier`, `${prefix}order-2`], types: ['Closed'] }),
    ).toEqual(['order-2 Closed', 'supplier-1 Closed']);
    expect(await read({ streamPrefixes: [`${prefix}order-1`] })).toHaveLength(3);
    expect(await read({ streamPrefixes: [`${prefix}%`] })).toEqual([]);
    expect(await read({ streamPrefixes: [prefix], types: [] })).toEqual([]);
    expect(await read({ streamPrefixes: [] })).toEqual([]);
  });

  test('head is the position of the last append', async () => {
    const { last } = await fill(store(), freshPrefix(), 3);
    expect(await store().head()).toBe(last.position);
  });
}
