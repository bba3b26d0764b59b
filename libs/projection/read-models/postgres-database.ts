import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { ProjectionError } from '../projection-error.js';
import type { ReadModelDatabase, Row, Statement, Tables } from './database.js';

export interface PostgresDatabaseOptions {
  /** Most connections for reads. Writes have one of their own, and so has each lock. Default 10. */
  readonly connections?: number;
}

export interface PostgresDatabase extends ReadModelDatabase {
  readonly dialect: 'postgres';
  readonly connectionString: string;
}

/**
 * Read models in a PostgreSQL database. A commit does not wait for the disk (`synchronous_commit=off`): after a crash
 * of the server the last ones may be gone, documents and checkpoint together, and are then folded again.
 */
export function postgresDatabase(
  connectionString: string,
  { connections = 10 }: PostgresDatabaseOptions = {},
): PostgresDatabase {
  const poolOf = (config: pg.PoolConfig) => {
    const pool = new pg.Pool({
      connectionString,
      keepAlive: true,
      connectionTimeoutMillis: CONNECTING_MS,
      application_name: 'recourse',
      options: WITHOUT_THE_DISK,
      types: { getTypeParser: parserOf },
      ...config,
    });
    // A connection that breaks is only removed from the pool: whoever uses it, or needs one next, sees what is wrong.
    // The pool listens while it is idle, and nobody while it is in use between two statements.
    pool.on('connect', (client) => client.on('error', () => undefined));
    return pool.on('error', () => undefined);
  };
  const readers = poolOf({ max: connections });
  // The statements of a transaction are sent together, not one after the answer to the other.
  // Its plans are made without looking at the values: to look, it copies them some times, and an array of documents is large.
  const writers = poolOf({
    max: 1,
    pipeline: true,
    options: `${WITHOUT_THE_DISK} -c plan_cache_mode=force_generic_plan`,
  });
  const kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: readers }) });
  return {
    dialect: 'postgres',
    connectionString,
    kysely,
    async write(statements) {
      const client = await writers.connect();
      let broken: Error | undefined;
      try {
        const results = await Promise.all([
          client.query('begin'),
          ...statements.map((one) => run(client, one)),
        ]);
        await client.query('commit');
        return results.slice(1).map(({ rows }) => rows);
      } catch (error) {
        await client.query('rollback').catch((failure: Error) => (broken = failure));
        throw error;
      } finally {
        client.release(broken);
      }
    },
    missing(error) {
      const code = (error as { code?: unknown }).code;
      if (code === UNDEFINED_TABLE) return 'table';
      return code === UNDEFINED_COLUMN ? 'column' : undefined;
    },
    async close() {
      await kysely.destroy();
      await writers.end();
    },
  };
}

const WITHOUT_THE_DISK = '-c synchronous_commit=off';

/** How long to wait for a connection, to a server that does not answer, or one that others of the process use. */
export const CONNECTING_MS = 10_000;
const UNDEFINED_TABLE = '42P01';
const UNDEFINED_COLUMN = '42703';
const INT8 = pg.types.builtins.INT8;

/** Counts, tokens and integer columns are safe integers, so a bigint of the database is a number here. */
const parserOf: typeof pg.types.getTypeParser = (oid, format) =>
  oid === INT8 ? Number : pg.types.getTypeParser(oid, format);

async function run(client: pg.PoolClient, { sql, parameters, fence }: Statement) {
  const result = await client.query<Row>(sql, [...parameters]);
  if (fence && result.rowCount !== 1) {
    throw new ProjectionError('LOCK_LOST', 'another holder has the lock; nothing was written');
  }
  return result;
}
