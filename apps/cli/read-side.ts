import { join } from 'node:path';
import type { Command } from 'commander';
import { eventSchemas } from '../../libs/domain/registry.js';
import { createCodec } from '../../libs/event-store/codec.js';
import type { EventStore } from '../../libs/event-store/port.js';
import { postgresLock } from '../../libs/projection/lock/postgres-lock.js';
import { sqliteLock } from '../../libs/projection/lock/sqlite-lock.js';
import { startProjector } from '../../libs/projection/projector/projector.js';
import type { ReadModelDatabase } from '../../libs/projection/read-models/database.js';
import { postgresDatabase } from '../../libs/projection/read-models/postgres-database.js';
import { openReadModels, type ReadModels } from '../../libs/projection/read-models/read-models.js';
import { sqliteDatabase } from '../../libs/projection/read-models/sqlite-database.js';
import { allProjections } from '../../projections/every-projection.js';
import { openSource, STORE_ADDRESS, storeAddress, type StoreAddress } from './store-address.js';

export interface ReadSideFlags {
  readonly dataDir: string;
  readonly store?: StoreAddress;
  readonly database?: string;
}

const fromEnvironment = (name: string): string | undefined => process.env[name]?.trim() || undefined;

/** Where the log and the read models are: as the engines have it, by the same variables. */
export function withReadSide(command: Command): Command {
  const store = fromEnvironment('EVENTSTORE_URL');
  return command
    .option('--data-dir <folder>', 'data of the embedded engine', process.env.DATA_DIR ?? './data')
    .option('--store <address>', `the log: ${STORE_ADDRESS}`, storeAddress, store && storeAddress(store))
    .option('--database <url>', 'PostgreSQL with the read models', fromEnvironment('DATABASE_URL'));
}

export interface ReadSide {
  readonly log: EventStore;
  readonly readModels: ReadModels;
  /**
   * Does the work until it is done. Whoever projects does it: an engine that runs has the lock; where none runs, this
   * process takes it, and gives it back.
   */
  whileProjecting<T>(work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export async function openReadSide({ dataDir, store, database: url }: ReadSideFlags): Promise<ReadSide> {
  const log = await openSource(store ?? { kind: 'sqlite', file: join(dataDir, 'events.db') });
  const { database, lock } = openDatabase(url, dataDir);
  const close = async () => {
    await database.close();
    await log.close();
  };
  const readModels = await openReadModels(database, allProjections).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  const codec = createCodec(eventSchemas);
  return {
    log,
    readModels,
    async whileProjecting(work) {
      const projector = startProjector({
        store: log,
        readModels,
        projections: allProjections,
        decode: (event) => codec.decode(event),
        lock,
        onFault: (error) => console.error(`recourse: projecting begins again: ${String(error)}`),
      });
      try {
        return await work();
      } finally {
        await projector.stop();
      }
    },
    close,
  };
}

function openDatabase(url: string | undefined, dataDir: string) {
  if (url !== undefined) {
    const database = postgresDatabase(url);
    return { database: database as ReadModelDatabase, lock: postgresLock(database) };
  }
  const database = sqliteDatabase(join(dataDir, 'read-models.db'));
  return { database, lock: sqliteLock(database) };
}
