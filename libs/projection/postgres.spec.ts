import { sql } from 'kysely';
import { until } from './contract/support.js';
import { startPostgres, type PostgresServer } from '../../test/support/postgres.js';
import { projectionContract } from './contract.js';
import { freshLog } from '../../test/support/fresh-log.js';
import { postgresLock } from './lock/postgres-lock.js';
import { postgresDatabase, type PostgresDatabase } from './read-models/postgres-database.js';

describe('read models on PostgreSQL', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
    process.stdout.write(`${server.description}\n`);
  });
  afterAll(() => server.stop());

  projectionContract(freshLog, async () => {
    const url = await server.createDatabase();
    return {
      open: () => postgresDatabase(url),
      lock: (database) => postgresLock(database as PostgresDatabase, { retryMs: 20 }),
      dispose: async () => undefined,
    };
  });

  test('a connection that breaks between two statements of a transaction fails that one, and not the process', async () => {
    const database = postgresDatabase(await server.createDatabase());
    const { kysely } = database;
    const breaking = kysely.connection().execute(async (one) => {
      const mine = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(one);
      await sql`select pg_terminate_backend(${mine.rows[0]?.pid}::int)`.execute(kysely);
      await until(async () => {
        const { rows } = await sql`select from pg_stat_activity where pid = ${mine.rows[0]?.pid}`.execute(
          kysely,
        );
        return rows.length === 0;
      });
      await sql`select 1`.execute(one);
    });
    await expect(breaking).rejects.toThrow(/connection|terminat/i);
    await sql`select 1`.execute(kysely);
    await database.close();
  });
});
