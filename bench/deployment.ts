import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { openEventStoreDb } from '../libs/event-store/eventstoredb/event-store.js';
import type { EventStore } from '../libs/event-store/port.js';
import { openSqliteEventStore } from '../libs/event-store/sqlite/event-store.js';
import type { ProjectionLock } from '../libs/projection/lock/lock.js';
import { postgresLock } from '../libs/projection/lock/postgres-lock.js';
import { sqliteLock } from '../libs/projection/lock/sqlite-lock.js';
import type { ReadModelDatabase } from '../libs/projection/read-models/database.js';
import { postgresDatabase } from '../libs/projection/read-models/postgres-database.js';
import { sqliteDatabase } from '../libs/projection/read-models/sqlite-database.js';
import { AS_DEPLOYED, startPostgres, type PostgresServer } from '../test/support/postgres.js';

export interface Chosen {
  readonly store: 'sqlite' | 'eventstoredb';
  readonly database: 'sqlite' | 'postgres';
}

/**
 * What an engine stands on: files of its data directory, or servers in processes of their own. EventStoreDB is the protocol
 * double, on the same file as the embedded log: so every scene is set by the embedded store, before its server is started.
 */
export interface Deployment {
  openLog(dataDir: string): Promise<EventStore>;
  openReadModels(
    dataDir: string,
  ): Promise<{ readonly database: ReadModelDatabase; readonly lock: ProjectionLock }>;
  /** Settings by which an engine stands on the same. */
  settings(dataDir: string): Promise<Readonly<Record<string, string>>>;
  /** Connection string of the data directory's EventStoreDB, where there is one. */
  eventStoreUrl(dataDir: string): Promise<string | undefined>;
  /** Ends the data directory's servers. */
  release(dataDir: string): Promise<void>;
  /** Ends all that runs, and says what it was. */
  stop(): Promise<void>;
  /** For the table; undefined for the embedded default. */
  description(): Promise<string | undefined>;
}

interface Double {
  readonly url: string;
  readonly process: ChildProcess;
}

export function deployment({ store, database }: Chosen): Deployment {
  const doubles = new Map<string, Promise<Double>>();
  const databases = new Map<string, Promise<string>>();
  let server: Promise<PostgresServer> | undefined;
  const postgres = () => (server ??= startPostgres(AS_DEPLOYED));

  const doubleOf = async (dataDir: string): Promise<Double> => {
    const started = doubles.get(dataDir) ?? startDouble(dataDir);
    doubles.set(dataDir, started);
    return started;
  };
  const databaseOf = async (dataDir: string): Promise<string> => {
    const made = databases.get(dataDir) ?? postgres().then((running) => running.createDatabase());
    databases.set(dataDir, made);
    return made;
  };
  const eventStoreUrl = async (dataDir: string) =>
    store === 'eventstoredb' ? (await doubleOf(dataDir)).url : undefined;

  return {
    eventStoreUrl,
    async openLog(dataDir) {
      const url = await eventStoreUrl(dataDir);
      return url === undefined
        ? openSqliteEventStore({ file: join(dataDir, 'events.db') })
        : openEventStoreDb({ url });
    },
    async openReadModels(dataDir) {
      if (database === 'postgres') {
        const opened = postgresDatabase(await databaseOf(dataDir));
        return { database: opened, lock: postgresLock(opened) };
      }
      const opened = sqliteDatabase(join(dataDir, 'read-models.db'));
      return { database: opened, lock: sqliteLock(opened) };
    },
    async settings(dataDir) {
      const url = await eventStoreUrl(dataDir);
      return {
        ...(url === undefined ? {} : { EVENTSTORE_URL: url }),
        ...(database === 'postgres' ? { DATABASE_URL: await databaseOf(dataDir) } : {}),
      };
    },
    async release(dataDir) {
      const double = await doubles.get(dataDir);
      doubles.delete(dataDir);
      if (double !== undefined) await end(double.process);
    },
    async stop() {
      for (const double of doubles.values()) await end((await double).process);
      await (await server)?.stop();
    },
    async description() {
      if (store === 'sqlite' && database === 'sqlite') return undefined;
      const log = store === 'sqlite' ? 'SQLite' : 'EventStoreDB (protocol double)';
      return `${log}, ${database === 'sqlite' ? 'SQLite' : (await postgres()).description}`;
    },
  };
}

export const embedded: Deployment = deployment({ store: 'sqlite', database: 'sqlite' });

async function startDouble(dataDir: string): Promise<Double> {
  const main = join(__dirname, '..', 'test', 'support', 'eventstore-double', 'main.js');
  const args = ['--port', '0', '--control-port', '0', '--data', join(dataDir, 'events.db')];
  const started = spawn(process.execPath, [main, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const url of createInterface(started.stdout)) {
    started.stdout.resume();
    return { url, process: started };
  }
  throw new Error('the EventStoreDB double did not start');
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}
