import { startDoubleOnSqlite } from './eventstore-double/on-sqlite.js';
import { startPostgres, type PostgresServer } from './postgres.js';

/** Where an engine keeps its events, and where its read models. */
export interface Stores {
  readonly store: (typeof STORES)[number];
  readonly database: (typeof DATABASES)[number];
}

const STORES = ['sqlite', 'eventstoredb'] as const;
const DATABASES = ['sqlite', 'postgres'] as const;

/** Every pair that is promised to be one and the same engine. */
export const PAIRS: readonly Stores[] = [
  { store: 'sqlite', database: 'sqlite' },
  { store: 'eventstoredb', database: 'postgres' },
  { store: 'eventstoredb', database: 'sqlite' },
];

/**
 * What RECOURSE_TEST_STORE and RECOURSE_TEST_DATABASE say, undefined when they say nothing. `eventstoredb` is the server
 * on this machine that EVENTSTORE_URL names, otherwise the protocol double over a socket; `postgres` is the machine's
 * PostgreSQL, otherwise npm's.
 */
export function chosenStores(): Stores | undefined {
  const { RECOURSE_TEST_STORE: store, RECOURSE_TEST_DATABASE: database } = process.env;
  if (store === undefined && database === undefined) return undefined;
  return {
    store: oneOf('RECOURSE_TEST_STORE', STORES, store),
    database: oneOf('RECOURSE_TEST_DATABASE', DATABASES, database),
  };
}

function oneOf<V extends string>(name: string, values: readonly V[], given: string = 'sqlite'): V {
  const found = values.find((value) => value === given);
  if (found === undefined) throw new RangeError(`${name} is one of ${values.join(', ')}`);
  return found;
}

/** The servers of one data directory, empty at first. */
export interface Servers {
  /** What an engine is to be told of them. */
  readonly environment: Readonly<Record<string, string>>;
  dispose(): Promise<void>;
}

export async function startServers({ store, database }: Stores): Promise<Servers> {
  const stops: (() => Promise<void>)[] = [];
  const environment: Record<string, string> = {};
  if (store === 'eventstoredb') {
    environment.EVENTSTORE_URL = process.env.EVENTSTORE_URL ?? (await ownDouble(stops));
  }
  if (database === 'postgres') environment.DATABASE_URL = await ownDatabase(stops);
  return {
    environment,
    async dispose() {
      for (const stop of stops.splice(0).toReversed()) await stop();
    },
  };
}

async function ownDouble(stops: (() => Promise<void>)[]): Promise<string> {
  const double = await startDoubleOnSqlite();
  stops.push(double.dispose);
  return double.url;
}

/** One server for all that are in use at a time: starting one takes seconds. */
let shared: { readonly server: Promise<PostgresServer>; users: number } | undefined;

async function ownDatabase(stops: (() => Promise<void>)[]): Promise<string> {
  const used = (shared ??= { server: startPostgres(), users: 0 });
  used.users += 1;
  stops.push(async () => {
    used.users -= 1;
    if (used.users > 0) return;
    if (shared === used) shared = undefined;
    await (await used.server).stop();
  });
  return (await used.server).createDatabase();
}
