import { sql, type RawBuilder } from 'kysely';
import { instantOf } from '../kernel/instant.js';
import type { ReadModelDatabase, Row, Statement } from '../projection/read-models/database.js';
import { pointers } from '../projection/read-models/documents.js';
import type { ClaimedDeadline, DueQueue } from './due-queue.js';

/** The projection whose documents are the queue: indexed by `due_at`, with the order in `order_id`. */
const QUEUE = 'deadline-queue';
/** Later than any present, as a lease or a pause has its end. */
const FOR_GOOD = sql.lit(Number.MAX_SAFE_INTEGER);

export interface ReadModelDueQueueOptions {
  /** Milliseconds since 1970, the same for all processes of the machine. PostgreSQL asks its server instead. */
  now?(): number;
}

/**
 * The queue as the `deadline-queue` projection keeps it, in SQLite or in PostgreSQL. Leases and failures lie in tables
 * of their own beside it, so that a rebuild of the projection neither loses nor repeats any.
 */
export async function readModelDueQueue(
  database: ReadModelDatabase,
  { now = Date.now }: ReadModelDueQueueOptions = {},
): Promise<DueQueue> {
  const { kysely, dialect } = database;
  const onPostgres = dialect === 'postgres';
  const { tableOf, forget } = pointers(database);
  // Machines differ in their clocks; their database has one.
  const present = (): RawBuilder<number> =>
    onPostgres ? sql`(extract(epoch from clock_timestamp()) * 1000)::bigint` : sql`${now()}`;

  const write = async (...statements: readonly Statement[]): Promise<readonly Row[]> =>
    (await database.write(statements)).at(-1) ?? [];
  const statement = (query: RawBuilder<unknown>): Statement => query.compile(kysely);

  /** A rebuild that has just taken over dropped the table that was asked. */
  const onQueue = async <T>(ask: (table: string) => Promise<T>): Promise<T> => {
    const table = await tableOf(QUEUE);
    try {
      return await ask(table);
    } catch (error) {
      if (database.missing(error) !== 'table') throw error;
      forget(QUEUE);
      return ask(await tableOf(QUEUE));
    }
  };

  /**
   * Nobody has it, and its order is not waiting. Asked as scalars, row by row: `not exists` PostgreSQL takes for a join, and
   * reads all that is pending to find the few that are due.
   */
  const claimable = () => sql`
    coalesce((select lease.until from deadline_leases as lease
      where lease.id = queued.id and lease.due_at = queued.due_at), 0) <= ${present()}
    and coalesce((select case failure.parked when 1 then ${FOR_GOOD} else failure.retry_at end
      from deadline_failures as failure where failure.order_id = queued.order_id), 0) <= ${present()}`;

  /** As the index has them: one that has nulls last, the default, PostgreSQL would sort anew. */
  const inDueOrder = sql`order by queued.due_at nulls first, queued.id`;

  /** Leases that are over, more than a claim adds, and few enough to hold nobody up. */
  const sweep = (limit: number): Statement =>
    statement(sql`
      delete from deadline_leases where id in
        (select id from deadline_leases where until <= ${present()} order by until limit ${2 * limit})`);

  await createTables(database);

  return {
    claim: ({ dueBy, limit, owner, leaseMs }) =>
      onQueue(async (table) => {
        const due = sql`
          select queued.id, queued.due_at, queued.order_id,
            coalesce((select attempts from deadline_failures as failure where failure.order_id = queued.order_id), 0) as attempts
          from ${sql.table(table)} as queued
          where queued.due_at <= ${dueBy} and ${claimable()}
          ${inDueOrder} limit ${sql.lit(limit)}${onPostgres ? sql` for update of queued skip locked` : sql``}`;
        const rows = await write(
          sweep(limit),
          statement(sql`
            insert into deadline_leases (id, due_at, order_id, attempts, owner, until)
            select id, due_at, order_id, attempts, ${owner}, ${present()} + ${leaseMs} from (${due}) as due where true
            on conflict (id) do update set due_at = excluded.due_at, order_id = excluded.order_id,
              attempts = excluded.attempts, owner = excluded.owner, until = excluded.until
            where deadline_leases.until <= ${present()} or deadline_leases.due_at <> excluded.due_at
            returning id, due_at, order_id, attempts`),
        );
        return rows.map(claimedOf).toSorted(byDueInstant);
      }),

    nextDue: () =>
      onQueue(async (table) => {
        const { rows } = await sql<{ due_at: string }>`
          select queued.due_at from ${sql.table(table)} as queued where ${claimable()} ${inDueOrder} limit 1`.execute(
          kysely,
        );
        return rows[0]?.due_at;
      }),

    async release(claimed) {
      const leases = claimed.map(({ id, dueAt }) =>
        statement(sql`delete from deadline_leases where id = ${id} and due_at = ${dueAt}`),
      );
      if (leases.length > 0) await write(...leases);
    },

    async succeeded(orderId) {
      await write(statement(sql`delete from deadline_failures where order_id = ${orderId}`));
    },

    async failed({ orderId, attempts, reason, retryInMs, parked }) {
      await write(
        statement(sql`
          insert into deadline_failures (order_id, attempts, reason, failed_at, retry_at, parked)
          values (${orderId}, ${attempts}, ${reason}, ${present()}, ${present()} + ${retryInMs}, ${parked ? 1 : 0})
          on conflict (order_id) do update set attempts = excluded.attempts, reason = excluded.reason,
            failed_at = excluded.failed_at, retry_at = excluded.retry_at, parked = excluded.parked`),
      );
    },

    async failures() {
      const { rows } = await sql<Row>`select * from deadline_failures order by order_id`.execute(kysely);
      return rows.map((row) => ({
        orderId: String(row['order_id']),
        attempts: Number(row['attempts']),
        reason: String(row['reason']),
        failedAt: instantOf(Number(row['failed_at'])),
        parked: Number(row['parked']) === 1,
      }));
    },

    async retry(orderId) {
      const rows = await write(
        statement(sql`delete from deadline_leases where order_id = ${orderId}`),
        statement(sql`delete from deadline_failures where order_id = ${orderId} returning order_id`),
      );
      return rows.length > 0;
    },

    pending: () =>
      onQueue(async (table) => {
        const { rows } = await sql<{
          count: number;
        }>`select count(*) as count from ${sql.table(table)}`.execute(kysely);
        return rows[0]?.count ?? 0;
      }),
  };
}

