import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../apps/engine/config.js';
import { startEngine, type Engine } from '../../apps/engine/engine.js';
import type { Role } from '../../libs/domain/vocabulary.js';
import { localIssuer } from '../../libs/identity/local-issuer.js';
import { chosenStores, startServers, type Servers, type Stores } from './stores.js';

export interface TestEngine {
  readonly url: string;
  readonly dataDir: string;
  readonly engine: Engine;
  /** A bearer token; buyers and suppliers act for a party. */
  token(role: Role, party?: string): Promise<string>;
  /** Stops the engine and, unless told to keep it, removes its data. */
  stop(options?: { readonly keepData?: boolean }): Promise<void>;
}

/** Where the virtual clock of a test begins: the acceptance tests' contracts are to be shipped by 2026-03-31. */
export const TEST_START = '2026-03-01T00:00:00.000Z';

/** The servers that belong to a data directory, until it is removed. */
const serversOf = new Map<string, Promise<Servers>>();

/**
 * An engine of its own in this process, over a real socket: temporary data, a virtual clock, and whatever of the
 * environment the test wants otherwise. Give `dataDir` to start again on what an engine left, or another engine beside
 * it. `stores` are those that the test run chose, the embedded ones where it chose none.
 */
export async function startTestEngine(
  environment: Readonly<Record<string, string>> = {},
  dataDir?: string,
  stores: Stores = chosenStores() ?? EMBEDDED,
): Promise<TestEngine> {
  const data = dataDir ?? (await mkdtemp(join(tmpdir(), 'recourse-engine-')));
  const servers = serversOf.get(data) ?? startServers(stores);
  serversOf.set(data, servers);
  const config = readConfig({
    ...(await servers).environment,
    PORT: '0',
    DATA_DIR: data,
    RECOURSE_CLOCK: 'virtual',
    ...(environment.RECOURSE_CLOCK === 'system' ? {} : { RECOURSE_CLOCK_START: TEST_START }),
    LOG_LEVEL: 'silent',
    ...environment,
  });
  const engine = await startEngine(config);
  const issuer = await localIssuer(data);
  return {
    url: engine.url,
    dataDir: data,
    engine,
    token: (role, party) => issuer.issue({ ...who(role, party), lifetimeSeconds: 86_400 }),
    async stop({ keepData = false } = {}) {
      await engine.stop();
      if (keepData) return;
      serversOf.delete(data);
      await (await servers).dispose();
      await rm(data, { recursive: true, force: true });
    },
  };
}

const EMBEDDED = { store: 'sqlite', database: 'sqlite' } as const;

/** Whoever is no party acts in person, under the name given. */
const who = (role: Role, name: string | undefined) =>
  role === 'buyer' || role === 'supplier' ? { role, party: name } : { role, sub: name };
