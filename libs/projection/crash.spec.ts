import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freshLog } from '../../test/support/fresh-log.js';
import { startPostgres } from '../../test/support/postgres.js';
import {
  accounts,
  expected,
  ledger,
  moved,
  opened,
  owners,
  PROJECTIONS,
  stored,
} from './contract/fixture.js';
import { until } from './contract/support.js';
import type { ReadModelDatabase } from './read-models/database.js';
import { postgresDatabase } from './read-models/postgres-database.js';
import { openReadModels } from './read-models/read-models.js';
import { sqliteDatabase } from './read-models/sqlite-database.js';

const ROOT = join(__dirname, '../..');
const KILLS = 12;
/** Each process that is started has all modules to load, on a machine that has other things to do. */
const PATIENCE_MS = 300_000;
const NAMES = PROJECTIONS.map(({ name }) => name);

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean =>
  exitCode !== null || signalCode !== null;

/** Two processes project one log; again and again one is killed with -9 wherever it is, and another one started. */
async function killAgainAndAgain(
  log: Awaited<ReturnType<typeof freshLog>>,
  place: string,
  database: ReadModelDatabase,
  disturb: (kill: number) => Promise<void> = async () => undefined,
) {
  const { store, folder } = log;
  const start = () =>
    fork(join(ROOT, 'test/support/read-models/projecting-process.ts'), [join(folder, 'events.db'), place], {
      execArgv: ['--require', join(ROOT, 'test/support/ts-register.cjs')],
    });
  const { record } = ledger(store);
  const people = ['Ann', 'Bob', 'Eve'];
  const amounts = Array.from({ length: 3_000 }, (_, index) => index);
  await record(...people.map((name) => opened(name, name)));
  const load = async (from: number, to: number) => {
    for (const amount of amounts.slice(from, to)) {
      const name = people[amount % people.length] ?? '';
      await record(moved(name, amount % 2 === 0 ? name : 'All', amount));
    }
  };
  await load(0, 1_000);

  const readModels = await openReadModels(database, PROJECTIONS);
  const folded = async () => (await readModels.generations()).reduce((sum, { events }) => sum + events, 0);
  const running: ChildProcess[] = [start(), start()];
  /** As a supervisor would: one that met the server while it was down has ended by itself. */
  const restartEnded = () => {
    for (const [index, child] of running.entries()) if (hasEnded(child)) running[index] = start();
  };
  try {
    const loading = load(1_000, amounts.length);
    for (let kill = 0; kill < KILLS; kill += 1) {
      const before = await folded();
      const head = await store.head();
      const idle = async () => (await readModels.generations()).every(({ position }) => position >= head);
      await until(async () => {
        restartEnded();
        return (await folded()) > before || (await idle());
      });
      if (kill === KILLS / 2) void readModels.rebuild(NAMES).catch(() => undefined);
      await sleep(randomInt(30));
      const [victim] = running.splice(randomInt(running.length), 1);
      if (victim !== undefined && !hasEnded(victim)) {
        const ended = once(victim, 'exit');
        victim.kill('SIGKILL');
        await ended;
      }
      await disturb(kill);
      running.push(start());
    }
    await loading;
    restartEnded();
    await readModels.rebuild(NAMES);
    await readModels.waitFor(NAMES, await store.head(), { timeoutMs: 30_000 });
    expect(await stored(readModels, accounts)).toEqual(await expected(store, accounts));
    expect(await stored(readModels, owners)).toEqual(await expected(store, owners));
  } finally {
    for (const child of running) child.kill('SIGKILL');
    await readModels.close();
  }
}

test(
  'SQLite: processes that are killed while they project leave documents as if nobody had been',
  async () => {
    const log = await freshLog();
    const place = join(log.folder, 'read-models.db');
    await killAgainAndAgain(log, place, sqliteDatabase(place));
    await log.dispose();
  },
  PATIENCE_MS,
);

test(
  'PostgreSQL: so do they there, and the server itself when it crashes',
  async () => {
    const server = await startPostgres();
    const log = await freshLog();
    const url = await server.createDatabase();
    await killAgainAndAgain(log, url, postgresDatabase(url), async (kill) => {
      if (kill === 3) await server.crash();
    });
    await log.dispose();
    await server.stop();
  },
  PATIENCE_MS,
);
