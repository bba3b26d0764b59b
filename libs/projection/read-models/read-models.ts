import { setTimeout as sleep } from 'node:timers/promises';
import type { Position } from '../../event-store/port.js';
import { ProjectionError } from '../projection-error.js';
import type { Projection } from '../projection.js';
import { waiting, type Positions, type WaitOptions } from '../waiting.js';
import type { ReadModelDatabase } from './database.js';
import { documents, pointers, type Documents } from './documents.js';
import { createGeneration, readGenerations, type Generation } from './generations.js';
import { askForReplay, listParked, replayRequests, type Parked, type ParkedQuery } from './parked.js';
import { checkProjection, columnSignature, createTables, oneAtATime } from './schema.js';

/** The documents of projections in one database, for those who read them and for those who operate them. */
export interface ReadModels {
  readonly database: ReadModelDatabase;
  documents<Doc extends object>(projection: Projection<Doc>): Documents<Doc>;
  /**
   * Resolves when the documents of every named projection hold all events up to the position, whichever process folds
   * them: so a caller reads his own writes. Rejects with WAIT_TIMED_OUT.
   */
  waitFor(projections: readonly string[], position: Position, options?: WaitOptions): Promise<void>;
  /** Every table of documents with its checkpoint: those that serve, and those that are being built. */
  generations(): Promise<readonly Generation[]>;
  /** What is parked, by projection and position. */
  parked(query?: ParkedQuery): Promise<readonly Parked[]>;
  /**
   * Builds the documents of the projections anew in tables beside those that serve, and lets them take over, each at
   * one stroke, when they are level. Done by whoever projects; resolves when all have taken over. A rebuild that was
   * begun goes on after a restart, and asking again joins it. Rejects with UNKNOWN_PROJECTION.
   */
  rebuild(projections: readonly string[], options?: RebuildOptions): Promise<void>;
  /**
   * Folds what is parked under an id anew from the log. Done by whoever projects; resolves with what is still parked
   * there after that, undefined when nothing is. Rejects with NOT_PARKED.
   */
  replay(
    projection: string,
    id: string,
    options?: { readonly signal?: AbortSignal },
  ): Promise<Parked | undefined>;
  /** For the projector of this process. */
  readonly projecting: ProjectingHooks;
  close(): Promise<void>;
}

export interface RebuildOptions {
  /** Told at most every {@link LOOK_MS} while the tables fill. */
  onProgress?(progress: RebuildProgress): void;
  /** Ends the wait, not the rebuild. */
  readonly signal?: AbortSignal;
}

export interface RebuildProgress {
  readonly projection: string;
  /** Events folded so far into the new table. */
  readonly events: number;
  /** Events folded into the table that serves: how many there will be, as far as is known. */
  readonly of: number;
  readonly eventsPerSecond: number;
}

export interface ProjectingHooks {
  reached(positions: Positions): void;
  /** Called when somebody of this process asks for a rebuild or a replay. */
  onRequest(listener: () => void): () => void;
}

const LOOK_MS = 25;

/**
 * Opens read models: creates the tables that are missing, and checks those that are there.
 * Rejects with COLUMNS_CHANGED when a projection's columns were changed and its version was not.
 */
