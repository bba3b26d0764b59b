import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import pg from 'pg';
import { CONNECTING_MS, type PostgresDatabase } from '../read-models/postgres-database.js';
import type { HeldLock, ProjectionLock } from './lock.js';

export interface PostgresLockOptions {
  /** How often to try while another process holds it. Default 250 ms. */
  readonly retryMs?: number;
}

/**
 * An advisory lock on a connection of its own, which the server takes back when the connection ends: at once when the
 * process is killed, and after its keep-alive when the machine is gone.
 */
export function postgresLock(
  database: PostgresDatabase,
  { retryMs = 250 }: PostgresLockOptions = {},
): ProjectionLock {
  return {
    async acquire(name, signal) {
      signal.throwIfAborted();
      const client = new pg.Client({
        connectionString: database.connectionString,
        keepAlive: true,
        connectionTimeoutMillis: CONNECTING_MS,
        application_name: `recourse lock ${name}`,
      });
      const losing = new AbortController();
      const lose = () => losing.abort(new Error(`the connection that holds the lock ${name} ended`));
      client.on('error', lose);
      client.on('end', lose);
      try {
        await client.connect();
        while (!(await tryLock(client, name))) await sleep(retryMs, undefined, { signal });
        return await hold(database, client, name, losing);
      } catch (error) {
        await client.end().catch(() => undefined);
        throw error;
      }
    },
  };
}

async function tryLock(client: pg.Client, name: string): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>(
    'select pg_try_advisory_lock(hashtextextended($1, 0)) as locked',
    [`recourse ${name}`],
  );
  return rows[0]?.locked ?? false;
}

async function hold(
  database: PostgresDatabase,
  client: pg.Client,
  name: string,
  losing: AbortController,
): Promise<HeldLock> {
  const { kysely } = database;
  const holder = String(process.pid);
  const next = kysely
    .insertInto('locks')
    .values({ name, token: 1, holder, expires_at: 0 })
    .onConflict((conflict) =>
      conflict.column('name').doUpdateSet((eb) => ({ token: eb('locks.token', '+', 1), holder })),
    )
    .returning('token');
  // A token that a crash of the server forgot would be given out again: this commit waits for the disk.
  const durably = sql`set local synchronous_commit = on`.compile(kysely);
  const [, rows = []] = await database.write([durably, next.compile()]);
  const token = Number(rows[0]?.['token']);
  const fence = kysely
    .updateTable('locks')
    .set({ expires_at: 0 })
    .where('name', '=', name)
    .where('token', '=', token)
    .compile();
  return {
    name,
    token,
    lost: losing.signal,
    fence: () => ({ ...fence, fence: true }),
    release: () => client.end(),
  };
}
