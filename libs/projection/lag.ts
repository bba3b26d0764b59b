import type { EventStore, Position } from '../event-store/port.js';
import type { Clock } from '../kernel/clock.js';
import { epochMsOf } from '../kernel/instant.js';
import type { Projection } from './projection.js';
import { countParked } from './read-models/parked.js';
import type { ReadModels } from './read-models/read-models.js';
import type { WaitOptions } from './waiting.js';

export interface Lag {
  readonly projection: string;
  /** Version of the documents that serve. */
  readonly version: number;
  /**
   * `live`: level with the log, or less than a second behind. `catching-up`: further behind. `rebuilding`: a new table
   * is being filled beside the one that serves. `superseded`: a newer version serves than this engine has.
   */
  readonly state: 'live' | 'catching-up' | 'rebuilding' | 'superseded';
  readonly position: Position;
  /** Events of its types that were folded so far. */
  readonly events: number;
  readonly building?: { readonly version: number; readonly position: Position; readonly events: number };
  /**
   * For how long the oldest event that no projection at this position has folded has been in the log; 0 when there is
   * none. (Whether one of this projection's own types is among what is left is known when it has been read.)
   */
  readonly seconds: number;
  readonly parked: number;
}

export interface LagSources {
  readonly store: Pick<EventStore, 'head' | 'readAll'>;
  readonly readModels: ReadModels;
  readonly projections: readonly Projection<object>[];
  readonly clock: Clock;
}

const LIVE_WITHIN_SECONDS = 1;

/** How far each projection is behind the log, whichever process projects. */
export async function lag({ store, readModels, projections, clock }: LagSources): Promise<readonly Lag[]> {
  const head = await store.head();
  const generations = await readModels.generations();
  const parked = await countParked(readModels.database);
  const types = [...new Set(projections.flatMap((projection) => projection.types))];
  const oldestAfter = once((after) => oldest(store, after, types));
  const lags = projections.map(async ({ name, version }): Promise<readonly Lag[]> => {
    const serves = generations.find(({ projection, active }) => active && projection === name);
    if (serves === undefined) return [];
    const built = generations.find(({ projection, active }) => !active && projection === name);
    const behind = serves.position < head ? await oldestAfter(serves.position) : undefined;
    const seconds =
      behind === undefined ? 0 : Math.max(0, epochMsOf(clock.now()) - epochMsOf(behind)) / 1_000;
    const building = built && { version: built.version, position: built.position, events: built.events };
    const state =
      (serves.version > version && 'superseded') ||
      (building !== undefined && 'rebuilding') ||
      (seconds > LIVE_WITHIN_SECONDS && 'catching-up') ||
      'live';
    return [
      {
        projection: name,
        version: serves.version,
        state,
        position: serves.position,
        events: serves.events,
        building,
        seconds,
        parked: parked.get(serves.table) ?? 0,
      },
    ];
  });
  return (await Promise.all(lags)).flat();
}

/** One question for all that are at the same position, which while a backlog is folded are all. */
function once<T>(ask: (after: Position) => Promise<T>): (after: Position) => Promise<T> {
  const asked = new Map<Position, Promise<T>>();
  return (after) => {
    const answer = asked.get(after) ?? ask(after);
    asked.set(after, answer);
    return answer;
  };
}

/**
 * When the store wrote the first event that is still to be folded. Asked of all types together: one that never comes
 * again would be looked for through the whole backlog, each time that anybody asks whether the engine is ready.
 */
async function oldest(store: Pick<EventStore, 'readAll'>, after: Position, types: readonly string[]) {
  for await (const { created } of store.readAll({ after, limit: 1, filter: { types } })) return created;
  return undefined;
}

/**
 * Resolves when every projection has folded all that is in the log at the time of the call; rejects with WAIT_TIMED_OUT.
 */
export async function caughtUp(
  {
    store,
    readModels,
    projections,
  }: Pick<LagSources, 'readModels' | 'projections'> & { readonly store: Pick<EventStore, 'head'> },
  options?: WaitOptions,
): Promise<void> {
  const names = projections.map(({ name }) => name);
  await readModels.waitFor(names, await store.head(), options);
}
