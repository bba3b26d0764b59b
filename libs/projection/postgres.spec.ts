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
});
