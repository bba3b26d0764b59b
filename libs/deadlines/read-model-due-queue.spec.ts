import { sql } from 'kysely';
import { deadlineQueue } from '../../projections/deadline-queue/projection.js';
import {
  deadlineExpired,
  deadlineExtended,
  deadlineMet,
  deadlineSet,
} from '../../test/support/deadline-steps.js';
import { startPostgres, type PostgresServer } from '../../test/support/postgres.js';
import { readSide, type ReadModelPlace, type ReadSide } from '../../test/support/read-side.js';
import { until } from '../../test/support/until.js';
import { epochMsOf, instantOf } from '../kernel/instant.js';
import { postgresLock } from '../projection/lock/postgres-lock.js';
import type { ReadModelDatabase } from '../projection/read-models/database.js';
import { postgresDatabase, type PostgresDatabase } from '../projection/read-models/postgres-database.js';
import { tableName } from '../projection/read-models/schema.js';
import type { Claim, DueQueue } from './due-queue.js';
import { readModelDueQueue } from './read-model-due-queue.js';

const at = (second: number) => instantOf(epochMsOf('2026-03-01T00:00:00.000Z') + second * 1_000);

/** A place of read models as a test asks for it: a fresh one each time, and perhaps a server that must end. */
interface Ground {
  fresh(): Promise<ReadModelPlace | undefined>;
  end(): Promise<void>;
}

const onSqlite = async (): Promise<Ground> => ({ fresh: async () => undefined, end: async () => undefined });

const onPostgres = async (): Promise<Ground> => {
  const server: PostgresServer = await startPostgres();
  return {
    async fresh() {
      const url = await server.createDatabase();
      return {
        open: () => postgresDatabase(url),
        lock: (database) => postgresLock(database as PostgresDatabase, { retryMs: 20 }),
      };
    },
    end: () => server.stop(),
  };
};

/** Nothing but the index that has it in due order: a planner that reads the table reads a million deadlines for a few. */
describe('The queue of due deadlines on PostgreSQL, among many that are pending', () => {
  it('is asked and claimed without reading the table', async () => {
    const ground = await onPostgres();
    const side = await readSide([deadlineQueue], await ground.fresh());
    const { kysely, write } = side.database;
    const table = tableName(deadlineQueue, 1);
    const scans = async () => {
      const { rows } = await sql<{ all: number; byIndex: number }>`
        select seq_scan as all, idx_scan as "byIndex" from pg_stat_user_tables where relname = ${table}`.execute(
        kysely,
      );
      return rows[0] ?? { all: -1, byIndex: -1 };
    };
    try {
      await readModelDueQueue(side.database);
      await write([
        sql`insert into ${sql.table(table)} (id, doc, due_at, order_id)
          select 'O' || i || '/ClaimWindow', '{}',
            ${at(0).slice(0, 17)} || lpad((i % 60)::text, 2, '0') || '.000Z', 'O' || i
          from generate_series(1, 20000) as i`.compile(kysely),
      ]);
      const before = await scans();
      const asking = side.open();
      try {
        const queue = await readModelDueQueue(asking);
        expect(await queue.nextDue()).toBe(at(0));
        expect(await queue.claim({ dueBy: at(1), limit: 500, owner: 'one', leaseMs: 60_000 })).toHaveLength(
          500,
        );
        expect(await queue.nextDue()).toBe(at(1));
      } finally {
        await asking.close();
      }
      // What a connection has read is counted when it ends.
      const since = async () => {
        const { all, byIndex } = await scans();
        return { all: all - before.all, byIndex: byIndex - before.byIndex };
      };
      const asked = async () => Object.values(await since()).reduce((sum, count) => sum + count);
      await until(async () => (await asked()) >= 3);
      expect(await since()).toEqual({ all: 0, byIndex: 3 });
    } finally {
      await side.dispose();
      await ground.end();
    }
  });
});