const claimedOf = (row: Row): ClaimedDeadline => ({
  id: String(row['id']),
  orderId: String(row['order_id']),
  dueAt: String(row['due_at']),
  attempts: Number(row['attempts']),
});

const byDueInstant = (one: ClaimedDeadline, other: ClaimedDeadline): number => {
  if (one.dueAt !== other.dueAt) return one.dueAt < other.dueAt ? -1 : 1;
  return one.id < other.id ? -1 : 1;
};

/** Instants of leases are milliseconds since 1970: they are the machine's, not the domain's, whose time may be virtual. */
async function createTables({ kysely, dialect, write }: ReadModelDatabase): Promise<void> {
  const text = sql.raw(dialect === 'postgres' ? 'text collate "C"' : 'text');
  await write([
    ...(dialect === 'postgres' ? [sql`select pg_advisory_xact_lock(7263578)`.compile(kysely)] : []),
    sql`create table if not exists deadline_leases (
      id ${text} primary key, due_at ${text} not null, order_id ${text} not null, attempts bigint not null,
      owner ${text} not null, until bigint not null)`.compile(kysely),
    sql`create index if not exists deadline_leases_until on deadline_leases (until)`.compile(kysely),
    sql`create table if not exists deadline_failures (
      order_id ${text} primary key, attempts bigint not null, reason ${text} not null, failed_at bigint not null,
      retry_at bigint not null, parked bigint not null)`.compile(kysely),
  ]);
}
