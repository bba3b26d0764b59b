import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { ProjectionError } from '../projection-error.js';
import type { ReadModelDatabase, Row, Statement, Tables } from './database.js';

export interface PostgresDatabaseOptions {
  /** Most connections that this process opens, those of locks apart. Default 10. */
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
  const pool = new pg.Pool({
    connectionString,
    max: connections,
    keepAlive: true,
    application_name: 'recourse',
    options: '-c synchronous_commit=off',
    types: { getTypeParser: parserOf },
  });
  // A connection that breaks while idle is only removed from the pool; whoever needs one next sees what is wrong.
  pool.on('error', () => undefined);
  const kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return {
    dialect: 'postgres',
    connectionString,
    kysely,
    async write(statements) {
      const client = await pool.connect();
      let broken: Error | undefined;
      try {
        await client.query('begin');
        const results: (readonly Row[])[] = [];
        for (const statement of statements) results.push(await run(client, statement));
        await client.query('commit');
        return results;
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
    close: () => kysely.destroy(),
  };
}

const UNDEFINED_TABLE = '42P01';
const UNDEFINED_COLUMN = '42703';
const INT8 = pg.types.builtins.INT8;

/** Counts, tokens and integer columns are safe integers, so a bigint of the database is a number here. */
const parserOf: typeof pg.types.getTypeParser = (oid, format) =>
  oid === INT8 ? Number : pg.types.getTypeParser(oid, format);

async function run(client: pg.PoolClient, { sql, parameters, fence }: Statement): Promise<readonly Row[]> {
  const { rows, rowCount } = await client.query<Row>(sql, [...parameters]);
  if (fence && rowCount !== 1) {
    throw new ProjectionError('LOCK_LOST', 'another holder has the lock; nothing was written');
  }
  return rows;
}