export async function openReadModels(
  database: ReadModelDatabase,
  projections: readonly Projection<object>[],
): Promise<ReadModels> {
  projections.forEach(checkProjection);
  await migrate(database, projections);
  const pointing = pointers(database);
  const waits = waiting(() => activePositions(database));
  const listeners = new Set<() => void>();
  const askAll = () => listeners.forEach((listener) => listener());
  const generations = () => readGenerations(database);

  return {
    database,
    documents: (projection) => documents(database, pointing, projection),
    waitFor: waits.until,
    generations,
    parked: (query) => listParked(database, query),
    async rebuild(names, options = {}) {
      const asked = await askForRebuild(database, names, projections);
      askAll();
      await untilTakenOver(database, asked, options);
      asked.forEach(({ projection }) => pointing.forget(projection));
    },
    async replay(name, id, { signal } = {}) {
      const table = (await generations()).find(
        ({ projection, active }) => active && projection === name,
      )?.table;
      if (table === undefined) throw unknown(name);
      await askForReplay(database, table, id);
      askAll();
      while (
        (await replayRequests(database)).some((request) => request.table === table && request.id === id)
      ) {
        await sleep(LOOK_MS, undefined, { signal });
      }
      return (await listParked(database, { projection: name, id })).find(({ serving }) => serving);
    },
    projecting: {
      reached: waits.reached,
      onRequest(listener) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
    close: () => database.close(),
  };
}

/** Where the generations that serve are, by projection. */
async function activePositions({ kysely }: ReadModelDatabase): Promise<Positions> {
  const rows = await kysely
    .selectFrom('active')
    .innerJoin('checkpoints', 'checkpoints.table_name', 'active.table_name')
    .select(['active.projection', 'position'])
    .execute();
  return new Map(rows.map(({ projection, position }) => [projection, position]));
}

async function migrate(
  database: ReadModelDatabase,
  projections: readonly Projection<object>[],
): Promise<void> {
  await database.write(createTables(database));
  const existing = await readGenerations(database);
  const missing = projections.filter(({ name }) => !existing.some(({ projection }) => projection === name));
  const create = missing.flatMap((projection) => [...createGeneration(database, projection, []).statements]);
  if (create.length > 0) {
    try {
      await database.write([...oneAtATime(database), ...create]);
    } catch (error) {
      // Another process that was started at the same time may have created them.
      const known = new Set((await readGenerations(database)).map(({ projection }) => projection));
      if (!missing.every(({ name }) => known.has(name))) throw error;
    }
  }
  for (const generation of await readGenerations(database)) checkColumns(projections, generation);
}

function checkColumns(projections: readonly Projection<object>[], generation: Generation): void {
  const { projection: name, version, active, columns } = generation;
  const projection = projections.find((one) => one.name === name && one.version === version);
  if (!active || projection === undefined || columnSignature(projection) === columns) return;
  const message = `the columns of ${name} were changed: raise its version from ${version}`;
  throw new ProjectionError('COLUMNS_CHANGED', message);
}

/** Makes the tables to be filled, where there are none yet; whoever projects finds them. */
async function askForRebuild(
  database: ReadModelDatabase,
  names: readonly string[],
  projections: readonly Projection<object>[],
): Promise<readonly Generation[]> {
  const existing = await readGenerations(database);
  const wanted = names.map((name) => {
    const projection = projections.find((one) => one.name === name);
    if (projection === undefined) throw unknown(name);
    const begun = buildOf(projection, existing);
    return begun === undefined
      ? createGeneration(database, projection, existing)
      : { generation: begun, statements: [] };
  });
  const create = wanted.flatMap(({ statements }) => [...statements]);
  try {
    if (create.length > 0) await database.write([...oneAtATime(database), ...create]);
  } catch (error) {
    // Somebody else may have asked at the same time, and what they asked for may even have taken over by now.
    const known = new Set(existing.map(({ table }) => table));
    if ((await readGenerations(database)).every(({ table }) => known.has(table))) throw error;
    return askForRebuild(database, names, projections);
  }
  return wanted.map(({ generation }) => generation);
}

const buildOf = ({ name, version }: Projection<object>, generations: readonly Generation[]) =>
  generations.find((one) => one.projection === name && one.version === version && !one.active);

async function untilTakenOver(
  database: ReadModelDatabase,
  asked: readonly Generation[],
  { onProgress, signal }: RebuildOptions,
): Promise<void> {
  const started = performance.now();
  for (;;) {
    const generations = await readGenerations(database);
    const building = asked.flatMap((one) =>
      generations.filter(({ table, active }) => table === one.table && !active),
    );
    for (const { projection, table, events } of building) {
      const from = asked.find((one) => one.table === table)?.events ?? 0;
      onProgress?.({
        projection,
        events,
        of: generations.find((one) => one.active && one.projection === projection)?.events ?? events,
        eventsPerSecond: ((events - from) * 1_000) / (performance.now() - started),
      });
    }
    if (building.length === 0) return;
    await sleep(LOOK_MS, undefined, { signal });
  }
}

const unknown = (name: string) =>
  new ProjectionError('UNKNOWN_PROJECTION', `${name} is no projection of this engine`);
