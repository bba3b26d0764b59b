import { setTimeout as sleep } from 'node:timers/promises';
import { startEngine } from '../apps/cli/engine-process.js';
import { createApplication } from '../libs/application/application.js';
import { readModelDueQueue } from '../libs/deadlines/read-model-due-queue.js';
import type { EventStore, Position, RecordedEvent } from '../libs/event-store/port.js';
import { SystemClock } from '../libs/kernel/clock.js';
import { epochMsOf, instantOf, type Instant } from '../libs/kernel/instant.js';
import { money } from '../libs/kernel/money.js';
import type { ReadModelDatabase } from '../libs/projection/read-models/database.js';
import { deadlineQueue } from '../projections/deadline-queue/projection.js';
import { embedded, type Deployment } from './deployment.js';
import { codec, EVENTS_AN_ORDER, fill, inFolder, writing } from './log.js';
import { readModels } from './read-models.js';
import { buyerOf, each, send } from './seed.js';
import { percentile } from './statistics.js';

const PER_SECOND = 2_000;
const SECONDS = 10;
/** Deadlines of the first seconds warm the engine up, and are not counted. */
const WARMING_SECONDS = 2;
const PENDING = Number(process.env.BENCH_PENDING ?? 1_000_000);
/** Time to make the offers, to let the queue take them in, and to start the engine. */
const LEAD_MS = Number(process.env.BENCH_LEAD_MS ?? 90_000);
/** A deadline that has not fired so long after it was due is not waited for. */
const PATIENCE_MS = 30_000;

export interface TimerFigures {
  readonly firedPerSecond: number;
  /** From the due instant until the expiry was durable. */
  readonly latenessP99Ms: number;
  readonly fired: number;
  readonly pending: number;
}

/** Offers that expire at 2,000 a second in an engine on real time, with a million deadlines waiting behind them. */
export const timers = (on: Deployment = embedded): Promise<TimerFigures> =>
  inFolder(async (dataDir) => {
    const orders = await writing(dataDir, (log) => fill(log, PER_SECOND * SECONDS * EVENTS_AN_ORDER));
    const firstDue = Date.now() + LEAD_MS;
    const due = orders.slice(0, PER_SECOND * SECONDS).map((orderId, index) => ({
      orderId,
      expiresAt: instantOf(firstDue + Math.floor((index * 1_000) / PER_SECOND)),
    }));
    const store = await on.openLog(dataDir);
    try {
      await offer(store, due);
      await readModels(dataDir, on, false);
      const pending = await crowdIn(dataDir, on);
      const engine = await startEngine(dataDir, await on.settings(dataDir));
      try {
        if (Date.now() > firstDue - 1_000)
          throw new Error('the machine was too slow to set the scene: the first offer is due');
        const from = firstDue + WARMING_SECONDS * 1_000;
        const expected = PER_SECOND * (SECONDS - WARMING_SECONDS);
        const last = firstDue + SECONDS * 1_000;
        const after = await store.head();
        // Who reads the log meanwhile takes one of two cores from what is measured.
        await sleep(Math.max(0, last - Date.now()));
        return { ...(await lateness(store, { after, from, expected, until: last + PATIENCE_MS })), pending };
      } finally {
        await engine.stop();
      }
    } finally {
      await store.close();
      await on.release(dataDir);
    }
  });

interface Offer {
  readonly orderId: string;
  readonly expiresAt: Instant;
}

/** Makes the offers, by commands. */
async function offer(store: EventStore, due: readonly Offer[]): Promise<void> {
  const application = createApplication({ store, codec, clock: new SystemClock() });
  await each(due, ({ orderId, expiresAt }) =>
    send(application, orderId, buyerOf(orderId), {
      type: 'ProposeSettlement',
      data: { dispute: 1, remedies: ['PARTIAL_REFUND'], amount: money(100_000, 'USD'), expiresAt },
    }),
  );
}

/** Resolves to what is pending then. */
async function crowdIn(dataDir: string, on: Deployment): Promise<number> {
  const { database } = await on.openReadModels(dataDir);
  await crowd(database);
  const pending = await (await readModelDueQueue(database)).pending();
  await database.close();
  return pending;
}

/**
 * Fills the queue's table up with deadlines that are due in 2099. They are rows without orders: what is measured is
 * how the queue finds the few that are due among the many that are not.
 */
async function crowd(database: ReadModelDatabase): Promise<void> {
  const [{ table_name: table } = { table_name: '' }] = await database.kysely
    .selectFrom('active')
    .select('table_name')
    .where('projection', '=', deadlineQueue.name)
    .execute();
  const rows = `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${PENDING})`;
  const columns = deadlineQueue.columns.map(({ name }) => name);
  const doc = {
    orderId: 'O',
    deadline: 'ClaimWindow',
    kind: 'ClaimWindow',
    dueAt: '2099-01-01T00:00:00.000Z',
  };
  const values = columns.map((name) =>
    name === 'due_at'
      ? `'2099-01-01T00:00:00.000Z'`
      : name === 'order_id'
        ? `'crowd-' || i`
        : `'ClaimWindow'`,
  );
  await database.write([
    {
      sql: `insert into "${table}" (id, doc, ${columns.join(', ')}) ${rows} select 'crowd-' || i || '/ClaimWindow', '${JSON.stringify(doc)}', ${values.join(', ')} from n`,
      parameters: [],
    },
  ]);
}

interface Expected {
  readonly after: Position;
  /** Milliseconds since 1970: due instants that count. */
  readonly from: number;
  readonly expected: number;
  readonly until: number;
}

/** Judged by the log alone, once so many have fired or the time is over: each expiry's record against its due instant. */
async function lateness(store: EventStore, { after, from, expected, until }: Expected) {
  const late: number[] = [];
  let first = Number.POSITIVE_INFINITY;
  let last = 0;
  const take = ({ data, created }: RecordedEvent): void => {
    const { kind, dueAt, firedAt } = JSON.parse(data) as Record<'kind' | 'dueAt' | 'firedAt', string>;
    if (kind !== 'OfferExpiry' || epochMsOf(dueAt) < from) return;
    const written = Math.max(epochMsOf(firedAt), epochMsOf(created));
    late.push(written - epochMsOf(dueAt));
    first = Math.min(first, written);
    last = Math.max(last, written);
  };
  let read = after;
  while (late.length < expected && Date.now() < until) {
    await sleep(1_000);
    const head = await store.head();
    for await (const event of store.readAll({ after: read, filter: { types: ['DeadlineExpired'] } })) {
      if (event.position <= head) take(event);
    }
    read = head;
  }
  if (late.some((ms) => ms < 0)) throw new Error('a deadline fired early');
  return {
    fired: late.length,
    firedPerSecond: Math.round((late.length * 1_000) / Math.max(1, last - first)),
    latenessP99Ms: percentile(late, 0.99),
  };
}

if (require.main === module) void timers().then((figures) => console.log(JSON.stringify(figures)));
