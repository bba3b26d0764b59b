import pg from 'pg';
import { allProjections } from '../../apps/engine/projections.js';
import type { EventStore } from '../../libs/event-store/port.js';
import { caughtUp } from '../../libs/projection/lag.js';
import { postgresDatabase } from '../../libs/projection/read-models/postgres-database.js';
import { openReadModels, type ReadModels } from '../../libs/projection/read-models/read-models.js';

const PATIENCE = { timeoutMs: 3_600_000 };

/** Opens the read models of a database beside the engines that use it. */
export async function withReadModels<T>(
  databaseUrl: string,
  work: (models: ReadModels) => Promise<T>,
): Promise<T> {
  const models = await openReadModels(postgresDatabase(databaseUrl), allProjections);
  return work(models).finally(() => models.close());
}

/** Resolves when every projection has folded all that is in the log. */
export const level = (store: EventStore, readModels: ReadModels): Promise<void> =>
  caughtUp({ store, readModels, projections: allProjections }, PATIENCE);

/** Number and digest of each projection's documents, by what they hold and not by how it is written. */
export async function digests(
  databaseUrl: string,
): Promise<Readonly<Record<string, { readonly documents: number; readonly digest: string }>>> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ projection: string; table_name: string }>(
      'select projection, table_name from active order by projection',
    );
    const found: Record<string, { documents: number; digest: string }> = {};
    for (const { projection, table_name: table } of tables) {
      const { rows } = await client.query<{ documents: number; digest: string }>(
        `select count(*)::int as documents, md5(string_agg(md5(id || doc::jsonb::text), '' order by id)) as digest
         from ${client.escapeIdentifier(table)}`,
      );
      if (rows[0] !== undefined) found[projection] = rows[0];
    }
    return found;
  } finally {
    await client.end();
  }
}
