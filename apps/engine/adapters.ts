import { join } from 'node:path';
import { openEventStoreDb } from '../../libs/event-store/eventstoredb/event-store.js';
import type { EventStore } from '../../libs/event-store/port.js';
import {
  openSqliteEventStore,
  type SqliteEventStoreOptions,
} from '../../libs/event-store/sqlite/event-store.js';
import type { ProjectionLock } from '../../libs/projection/lock/lock.js';
import { postgresLock } from '../../libs/projection/lock/postgres-lock.js';
import { sqliteLock } from '../../libs/projection/lock/sqlite-lock.js';
import type { ReadModelDatabase } from '../../libs/projection/read-models/database.js';
import { postgresDatabase } from '../../libs/projection/read-models/postgres-database.js';
import { sqliteDatabase } from '../../libs/projection/read-models/sqlite-database.js';
import type { EngineConfig } from './config.js';

/** The only place where adapters are chosen: embedded SQLite, or the servers that the configuration names. */

/** How an embedded log is opened; a server's knows none of these, and takes appends all the same. */
export type EmbeddedLogOptions = Pick<SqliteEventStoreOptions, 'readOnly' | 'commitsHere' | 'whenGrown'>;

export const openEventLog = async (
  { eventStoreUrl, dataDir }: EngineConfig,
  options: EmbeddedLogOptions = {},
): Promise<EventStore> =>
  eventStoreUrl === undefined
    ? openSqliteEventStore({ file: join(dataDir, 'events.db'), ...options })
    : openEventStoreDb({ url: eventStoreUrl });

/** `folds`: whoever opens it writes the documents, too, in that same thread. */
export function openReadModelDatabase(
  { databaseUrl, dataDir }: EngineConfig,
  { folds }: { readonly folds: boolean },
): { readonly database: ReadModelDatabase; readonly projectionLock: ProjectionLock } {
  if (databaseUrl !== undefined) {
    const database = postgresDatabase(databaseUrl);
    return { database, projectionLock: postgresLock(database) };
  }
  const database = sqliteDatabase(join(dataDir, 'read-models.db'), { inOwnThreads: !folds });
  return { database, projectionLock: sqliteLock(database) };
}
