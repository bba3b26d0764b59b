import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { allProjections } from '../apps/engine/projections.js';
import { caughtUp } from '../libs/projection/lag.js';
import { startProjector } from '../libs/projection/projector/projector.js';
import { openReadModels } from '../libs/projection/read-models/read-models.js';
import { embedded, type Deployment } from './deployment.js';
import { codec } from './log.js';

export interface ReadModelFigures {
  /** Events of the log a second, every projection together, from an empty database. */
  readonly catchUp: { readonly eventsPerSecond: number };
  /** The same, built anew beside the tables that serve. */
  readonly rebuild: { readonly eventsPerSecond: number };
}

const PATIENCE = { timeoutMs: 3_600_000 };

/** Folds a log into every projection, then builds all of them anew. Leaves the read models in the data directory. */
export async function readModels(
  dataDir: string,
  on: Deployment = embedded,
  rebuildsToo = true,
): Promise<ReadModelFigures> {
  const file = join(dataDir, 'read-models.db');
  await Promise.all(['', '-wal', '-shm'].map((suffix) => rm(file + suffix, { force: true })));
  const store = await on.openLog(dataDir);
  const { database, lock } = await on.openReadModels(dataDir);
  const models = await openReadModels(database, allProjections);
  let events = 0;
  for await (const _ of store.readAll()) events++;
  const begun = performance.now();
  const projector = startProjector({
    store,
    readModels: models,
    projections: allProjections,
    decode: (event) => codec.decode(event),
    lock,
    onFault: (error) => console.error(error),
  });
  const perSecond = (since: number) => Math.round((events * 1_000) / (performance.now() - since));
  try {
    await caughtUp({ store, readModels: models, projections: allProjections }, PATIENCE);
    const catchUp = { eventsPerSecond: perSecond(begun) };
    const again = performance.now();
    if (rebuildsToo) await models.rebuild(allProjections.map(({ name }) => name));
    return { catchUp, rebuild: { eventsPerSecond: rebuildsToo ? perSecond(again) : 0 } };
  } finally {
    await projector.stop();
    await models.close();
    await store.close();
  }
}
