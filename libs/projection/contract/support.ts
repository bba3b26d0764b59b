import type { EventStore } from '../../event-store/port.js';
import type { ProjectionLock } from '../lock/lock.js';
import type { Projection } from '../projection.js';
import type { ProjectorOptions } from '../projector/options.js';
import { startProjector } from '../projector/projector.js';
import type { ReadModelDatabase } from '../read-models/database.js';
import { openReadModels } from '../read-models/read-models.js';
import { broken, decode, PROJECTIONS } from './fixture.js';

/** What a database hands to the contract: a fresh one for each test. */
export interface DatabaseUnderTest {
  /** The database as one more process would open it. */
  open(): ReadModelDatabase;
  lock(database: ReadModelDatabase): ProjectionLock;
  dispose(): Promise<void>;
}

export interface Stage {
  readonly store: EventStore;
  /** Read models as a process of its own has them. */
  models(projections?: readonly Projection<object>[], wrap?: Wrap): ReturnType<typeof openReadModels>;
  lockOf(database: ReadModelDatabase): ProjectionLock;
  /** A process that has read models and projects. */
  engine(options?: EngineOptions): Promise<Engine>;
}

type Wrap = (database: ReadModelDatabase) => ReadModelDatabase;

export interface EngineOptions extends Partial<Omit<ProjectorOptions, 'readModels' | 'decode' | 'lock'>> {
  readonly wrap?: Wrap;
  readonly lock?: (database: ReadModelDatabase) => ProjectionLock;
}

export interface Engine extends AsyncDisposable {
  readonly readModels: Awaited<ReturnType<typeof openReadModels>>;
  readonly projector: ReturnType<typeof startProjector>;
  readonly faults: readonly unknown[];
  stop(): Promise<void>;
}

export type OpenStore = () => Promise<{ readonly store: EventStore; dispose(): Promise<void> }>;

/** For tests that read documents only. */
export const withoutStore: OpenStore = () =>
  Promise.resolve({ store: {} as EventStore, dispose: async () => undefined });

/** Gives each test a store and a database, and closes all that it opened. */
export function staged(openStore: OpenStore, openDatabase: () => Promise<DatabaseUnderTest>): () => Stage {
  let stage: Stage | undefined;
  let cleanUp: (() => Promise<unknown>)[] = [];

  beforeEach(async () => {
    broken.clear();
    const { store, dispose } = await openStore();
    const subject = await openDatabase();
    cleanUp = [() => subject.dispose(), dispose];
    const models: Stage['models'] = async (projections = PROJECTIONS, wrap = (opened) => opened) => {
      const database = wrap(subject.open());
      cleanUp.unshift(() => database.close());
      const readModels = await openReadModels(database, projections);
      // However busy the machine is that runs the suite.
      const waitFor: typeof readModels.waitFor = (names, position, options) =>
        readModels.waitFor(names, position, { timeoutMs: 30_000, ...options });
      return { ...readModels, waitFor };
    };
    stage = {
      store,
      models,
      lockOf: subject.lock,
      async engine({ wrap, lock = subject.lock, projections = PROJECTIONS, ...options } = {}) {
        const readModels = await models(projections, wrap);
        const faults: unknown[] = [];
        const projector = startProjector({
          store,
          pauseMs: 1,
          lookMs: 20,
          onFault: (error) => faults.push(error),
          ...options,
          lock: lock(readModels.database),
          projections,
          readModels,
          decode,
        });
        cleanUp.unshift(() => projector.stop());
        const stop = () => projector.stop();
        return { readModels, projector, faults, stop, [Symbol.asyncDispose]: stop };
      },
    };
  });

  afterEach(async () => {
    for (const end of cleanUp) await end();
  });

  return () => {
    if (stage === undefined) throw new Error('no test is running');
    return stage;
  };
}

/** Resolves when the condition holds; looks again after every turn of the event loop. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 2));
}

/** The code that a promise is rejected with; fails when it is not. */
export async function codeOf(promise: Promise<unknown>): Promise<unknown> {
  const value = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  return (value as { code?: unknown } | undefined)?.code;
}
