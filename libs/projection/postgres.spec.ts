import { sql } from 'kysely';
import { accounts, expected, ledger, moved, opened, owners, stored } from './contract/fixture.js';
import { staged, until } from './contract/support.js';
import { startPostgres, type PostgresServer } from '../../test/support/postgres.js';
import { projectionContract } from './contract.js';
import { freshLog } from '../../test/support/fresh-log.js';
import { postgresLock } from './lock/postgres-lock.js';
import type { ReadModelDatabase } from './read-models/database.js';
import { postgresDatabase, type PostgresDatabase } from './read-models/postgres-database.js';

describe('read models on PostgreSQL', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
    process.stdout.write(`${server.description}\n`);
  });
  afterAll(() => server.stop());

  const freshDatabase = async () => {
    const url = await server.createDatabase();
    return {
      open: () => postgresDatabase(url),
      lock: (database: ReadModelDatabase) => postgresLock(database as PostgresDatabase, { retryMs: 20 }),
      dispose: async () => undefined,
    };
  };

  projectionContract(freshLog, freshDatabase);

  describe('tables of the first releases, which have documents as json', () => {
    const stage = staged(freshLog, freshDatabase);
    const form = async ({ kysely }: ReadModelDatabase) => {
      const { rows } = await sql<{ type: string; storage: string }>`
        select distinct format_type(atttypid, null) as type, attstorage as storage
        from pg_attribute where attname = 'doc'`.execute(kysely);
      return rows;
    };

    test('are read as they are, and have text once somebody folds into them', async () => {
      const { store, models, engine } = stage();
      const { record } = ledger(store);
      await record(opened('a', 'Ann'), moved('a', 'Ann', 5));
      const { readModels, stop } = await engine();
      await readModels.waitFor(['accounts', 'owners'], await store.head());
      await stop();
      const { database } = readModels;
      for (const { table } of await readModels.generations()) {
        await sql`alter table ${sql.table(table)} alter column doc type json using doc::json`.execute(
          database.kysely,
        );
      }
      expect(await form(database)).toEqual([{ type: 'json', storage: 'x' }]);
      const reader = await models();
      expect(await stored(reader, accounts)).toEqual(await expected(store, accounts));

      await engine();
      const position = await record(moved('a', 'Ann', 7), opened('b', 'Bob'));
      await reader.waitFor(['accounts', 'owners'], position);
      expect(await form(database)).toEqual([{ type: 'text', storage: 'e' }]);
      expect(await stored(reader, accounts)).toEqual(await expected(store, accounts));
      expect(await stored(reader, owners)).toEqual(await expected(store, owners));
    });
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
