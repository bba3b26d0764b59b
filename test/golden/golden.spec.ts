import { readFileSync } from 'node:fs';
import Type from 'typebox';
import { eventSchemas } from '../../libs/domain/registry.js';
import { createCodec, type EventSchema } from '../../libs/event-store/codec.js';
import { verifyChain } from '../../libs/event-store/hash-chain.js';
import {
  lineOf,
  readRecording,
  readSchemaHashes,
  readState,
  releases,
  schemaHashes,
  streamsOf,
} from './recording.js';
import { replay } from './replay.js';
import { tellStories } from './stories.js';
import { openWorld } from './world.js';

const recordings = releases().flatMap((release) =>
  streamsOf(release).map((stream) => [release, stream] as const),
);

describe('Golden streams: what every release recorded replays today', () => {
  test.each(recordings)('%s %s: the chain is intact', async (release, stream) => {
    const events = readRecording(release, stream);
    expect(await verifyChain(events)).toMatchObject({ intact: true, count: events.length });
  });

  test.each(recordings)('%s %s: decodes and folds to the same state', (release, stream) => {
    expect(replay(readRecording(release, stream))).toEqual(readState(release, stream));
  });

  test('there is something to replay', () => {
    expect(recordings.length).toBeGreaterThan(10);
  });
});

/** Where this fails before the release: `npm run golden`. After it: a new version of the schema, and an upcaster. */
describe('Released schemas', () => {
  test.each(releases())('%s: none has changed', (release) => {
    const today = schemaHashes();
    const changed = Object.entries(readSchemaHashes(release)).filter(
      ([schema, hash]) => today[schema] !== hash,
    );
    expect(changed.map(([schema]) => schema)).toEqual([]);
  });

  test('a changed schema does not read what was recorded, unless an upcaster makes the new version of it', () => {
    const release = releases().at(-1) ?? '';
    const [drafted] = readRecording(release, 'order-late-shipment');
    const others = eventSchemas.filter(({ type }) => type !== 'OrderDrafted');
    const first = eventSchemas.find(({ type }) => type === 'OrderDrafted') as EventSchema;
    const schema = Type.Object({ buyerId: Type.String() });
    const decode = (...versions: readonly EventSchema[]) => {
      if (drafted === undefined) throw new Error('nothing recorded');
      return createCodec([...others, ...versions]).decode(drafted);
    };
    expect(() => decode({ ...first, schema })).toThrow(expect.objectContaining({ code: 'INVALID_EVENT' }));

    const upcast = (data: unknown) => ({ buyerId: (data as { buyer: { id: string } }).buyer.id });
    const { event, schemaVersion } = decode(
      { ...first, upcast },
      { type: 'OrderDrafted', version: 2, schema },
    );
    expect({ data: event.data, schemaVersion }).toEqual({ data: { buyerId: 'B1' }, schemaVersion: 1 });
  });
});

/** Where this fails on purpose: `npm run golden`, and let the difference be reviewed. */
describe('The golden stories, told today', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  const told = new Map<string, string[]>();

  beforeAll(async () => {
    const world = await openWorld();
    try {
      await tellStories(world);
      for await (const event of world.events()) {
        told.set(event.stream, [...(told.get(event.stream) ?? []), lineOf(event)]);
      }
    } finally {
      await world.close();
    }
  });

  test('hold every event of the registry', () => {
    const types = new Set([...told.values()].flat().map((line) => JSON.parse(line).type));
    expect(eventSchemas.filter(({ type }) => !types.has(type)).map(({ type }) => type)).toEqual([]);
  });

  test('are recorded as they were: same decisions, same ids, same hashes', () => {
    expect([...told.keys()].toSorted()).toEqual(streamsOf(version));
    for (const [stream, lines] of told) {
      expect({ stream, lines }).toEqual({ stream, lines: readRecording(version, stream).map(lineOf) });
    }
  });
});
