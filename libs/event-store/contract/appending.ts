import type { AppendResult } from '../port.js';
import { collect, eventOf, eventsOf, freshPrefix, idsOf, written, type Subject } from './support.js';

export function appending(subject: Subject): void {
  const store = () => subject().store;
  const readIds = async (stream: string) => idsOf(await collect(store().readStream(stream)));

  test('the first event of a stream has revision 0', async () => {
    const result = await store().append(freshPrefix(), [eventOf()], 'no_stream');
    expect(result.revision).toBe(0n);
    expect(typeof result.position).toBe('string');
  });

  test('appends at the expected revision and answers the revision and position of the last event', async () => {
    const stream = freshPrefix();
    await store().append(stream, eventsOf(2), 'no_stream');
    const result = await store().append(stream, eventsOf(3), 1n);
    expect(result.revision).toBe(4n);
    const last = (await collect(store().readStream(stream))).at(-1);
    expect(last?.revision).toBe(4n);
    expect(last?.position).toBe(result.position);
  });

  test('an append of nothing is refused', async () => {
    await expect(store().append(freshPrefix(), [], 'no_stream')).rejects.toThrow();
  });

  test.each([
    { held: 2, expected: 'no_stream' as const, actual: 1n },
    { held: 3, expected: 0n, actual: 2n },
    { held: 1, expected: 7n, actual: 0n },
    { held: 0, expected: 0n, actual: 'no_stream' as const },
  ])(
    'with $held events, an append at $expected conflicts and names $actual',
    async ({ held, expected, actual }) => {
      const stream = freshPrefix();
      if (held > 0) await store().append(stream, eventsOf(held), 'no_stream');
      const before = await readIds(stream);
      await expect(store().append(stream, [eventOf()], expected)).rejects.toMatchObject({
        code: 'REVISION_CONFLICT',
        actual,
      });
      expect(await readIds(stream)).toEqual(before);
    },
  );

  describe('a retry with the same ids at the same expected revision gets the first result', () => {
    const retried = async (
      size: number,
      before: number,
      after: number,
    ): Promise<[AppendResult, AppendResult, string]> => {
      const stream = freshPrefix();
      if (before > 0) await store().append(stream, eventsOf(before), 'no_stream');
      const expected = before > 0 ? BigInt(before - 1) : 'no_stream';
      const events = eventsOf(size);
      const first = await store().append(stream, events, expected);
      if (after > 0) await store().append(stream, eventsOf(after), first.revision);
      return [first, await store().append(stream, events, expected), stream];
    };

    test.each([
      { size: 1, before: 0, after: 0 },
      { size: 4, before: 0, after: 0 },
      { size: 1, before: 3, after: 0 },
      { size: 3, before: 2, after: 0 },
      { size: 1, before: 0, after: 2 },
      { size: 3, before: 2, after: 5 },
    ])('$size events after $before, with $after later ones', async ({ size, before, after }) => {
      const [first, second, stream] = await retried(size, before, after);
      expect(second).toEqual(first);
      expect(await readIds(stream)).toHaveLength(size + before + after);
    });

    test('also when the retry races with the first', async () => {
      const stream = freshPrefix();
      const events = eventsOf(2);
      const results = await Promise.all(
        Array.from({ length: 8 }, () => store().append(stream, events, 'no_stream')),
      );
      expect(new Set(results.map(({ revision, position }) => `${revision} ${position}`)).size).toBe(1);
      expect(await readIds(stream)).toEqual(idsOf(events));
    });
  });

  test('a retry with other content under the same ids changes nothing: what was appended first stays', async () => {
    const stream = freshPrefix();
    const events = eventsOf(2);
    const first = await store().append(stream, events, 'no_stream');
    const retry = events.map(({ id, type }) => eventOf({ id, type, data: '{"other":true}' }));
    expect(await store().append(stream, retry, 'no_stream')).toEqual(first);
    expect((await collect(store().readStream(stream))).map(written)).toEqual(events);
  });

  test('a retry that shares only some ids with what was appended is a conflict, and writes nothing', async () => {
    const stream = freshPrefix();
    const events = eventsOf(2);
    const [first, second] = events;
    if (!first || !second) throw new Error('two events were made');
    await store().append(stream, events, 'no_stream');
    const overlaps = [
      [first, second, eventOf()],
      [first, eventOf()],
      [eventOf(), second],
      [second, first],
    ];
    for (const overlap of overlaps) {
      await expect(store().append(stream, overlap, 'no_stream')).rejects.toMatchObject({
        code: 'REVISION_CONFLICT',
        actual: 1n,
      });
    }
    expect(await readIds(stream)).toEqual(idsOf(events));
  });

  test('of concurrent appends at one revision exactly one wins', async () => {
    const stream = freshPrefix();
    await store().append(stream, [eventOf()], 'no_stream');
    const contenders = Array.from({ length: 16 }, () => eventsOf(2));
    const outcomes = await Promise.allSettled(contenders.map((events) => store().append(stream, events, 0n)));
    const winners = outcomes.flatMap((outcome, index) => (outcome.status === 'fulfilled' ? [index] : []));
    expect(winners).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected')
        expect(outcome.reason).toMatchObject({ code: 'REVISION_CONFLICT', actual: 2n });
    }
    expect((await readIds(stream)).slice(1)).toEqual(idsOf(contenders[winners[0] ?? -1] ?? []));
  });

  test('a conflict fails nobody else who appends at the same time', async () => {
    const prefix = freshPrefix();
    await store().append(`${prefix}contended`, [eventOf()], 'no_stream');
    const outcomes = await Promise.allSettled(
      Array.from({ length: 40 }, (_, index) =>
        index % 2 === 0
          ? store().append(`${prefix}${index}`, eventsOf(2), 'no_stream')
          : store().append(`${prefix}contended`, eventsOf(2), 'no_stream'),
      ),
    );
    expect(outcomes.map(({ status }) => status)).toEqual(
      outcomes.map((_, index) => (index % 2 === 0 ? 'fulfilled' : 'rejected')),
    );
  });

  test('concurrent appends of several events never interleave within a stream', async () => {
    const stream = freshPrefix();
    await store().append(stream, [eventOf({ type: 'Seed' })], 'no_stream');
    const appendUntilItFits = async (type: string) => {
      for (let at = 0n; ;) {
        const outcome = await store()
          .append(stream, eventsOf(3, { type }), at)
          .catch((error: { code: string; actual: bigint }) => error);
        if (!('code' in outcome)) return;
        expect(outcome.code).toBe('REVISION_CONFLICT');
        at = outcome.actual;
      }
    };
    await Promise.all(Array.from({ length: 8 }, (_, index) => appendUntilItFits(`Writer${index}`)));
    const types = (await collect(store().readStream(stream))).slice(1).map(({ type }) => type);
    expect(types).toHaveLength(24);
    for (let at = 0; at < types.length; at += 3) expect(new Set(types.slice(at, at + 3)).size).toBe(1);
  });

  test('another store on the same log sees the append at once, and conflicts with it', async () => {
    const stream = freshPrefix();
    const other = await subject().another();
    try {
      const events = eventsOf(2);
      await store().append(stream, events, 'no_stream');
      expect((await collect(other.readStream(stream))).map(written)).toEqual(events);
      await expect(other.append(stream, [eventOf()], 'no_stream')).rejects.toMatchObject({
        code: 'REVISION_CONFLICT',
        actual: 1n,
      });
      expect((await other.append(stream, [eventOf()], 1n)).revision).toBe(2n);
    } finally {
      await other.close();
    }
  });
}
