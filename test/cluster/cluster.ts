import { join, resolve } from 'node:path';
import { doomedEngine } from '../crash/doomed-engine.js';
import { doomedProcess, freePort, unwell, type DoomedProcess } from '../crash/doomed-process.js';
import { startPostgres, type PostgresServer } from '../support/postgres.js';

/** Something that can be killed with SIGKILL and started again on what it left. */
export interface Member {
  readonly name: string;
  kill(): Promise<void>;
  start(): Promise<void>;
}

/**
 * Recourse on many processes, all on this machine: EventStoreDB's double with its log on the disk, PostgreSQL, two API
 * nodes, two projectors, two schedulers.
 */
export interface Cluster {
  /** Of the API nodes. */
  readonly urls: readonly string[];
  readonly eventStoreUrl: string;
  readonly databaseUrl: string;
  /** Where the double's faults are switched on. */
  readonly faultsUrl: string;
  readonly postgres: PostgresServer;
  readonly members: readonly Member[];
  stop(): Promise<void>;
}

const DOUBLE = resolve(__dirname, '../../dist/test/support/eventstore-double/main.js');
const ROLES = ['api', 'api', 'projector', 'projector', 'scheduler', 'scheduler'] as const;

/** Starts all of them. The engines share a data directory: it holds the issuer of their tokens, and evidence. */
export async function startCluster(dataDir: string): Promise<Cluster> {
  const postgres = await startPostgres();
  const started: DoomedProcess[] = [];
  const stop = async () => {
    for (const process of started.splice(0).toReversed()) await process.stop();
    await postgres.stop();
  };
  const start = async <P extends DoomedProcess>(process: P): Promise<P> => {
    started.push(process);
    await process.start();
    return process;
  };
  try {
    const databaseUrl = await postgres.createDatabase();
    const double = await doubleProcess(join(dataDir, 'log.db'));
    await start(double.process);
    const environment = { EVENTSTORE_URL: double.url, DATABASE_URL: databaseUrl };
    const engines = await Promise.all(
      ROLES.map(async (role) => {
        const engine = await doomedEngine(dataDir, { ...environment, RECOURSE_ROLES: role });
        return { role, ...(await start(engine)) };
      }),
    );
    return {
      urls: engines.flatMap(({ role, url }) => (role === 'api' ? [url] : [])),
      eventStoreUrl: double.url,
      databaseUrl,
      faultsUrl: double.faultsUrl,
      postgres,
      members: [
        { name: 'EventStoreDB', ...double.process },
        { name: 'PostgreSQL', ...postgres },
        ...engines.map((engine) => ({ name: engine.role, ...engine })),
      ],
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** EventStoreDB's double in a process of its own, with its events in a file. */
export async function doubleProcess(
  file: string,
): Promise<{ readonly process: DoomedProcess; readonly url: string; readonly faultsUrl: string }> {
  const [port, controlPort] = [await freePort(), await freePort()];
  const faultsUrl = `http://127.0.0.1:${controlPort}`;
  const argv = ['--port', String(port), '--control-port', String(controlPort), '--data', file];
  const process = doomedProcess({
    name: 'the double',
    argv: [DOUBLE, ...argv],
    awaits: () => unwell(faultsUrl),
  });
  return { process, url: `esdb://127.0.0.1:${port}?tls=false`, faultsUrl };
}
