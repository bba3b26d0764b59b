import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApplication, type Application } from '../libs/application/application.js';
import { eventSchemas } from '../libs/domain/registry.js';
import { createCodec } from '../libs/event-store/codec.js';
import { openSqliteEventStore } from '../libs/event-store/sqlite/event-store.js';
import type { EventStore } from '../libs/event-store/port.js';
import { VirtualClock } from '../libs/kernel/clock.js';
import { instantOf, type Instant } from '../libs/kernel/instant.js';
import { plusDays, seedDisputes, seedSupplier } from './seed.js';

export const codec = createCodec(eventSchemas);

/** A folder of the bench's own, on the disk that BENCH_DIR names; removed when the work is done. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(process.env.BENCH_DIR ?? tmpdir(), 'recourse-bench-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export interface Writing {
  readonly store: EventStore;
  readonly clock: VirtualClock;
  readonly application: Application;
  /** The present of the machine when the bench began: the last moment of the seeded past. */
  readonly now: Instant;
}

/** Opens the log of a data directory and lets `work` write to it by commands, on a clock that begins 30 days ago. */
export async function writing<T>(dataDir: string, work: (writing: Writing) => Promise<T>): Promise<T> {
  const store = await openSqliteEventStore({ file: join(dataDir, 'events.db') });
  try {
    const now = instantOf(Date.now());
    const clock = new VirtualClock(plusDays(now, -30));
    const application = createApplication({ store, codec, clock });
    await seedSupplier(application);
    return await work({ store, clock, application, now });
  } finally {
    await store.close();
  }
}

/** Events of one disputed order: drafted, confirmed, paid, overdue, disputed. */
export const EVENTS_AN_ORDER = 11;

/** Disputed orders until the log holds so many events, about. Resolves to their ids. */
export const fill = ({ clock, application, now }: Writing, events: number): Promise<string[]> =>
  seedDisputes(application, clock, Math.ceil(events / EVENTS_AN_ORDER), now);
