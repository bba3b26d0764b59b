import fc from 'fast-check';
import { passes } from '../filter.js';
import type { EventToAppend, ExpectedRevision, ReadStreamOptions } from '../port.js';
import { collect, eventsOf, freshPrefix, idsOf, type Subject } from './support.js';

/** What a store must hold, as plain arrays: the log in order, each entry with the stream it belongs to. */
interface Model {
  readonly log: { stream: string; revision: bigint; position: string; event: EventToAppend }[];
  readonly appends: {
    stream: string;
    events: EventToAppend[];
    expected: ExpectedRevision;
    revision: bigint;
  }[];
}

const streamArb = fc.integer({ min: 0, max: 2 });
const revisionArb = fc.option(fc.bigInt({ min: 0n, max: 12n }), { nil: undefined });
const stepArb = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('append' as const),
      stream: streamArb,
      size: fc.integer({ min: 1, max: 4 }),
      type: fc.constantFrom('Opened', 'Closed'),
      /** Added to the stream's length: 0 is right, anything else a conflict. */
      skew: fc.constantFrom(0, 0, 0, 0, -1, 1),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('retry' as const), which: fc.nat(50) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('readStream' as const),
      stream: streamArb,
      from: revisionArb,
      to: revisionArb,
      direction: fc.constantFrom('forwards' as const, 'backwards' as const),
      limit: fc.option(fc.nat(6), { nil: undefined }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('readAll' as const),
      after: fc.nat(30),
      types: fc.option(fc.subarray(['Opened', 'Closed', 'Noted']), { nil: undefined }),
      streams: fc.subarray([0, 1, 2], { minLength: 1 }),
      limit: fc.option(fc.nat(10), { nil: undefined }),
    }),
  },
);

/** The ids that a read of a stream yields by the model. */
function modelRead(held: Model['log'], { from, to, direction, limit }: ReadStreamOptions): string[] {
  const backwards = direction === 'backwards';
  const [low, high] = backwards ? [to, from] : [from, to];
  const inRange = held.filter(
    ({ revision }) => revision >= (low ?? 0n) && (high === undefined || revision <= high),
  );
  return idsOf((backwards ? inRange.toReversed() : inRange).slice(0, limit).map(({ event }) => event));
}

export function randomHistories(subject: Subject): void {
  test('appends, retries, conflicts and reads agree with a model in memory', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(stepArb, { minLength: 1, maxLength: 30 }), async (steps) => {
        const { store } = subject();
        const prefix = freshPrefix();
        const nameOf = (stream: number) => `${prefix}${stream}`;
        const start = await store.head();
        const model: Model = { log: [], appends: [] };
        const held = (stream: string) => model.log.filter((entry) => entry.stream === stream);

        for (const step of steps) {
          if (step.kind === 'append') {
            const stream = nameOf(step.stream);
            const length = held(stream).length;
            const expected = length + step.skew <= 0 ? 'no_stream' : BigInt(length + step.skew - 1);
            const events = eventsOf(step.size, { type: step.type });
            const outcome = await store.append(stream, events, expected).catch((error: unknown) => error);
            const fits = expected === (length === 0 ? 'no_stream' : BigInt(length - 1));
            if (!fits) {
              const actual = length === 0 ? 'no_stream' : BigInt(length - 1);
              expect(outcome).toMatchObject({ code: 'REVISION_CONFLICT', actual });
              continue;
            }
            const revision = BigInt(length + events.length - 1);
            expect(outcome).toMatchObject({ revision });
            const recorded = await collect(store.readStream(stream, { from: BigInt(length) }));
            for (const [index, event] of events.entries()) {
              const position = recorded[index]?.position ?? '';
              model.log.push({ stream, revision: BigInt(length + index), position, event });
            }
            model.appends.push({ stream, events, expected, revision });
          } else if (step.kind === 'retry') {
            const first = model.appends[step.which % Math.max(1, model.appends.length)];
            if (first === undefined) continue;
            const again = await store.append(first.stream, first.events, first.expected);
            const last = held(first.stream)[Number(first.revision)];
            expect(again).toEqual({ revision: first.revision, position: last?.position });
          } else if (step.kind === 'readStream') {
            const { kind: _, stream, ...options } = step;
            const read = await collect(store.readStream(nameOf(stream), options));
            expect(idsOf(read)).toEqual(modelRead(held(nameOf(stream)), options));
          } else {
            const filter = { types: step.types, streamPrefixes: step.streams.map(nameOf) };
            const after = step.after === 0 ? start : (model.log[step.after - 1]?.position ?? start);
            const read = await collect(store.readAll({ after, filter, limit: step.limit }));
            const expected = model.log
              .filter(
                ({ stream, position, event }) =>
                  position > after && passes(filter, { stream, type: event.type }),
              )
              .slice(0, step.limit);
            expect(
              read.map(({ id, stream, revision, position }) => ({ id, stream, revision, position })),
            ).toEqual(
              expected.map(({ event, stream, revision, position }) => ({
                id: event.id,
                stream,
                revision,
                position,
              })),
            );
          }
        }
      }),
      { numRuns: 60 },
    );
  });
}
