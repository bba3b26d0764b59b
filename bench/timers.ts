import { setTimeout as sleep } from 'node:timers/promises';
import { allProjections } from '../apps/engine/projections.js';
import { expireDeadlines } from '../apps/engine/expire-deadlines.js';
import { createApplication } from '../libs/application/application.js';
import { readModelDueQueue } from '../libs/deadlines/read-model-due-queue.js';
import { startScheduler } from '../libs/deadlines/scheduler.js';
import type { EventStore } from '../libs/event-store/port.js';
import { SystemClock } from '../libs/kernel/clock.js';
import { epochMsOf, instantOf } from '../libs/kernel/instant.js';
import { money } from '../libs/kernel/money.js';
import { caughtUp } from '../libs/projection/lag.js';
import { startProjector } from '../libs/projection/projector/projector.js';
import type { ReadModelDatabase } from '../libs/projection/read-models/database.js';
import { openReadModels } from '../libs/projection/read-models/read-models.js';
import { deadlineQueue } from '../projections/deadline-queue/projection.js';
import { embedded, type Deployment } from './deployment.js';
import { codec, fill, inFolder, writing } from './log.js';
import { buyerOf, each, send } from './seed.js';
import { percentile } from './statistics.js';

const PER_SECOND = 2_000;
const SECONDS = 8;
const PENDING = Number(process.env.BENCH_PENDING ?? 1_000_000);
/** Time to make the offers and to let the queue take them in. */
const LEAD_MS = 45_000;

export interface TimerFigures {
  readonly firedPerSecond: number;
  /** From the due instant until the expiry was recorded. */
  readonly latenessP99Ms: number;
  readonly pending: number;
}

/** Offers that expire at 2,000 a second, with a million deadlines waiting behind them, on the machine's clock. */
export const timers = (on: Deployment = embedded): Promise<TimerFigures> =>
  inFolder(async (dataDir) => {
    const orders = await writing(dataDir, (log) => fill(log, PER_SECOND * SECONDS * 13));
    const store = await on.openLog(dataDir);
    const { database, lock } = await on.openReadModels(dataDir);
    const models = await openReadModels(database, allProjections);
    const clock = new SystemClock();
    const application = createApplication({ store, codec, clock });
    const projector = startProjector({
      store,
      readModels: models,
      projections: allProjections,
      decode: (event) => codec.decode(event),
      lock,
    });
    const queue = await readModelDueQueue(database);
    try {
      const firstDue = Date.now() + LEAD_MS;
      const due = orders.slice(0, PER_SECOND * SECONDS).map((orderId, index) => ({
        orderId,
        expiresAt: instantOf(firstDue + Math.floor((index * 1_000) / PER_SECOND)),
      }));
      await each(due, ({ orderId, expiresAt }) =>
        send(application, orderId, buyerOf(orderId), {
          type: 'ProposeSettlement',
          data: { dispute: 1, remedies: ['PARTIAL_REFUND'], amount: money(100_000, 'USD'), expiresAt },
        }),
      );
      const idle = () =>
        caughtUp({ store, readModels: models, projections: allProjections }, { timeoutMs: 600_000 });
      await idle();
      await crowd(database);
      const pending = await queue.pending();
      if (Date.now() > firstDue - 1_000)
        throw new Error('the machine was too slow to set the scene: the first offer is due');
      const scheduler = startScheduler({
        clock,
        queue,
        owner: 'bench',
        send: (orderId) => expireDeadlines(application, orderId),
      });
      const last = epochMsOf(due.at(-1)?.expiresAt ?? clock.now());
      while (Date.now() < last + 500 || scheduler.readings().fired < due.length) {
        await sleep(100);
        if (Date.now() > last + 60_000) break;
      }
      await scheduler.stop();
      return { ...(await lateness(store, firstDue)), pending };
    } finally {
      await projector.stop();
      await models.close();
      await store.close();
      await on.release(dataDir);
    }
  });

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

/** Judged by the log alone: each expiry's recorded instant against its due instant. */
async function lateness(store: EventStore, firstDue: number) {
  const late: number[] = [];
  let first = Number.POSITIVE_INFINITY;
  let last = 0;
  for await (const event of store.readAll({ filter: { types: ['DeadlineExpired'] } })) {
    const { kind, dueAt, firedAt } = JSON.parse(event.data) as {
      kind: string;
      dueAt: string;
      firedAt: string;
    };
    if (kind !== 'OfferExpiry' || epochMsOf(dueAt) < firstDue) continue;
    const written = Math.max(epochMsOf(firedAt), epochMsOf(event.created));
    late.push(written - epochMsOf(dueAt));
    first = Math.min(first, written);
    last = Math.max(last, written);
  }
  if (late.some((ms) => ms < 0)) throw new Error('a deadline fired early');
  return {
    firedPerSecond: Math.round((late.length * 1_000) / Math.max(1, last - first)),
    latenessP99Ms: percentile(late, 0.99),
  };
}

if (require.main === module) void timers().then((figures) => console.log(JSON.stringify(figures)));
