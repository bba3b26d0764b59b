import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fill, writing } from '../../bench/log.js';
import { openEventStoreDb } from '../../libs/event-store/eventstoredb/event-store.js';
import type { EventStore } from '../../libs/event-store/port.js';
import type { ReadModels } from '../../libs/projection/read-models/read-models.js';
import { doomedEngine, type DoomedEngine } from '../crash/doomed-engine.js';
import { startPostgres, type PostgresServer } from '../support/postgres.js';
import { until } from '../support/until.js';
import { doubleProcess } from './cluster.js';
import { digests, level, withReadModels } from './documents.js';

/** `npm run takeover` folds a million; a run of all tests, to end in good time, fewer. */
const EVENTS = Number(process.env.RECOURSE_EVENTS ?? 20_000);
/** The leader dies when so much of the backlog is folded. */
const DIES_AT = 0.3;
/** Held to by `npm run takeover`: beside all the other tests the time that it takes says nothing of the engine. */
const TAKES_OVER_WITHIN_MS = process.env.RECOURSE_EVENTS === undefined ? 60_000 : 10_000;

describe(`a projector that is killed while it folds a backlog of ${EVENTS} events`, () => {
  let dataDir: string;
  let postgres: PostgresServer;
  let store: EventStore;
  let eventStoreUrl: string;
  const stops: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'recourse-takeover-'));
    stops.push(() => rm(dataDir, { recursive: true, force: true }));
    await writing(dataDir, (log) => fill(log, EVENTS));
    postgres = await startPostgres();
    stops.push(postgres.stop);
    const double = await doubleProcess(join(dataDir, 'events.db'));
    await double.process.start();
    stops.push(double.process.stop);
    eventStoreUrl = double.url;
    store = openEventStoreDb({ url: eventStoreUrl });
    stops.push(() => store.close());
  }, 3_600_000);
  afterAll(async () => {
    for (const stop of stops.toReversed()) await stop();
  });

  const projectorOn = (databaseUrl: string): Promise<DoomedEngine> =>
    doomedEngine(dataDir, {
      EVENTSTORE_URL: eventStoreUrl,
      DATABASE_URL: databaseUrl,
      RECOURSE_ROLES: 'projector',
    });

  it('is succeeded by the other in time, which ends up with the same documents', async () => {
    const undisturbed = await postgres.createDatabase();
    const tookMs = await withReadModels(undisturbed, async (models) => {
      const alone = await projectorOn(undisturbed);
      const begun = performance.now();
      await alone.start();
      await level(store, models);
      await alone.stop();
      return performance.now() - begun;
    });

    const disturbed = await postgres.createDatabase();
    const { inherited, afterMs } = await withReadModels(disturbed, async (models) => {
      const [one, other] = [await projectorOn(disturbed), await projectorOn(disturbed)];
      await Promise.all([one.start(), other.start()]);
      await until(async () => (await folded(models)) >= EVENTS * DIES_AT);
      const [leader, successor] = (await leaderOf(models)) === one.pid() ? [one, other] : [other, one];
      await leader.kill();
      const takenOver = await takeOver(models, successor);
      await level(store, models);
      await successor.stop();
      return takenOver;
    });

    expect(inherited).toBeLessThan(EVENTS * 0.9);
    expect(afterMs).toBeLessThan(TAKES_OVER_WITHIN_MS);
    const documents = await digests(disturbed);
    expect(documents).toEqual(await digests(undisturbed));
    const count = Object.values(documents).reduce((sum, one) => sum + one.documents, 0);
    process.stdout.write(
      `a backlog of ${EVENTS} events, the leader killed when ${inherited} were folded: the other went on after ` +
        `${Math.round(afterMs)} ms; ${count} documents equal those of an undisturbed run, which folded ` +
        `${Math.round((EVENTS * 1_000) / tookMs)} events/s, the start of its process included\n`,
    );
  }, 3_600_000);
});

/** Events that are folded and committed: the projection that takes nearly every event says it best. */
const folded = async (models: ReadModels): Promise<number> =>
  (await models.generations()).find(({ projection }) => projection === 'case-file')?.events ?? 0;

/** The process that may write. */
async function leaderOf({ database }: ReadModels): Promise<number> {
  const row = await database.kysely
    .selectFrom('locks')
    .select('holder')
    .where('name', '=', 'projector')
    .executeTakeFirst();
  return Number(row?.holder);
}

/** Resolves, once the successor has committed, with what it inherited and how long that took. */
async function takeOver(models: ReadModels, successor: DoomedEngine) {
  const killed = performance.now();
  await until(async () => (await leaderOf(models)) === successor.pid());
  const inherited = await folded(models);
  await until(async () => (await folded(models)) > inherited);
  return { inherited, afterMs: performance.now() - killed };
}
