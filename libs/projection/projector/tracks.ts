import type { HeldLock } from '../lock/lock.js';
import type { Projection } from '../projection.js';
import {
  createGeneration,
  dropGeneration,
  readGenerations,
  type Generation,
} from '../read-models/generations.js';
import { columnSignature, documentsAsText, oneAtATime } from '../read-models/schema.js';
import type { Statement } from '../read-models/database.js';
import type { ProjectorOptions } from './options.js';
import { openTrack, parkedKey, type Track } from './track.js';

/**
 * The generations that the projector's projections are to be folded into and that it does not fold yet: that which
 * serves, when it is of the projection's version; that which is being built; and a new one for a version that was raised.
 * Builds of older versions are dropped. A version that was lowered leaves the newer one alone until a rebuild is asked for.
 */
export async function findTracks(
  { readModels: { database }, projections, cacheBytes = 32 * 1_024 * 1_024 }: ProjectorOptions,
  held: HeldLock,
  known: ReadonlyMap<string, Track>,
): Promise<readonly Track[]> {
  const generations = await readGenerations(database);
  const todo = projections.map((projection) => ({ projection, ...sort(projection, generations) }));
  const created = todo.flatMap(({ projection, raised }) =>
    raised ? [{ projection, ...createGeneration(database, projection, generations) }] : [],
  );
  const found = todo
    .flatMap(({ wanted: tables }) => tables.map(({ table }) => table))
    .filter((table) => !known.has(table));
  const statements: Statement[] = [
    ...(await documentsAsText(database, found)),
    ...todo.flatMap(({ stale }) => stale.flatMap(({ table }) => dropGeneration(database, table))),
    ...created.flatMap(({ statements: create }) => [...create]),
  ];
  if (statements.length > 0) await database.write([held.fence(), ...oneAtATime(database), ...statements]);

  const wanted = [
    ...todo.flatMap(({ projection, wanted: tables }) =>
      tables.map((generation) => ({ projection, generation })),
    ),
    ...created,
  ].filter(({ generation }) => !known.has(generation.table));
  const rows = await database.kysely.selectFrom('parked').select(['table_name', 'kind', 'id']).execute();
  return wanted.map(({ projection, generation }) => {
    const parked = rows.filter((row) => row.table_name === generation.table).map(parkedKey);
    return openTrack(database, projection, generation, new Set(parked), cacheBytes);
  });
}

function sort(projection: Projection<object>, generations: readonly Generation[]) {
  const mine = generations.filter((one) => one.projection === projection.name);
  const serves = mine.find(({ active }) => active);
  const builds = mine.filter(({ active }) => !active);
  const fits = (one: Generation) =>
    one.version === projection.version && one.columns === columnSignature(projection);
  const goesOn = builds.filter(fits);
  return {
    wanted: [...(serves !== undefined && fits(serves) ? [serves] : []), ...goesOn],
    raised: goesOn.length === 0 && (serves?.version ?? 0) < projection.version,
    stale: builds.filter((one) => !fits(one) && one.version <= projection.version),
  };
}
