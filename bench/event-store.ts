/**
 * What the SQLite event store does by itself: appends by concurrent appenders, reads of short streams, reads of the log.
 * `node dist/bench/event-store.js [appends] [appenders] [events already there]`; prints one JSON object.
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteEventStore } from '../libs/event-store/sqlite/event-store.js';
import type { EventStore, EventToAppend } from '../libs/event-store/port.js';

const [appends = 100_000, appenders = 64, already = 0] = process.argv.slice(2).map(Number);
const PER_STREAM = 12;
const data = JSON.stringify({ text: 'x'.repeat(238) });
const metadata = JSON.stringify({ text: 'y'.repeat(338) });
const ids = Array.from({ length: 4_096 }, () => randomUUID());
const event = (at: number): EventToAppend => ({
  id: ids[at % ids.length] as string,
  type: 'SomethingHappened',
  data,
  metadata,
});

/** Appenders that each write one stream after another, twelve events long, one event at a time. */
async function append(
  store: EventStore,
  count: number,
  concurrency: number,
  latencies?: number[],
): Promise<string[]> {
  const streams: string[] = [];
  let left = count;
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      while (left > 0) {
        const stream = `order-${randomUUID()}`;
        streams.push(stream);
        for (let at = 0; at < PER_STREAM && left > 0; at++) {
          left--;
          const started = performance.now();
          await store.append(stream, [event(left)], at === 0 ? 'no_stream' : BigInt(at - 1));
          latencies?.push(performance.now() - started);
        }
      }
    }),
  );
  return streams;
}

const micros = ({ user, system }: NodeJS.CpuUsage) => user + system;
const round = (value: number, digits = 1) => Number(value.toFixed(digits));

async function measure() {
  const folder = await mkdtemp(join(process.env.BENCH_DIR ?? tmpdir(), 'recourse-bench-'));
  const file = join(folder, 'events.db');
  const store = await openSqliteEventStore({ file });
  try {
    await append(store, Math.max(already, 5_000), 1_000);

    const latencies: number[] = [];
    const [mainBefore, allBefore, started] = [
      process.threadCpuUsage(),
      process.cpuUsage(),
      performance.now(),
    ];
    const streams = await append(store, appends, appenders, latencies);
    const seconds = (performance.now() - started) / 1_000;
    const [main, all] = [process.threadCpuUsage(mainBefore), process.cpuUsage(allBefore)];
    latencies.sort((a, b) => a - b);
    const at = (share: number) => round(latencies[Math.floor(latencies.length * share)] ?? 0, 2);

    const readBefore = process.threadCpuUsage();
    const shortReads = 5_000;
    for (let n = 0; n < shortReads; n++) {
      for await (const _ of store.readStream(streams[(n * 7_919) % streams.length] as string));
    }
    const shortReadMicros = micros(process.threadCpuUsage(readBefore)) / shortReads;

    const allStarted = performance.now();
    let events = 0;
    for await (const _ of store.readAll()) events++;
    const readPerSecond = events / ((performance.now() - allStarted) / 1_000);

    console.log(
      JSON.stringify({
        appendsPerSecond: Math.round(appends / seconds),
        mainThreadMicrosPerAppend: round(micros(main) / appends, 2),
        allThreadsMicrosPerAppend: round(micros(all) / appends, 2),
        latencyMs: { p50: at(0.5), p99: at(0.99), max: at(0.999999) },
        mainThreadMicrosPerReadOf12: round(shortReadMicros),
        readAllEventsPerSecond: Math.round(readPerSecond),
        events,
        fileMB: round((await stat(file)).size / 1e6),
        walMB: round((await stat(`${file}-wal`)).size / 1e6),
      }),
    );
  } finally {
    await store.close();
    await rm(folder, { recursive: true });
  }
}

void measure();