describe.each([
  ['SQLite', onSqlite],
  ['PostgreSQL', onPostgres],
])('The queue of due deadlines on %s', (_, start) => {
  let ground: Ground;
  let side: ReadSide;
  let queue: DueQueue;
  const opened: ReadModelDatabase[] = [];

  beforeAll(async () => {
    ground = await start();
  });
  afterAll(() => ground.end());
  beforeEach(async () => {
    side = await readSide([deadlineQueue], await ground.fresh());
    queue = await readModelDueQueue(side.database);
  });
  afterEach(async () => {
    for (const database of opened.splice(0)) await database.close();
    await side.dispose();
  });

  /** The queue as another process has it. */
  const another = async (): Promise<DueQueue> => {
    const database = side.open();
    opened.push(database);
    return readModelDueQueue(database);
  };
  const claim = async (more: Partial<Claim> = {}, by = queue) =>
    (await by.claim({ dueBy: at(100), limit: 10, owner: 'one', leaseMs: 60_000, ...more })).map(
      ({ id }) => id,
    );
  const fill = async (...seconds: number[]) => {
    for (const second of seconds)
      await side.record(`order-O${second}`, [deadlineSet('ClaimWindow', at(second))]);
    await side.idle();
  };

  it('gives what is due, what is due first first, as much as is asked for', async () => {
    await fill(30, 10, 20, 100, 101);
    expect(await claim({ limit: 2 })).toEqual(['O10/ClaimWindow', 'O20/ClaimWindow']);
    expect(await claim()).toEqual(['O30/ClaimWindow', 'O100/ClaimWindow']);
    expect(await queue.pending()).toBe(5);
  });

  it('gives it to one only, however many ask at the same time', async () => {
    await fill(...Array.from({ length: 40 }, (__, index) => index));
    const queues = [queue, await another(), await another()];
    const claims = await Promise.all(
      Array.from({ length: 12 }, (__, index) =>
        claim({ owner: `owner ${index}`, limit: 5 }, queues[index % 3]),
      ),
    );
    // Another turn picks up what was passed over because somebody else was just looking at it.
    const ids = [...claims.flat(), ...(await claim({ limit: 40 }))];
    expect(ids.toSorted()).toEqual(
      Array.from({ length: 40 }, (__, index) => `O${index}/ClaimWindow`).toSorted(),
    );
  });

  it('says when the next one is due that nobody has', async () => {
    expect(await queue.nextDue()).toBeUndefined();
    await fill(10, 20);
    expect(await queue.nextDue()).toBe(at(10));
    await claim({ limit: 1 });
    expect(await queue.nextDue()).toBe(at(20));
  });

  it('lets another have what a scheduler left lying when its lease is over', async () => {
    await fill(10);
    expect(await claim({ leaseMs: 1, owner: 'killed' })).toHaveLength(1);
    const taken = async (): Promise<string[]> => {
      const ids = await claim({ owner: 'two' }, await another());
      return ids.length > 0 ? ids : taken();
    };
    expect(await taken()).toEqual(['O10/ClaimWindow']);
    expect(await claim()).toEqual([]);
  });

  it('takes back what is given back', async () => {
    await fill(10, 20);
    const claimed = await queue.claim({ dueBy: at(100), limit: 10, owner: 'one', leaseMs: 60_000 });
    await queue.release(claimed.slice(0, 1));
    expect(await claim()).toEqual(['O10/ClaimWindow']);
  });

  it('forgets what was met or has expired, whoever had it', async () => {
    await fill(10, 20);
    await claim({ limit: 1 });
    await side.record('order-O10', [deadlineExpired('ClaimWindow', at(10))]);
    await side.record('order-O20', [deadlineMet('ClaimWindow', at(20))]);
    await side.idle();
    expect([await queue.pending(), await queue.nextDue()]).toEqual([0, undefined]);
  });

  it('gives a deadline that was moved anew, whoever had it before', async () => {
    await fill(10);
    await claim();
    await side.record('order-O10', [deadlineExtended('ClaimWindow', at(10), at(50))]);
    await side.idle();
    expect(await queue.nextDue()).toBe(at(50));
    expect(await claim({ owner: 'two' })).toEqual(['O10/ClaimWindow']);
  });

  it('passes over an order that failed until its time comes, and counts its attempts', async () => {
    await fill(10, 20);
    const failure = { orderId: 'O10', attempts: 1, reason: 'no luck', parked: false };
    await queue.failed({ ...failure, retryInMs: 60_000 });
    expect([await claim(), await queue.nextDue()]).toEqual([['O20/ClaimWindow'], undefined]);
    expect(await queue.failures()).toMatchObject([failure]);
    await queue.failed({ ...failure, attempts: 2, retryInMs: -1 });
    expect(await queue.claim({ dueBy: at(100), limit: 10, owner: 'one', leaseMs: 60_000 })).toMatchObject([
      { orderId: 'O10', attempts: 2 },
    ]);
    await queue.succeeded('O10');
    expect(await queue.failures()).toEqual([]);
  });

  it('leaves a parked order alone until somebody lets it go on', async () => {
    await fill(10, 20);
    await queue.failed({ orderId: 'O10', attempts: 8, reason: 'poison', retryInMs: -1, parked: true });
    expect(await claim()).toEqual(['O20/ClaimWindow']);
    expect(await queue.failures()).toMatchObject([
      { orderId: 'O10', attempts: 8, reason: 'poison', parked: true },
    ]);
    expect([await queue.retry('O10'), await queue.retry('O10')]).toEqual([true, false]);
    expect(await claim()).toEqual(['O10/ClaimWindow']);
  });

  it('goes on across a rebuild of its documents', async () => {
    await fill(10, 20);
    await claim({ limit: 1 });
    await side.readModels.rebuild(['deadline-queue']);
    expect(await queue.nextDue()).toBe(at(20));
    expect(await claim()).toEqual(['O20/ClaimWindow']);
  });
});
