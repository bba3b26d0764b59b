/**
 * What folding alone does: catch-up of four projections over a log of disputes, rebuild beside the live tables, and the
 * time from an append to its documents. `node dist/bench/projections.js [events] [PostgreSQL URL]`; prints one JSON object.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventSchemas } from '../libs/domain/registry.js';
import { createCodec, type Codec } from '../libs/event-store/codec.js';
import { eventId } from '../libs/event-store/event-id.js';
import type { EventStore, EventToAppend } from '../libs/event-store/port.js';
import { openSqliteEventStore } from '../libs/event-store/sqlite/event-store.js';
import { postgresLock } from '../libs/projection/lock/postgres-lock.js';
import { sqliteLock } from '../libs/projection/lock/sqlite-lock.js';
import type { Projection } from '../libs/projection/projection.js';
import { startProjector } from '../libs/projection/projector/projector.js';
import { postgresDatabase } from '../libs/projection/read-models/postgres-database.js';
import { openReadModels } from '../libs/projection/read-models/read-models.js';
import { sqliteDatabase } from '../libs/projection/read-models/sqlite-database.js';
import { caseFile } from '../projections/case-file/projection.js';
import { deadlineQueue } from '../projections/deadline-queue/projection.js';
import { orderTimeline } from '../projections/order-timeline/projection.js';
import { decidedDispute } from '../test/support/example-history.js';

const NO_HASH = '0'.repeat(64);
/** Orders whose histories grow side by side. */
const ABREAST = 200;

interface Summary {
  readonly events: number;
  readonly last: string;
  readonly at: string;
}

/** A small document of each order that changes with every event. */
const summary: Projection<Summary> = {
  name: 'summary',
  version: 1,
  types: caseFile.types,
  key: ({ stream }) => [stream],
  evolve: (document, { event, metadata }) => ({
    events: (document?.events ?? 0) + 1,
    last: event.type,
    at: metadata.occurredAt,
  }),
  columns: [
    { name: 'last', type: 'text', value: ({ last }) => last },
    { name: 'at', type: 'text', value: ({ at }) => at },
    { name: 'events', type: 'integer', value: ({ events }) => events },
  ],
};

const projections: readonly Projection<object>[] = [caseFile, orderTimeline, deadlineQueue, summary];

/** Histories of disputes from draft to determination, `ABREAST` of them growing at a time. */
async function fill(store: EventStore, codec: Codec, events: number): Promise<number> {
  const orders = Math.ceil(events / decidedDispute.length);
  for (let first = 0; first < orders; first += ABREAST) {
    const batch = Array.from(
      { length: Math.min(ABREAST, orders - first) },
      (_, index) => `order-O${first + index}`,
    );
    const heads = new Map<string, string>();
    for (let revision = 0; revision < decidedDispute.length; revision += 2) {
      await Promise.all(
        batch.map((stream) => {
          const pair = [revision, revision + 1].filter((at) => at < decidedDispute.length);
          const encoded = pair.map((at) => encode(codec, stream, at, heads));
          return store.append(stream, encoded, revision === 0 ? 'no_stream' : BigInt(revision - 1));
        }),
      );
    }
  }
  return orders * decidedDispute.length;
}

function encode(codec: Codec, stream: string, at: number, heads: Map<string, string>): EventToAppend {
  const step = decidedDispute[at];
  if (step === undefined) throw new RangeError('no such step');
  const commandId = eventId('6ba7b811-9dad-11d1-80b4-00c04fd430c8', at);
  const { event, envelope } = codec.encode({
    id: eventId(commandId, at),
    stream,
    revision: BigInt(at),
    type: step.event.type,
    data: step.event.data,
    metadata: {
      commandId,
      fingerprint: NO_HASH,
      correlationId: commandId,
      causationId: commandId,
      actor: step.by,
      recordedAt: step.at,
      occurredAt: step.at,
      prevHash: heads.get(stream) ?? NO_HASH,
    },
  });
  heads.set(stream, envelope.metadata.hash);
  return event;
}

async function measure(events: number, url: string | undefined) {
  const folder = await mkdtemp(join(tmpdir(), 'recourse-bench-'));
  const codec = createCodec(eventSchemas);
  const store = await openSqliteEventStore({ file: join(folder, 'events.db') });
  const count = await fill(store, codec, events);
  const database = url === undefined ? sqliteDatabase(join(folder, 'read-models.db')) : postgresDatabase(url);
  const readModels = await openReadModels(database, projections);
  const names = projections.map(({ name }) => name);
  const lock = url === undefined ? sqliteLock(database) : postgresLock(postgresDatabase(url));

  const { Session } = await import('node:inspector/promises');
  const ses = new Session();
  ses.connect();
  await ses.post('Profiler.enable');
  if (process.env.PROF) await ses.post('Profiler.start');
  const cpu = process.threadCpuUsage();
  const started = performance.now();
  const projector = startProjector({
    store,
    readModels,
    projections,
    lock,
    decode: (event) => codec.decode(event),
    onFault: (error) => console.error(error),
    batchSize: Number(process.env.B ?? 2000),
    pageSize: Number(process.env.P ?? 1000),
  });
  await readModels.waitFor(names, await store.head(), { timeoutMs: 600_000 });
  const caughtUp = performance.now() - started;
  const used = process.threadCpuUsage(cpu);
  if (process.env.PROF)
    (await import('node:fs')).writeFileSync(
      '/tmp/c.cpuprofile',
      JSON.stringify((await ses.post('Profiler.stop')).profile),
    );

  if (process.env.PROF) await ses.post('Profiler.start'); const cpu2 = process.threadCpuUsage();
  const rebuilding = performance.now();
  await readModels.rebuild(names);
  const rebuilt = performance.now() - rebuilding;
  const u2 = process.threadCpuUsage(cpu2);
  if (process.env.PROF) (await import('node:fs')).writeFileSync('/tmp/r.cpuprofile', JSON.stringify((await ses.post('Profiler.stop')).profile)); console.log('rebuild cpu', (u2.user + u2.system) / 1e6);

  const latencies: number[] = [];
  const heads = new Map<string, string>();
  for (let at = 0; at < Math.min(200, decidedDispute.length); at += 1) {
    const event = encode(codec, 'order-late', at, heads);
    const { position } = await store.append('order-late', [event], at === 0 ? 'no_stream' : BigInt(at - 1));
    const appended = performance.now();
    await readModels.waitFor(names, position);
    latencies.push(performance.now() - appended);
  }
  latencies.sort((a, b) => a - b);

  await projector.stop();
  await readModels.close();
  await store.close();
  await rm(folder, { recursive: true });
  const c2 = 0;
  const perSecond = (ms: number) => Math.round((count * 1_000) / ms);
  const rounded = (ms = 0) => Math.round(ms * 100) / 100;
  return {
    database: database.dialect,
    events: count,
    projections: names,
    catchUp: { eventsPerSecond: perSecond(caughtUp), cpuSeconds: rounded((used.user + used.system) / 1e6) },
    rebuild: { eventsPerSecond: perSecond(rebuilt) },
    liveMs: {
      p50: rounded(latencies[latencies.length >> 1]),
      p99: rounded(latencies[Math.floor(latencies.length * 0.99)]),
    },
  };
}

const [events = '100000', url] = process.argv.slice(2);
void measure(Number(events), url).then((result) => console.log(JSON.stringify(result, null, 2)));
