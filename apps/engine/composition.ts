import { mkdir } from 'node:fs/promises';
import { createApplication, type Readings } from '../../libs/application/application.js';
import { createFeed, type Feed } from '../../libs/application/feed.js';
import type { DueQueue } from '../../libs/deadlines/due-queue.js';
import { readModelDueQueue } from '../../libs/deadlines/read-model-due-queue.js';
import { eventSchemas } from '../../libs/domain/registry.js';
import type { EvidenceFiles } from '../../libs/evidence/evidence-files.js';
import { createCodec, type Codec } from '../../libs/event-store/codec.js';
import type { EventStore } from '../../libs/event-store/port.js';
import { tokenSource } from '../../libs/identity/token-source.js';
import type { TokenVerifier } from '../../libs/identity/token-verifier.js';
import { SystemClock, type Clock, type VirtualClock } from '../../libs/kernel/clock.js';
import { instantOf } from '../../libs/kernel/instant.js';
import type { ProjectionLock } from '../../libs/projection/lock/lock.js';
import { openReadModels, type ReadModels } from '../../libs/projection/read-models/read-models.js';
import { openEventLog, openReadModelDatabase } from './adapters.js';
import type { EngineConfig } from './config.js';
import { decideHere, type Deciding } from './deciding/deciding.js';
import { decideInItsOwnThread } from './deciding/own-thread.js';
import { handedInFiles, openEvidenceFiles } from './evidence/evidence-services.js';
import { engineMetrics, type EngineMetrics } from './metrics/engine-metrics.js';
import { allProjections } from './projections.js';
import { KeptVirtualClock } from './kept-virtual-clock.js';
import { FOLDS_IN_ITS_OWN_THREAD, decidesInItsOwnThread } from './threads.js';

/** What an engine is made of. */
export interface Composition {
  readonly config: EngineConfig;
  readonly store: EventStore;
  readonly codec: Codec;
  readonly clock: Clock;
  /** Present only where time may be moved. */
  readonly virtualClock: VirtualClock | undefined;
  readonly verifier: TokenVerifier;
  /** Where commands are decided, and by whom appended. */
  readonly deciding: Deciding;
  readonly readings: Readings;
  readonly evidenceFiles: EvidenceFiles;
  readonly feed: Feed;
  readonly readModels: ReadModels;
  readonly projectionLock: ProjectionLock;
  readonly dueQueue: DueQueue;
  readonly metrics: EngineMetrics;
  /** Lets go of everything, last opened first. */
  close(): Promise<void>;
}

/** For orders that are read, where those that commands are about are elsewhere. */
const READ_CACHE_BYTES = 64 * 1024 * 1024;

export async function compose(config: EngineConfig): Promise<Composition> {
  const opened: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const letGo of opened.splice(0).toReversed()) await letGo();
  };
  try {
    await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
    const verifier = await tokenSource(config.environment, config.dataDir);
    const virtualClock =
      config.clock === 'virtual'
        ? KeptVirtualClock.in(config.dataDir, config.clockStart ?? instantOf(Date.now()))
        : undefined;
    const clock = virtualClock ?? new SystemClock();
    const metrics = engineMetrics();
    const grown = new Set<() => void>();
    const elsewhere = decidesInItsOwnThread(config)
      ? await decideInItsOwnThread({
          config,
          clock: virtualClock,
          observer: metrics.observer,
          onReplies: () => grown.forEach((look) => look()),
        })
      : undefined;
    if (elsewhere !== undefined) opened.push(() => elsewhere.close());
    const store = await openEventLog(config, {
      readOnly: elsewhere !== undefined,
      whenGrown: (look) => grown.add(look),
    });
    opened.push(() => store.close());
    const { database, projectionLock } = openReadModelDatabase(config, { folds: !FOLDS_IN_ITS_OWN_THREAD });
    const readModels = await openReadModels(database, allProjections).catch(async (error: unknown) => {
      await database.close();
      throw error;
    });
    opened.push(() => readModels.close());
    const codec = createCodec(eventSchemas);
    const evidenceFiles = await openEvidenceFiles(config);
    const files = handedInFiles(evidenceFiles, config.evidenceFilesRequired);
    const application = createApplication(
      { store, codec, clock, files, observer: metrics.observer },
      elsewhere === undefined ? {} : { cacheBytes: READ_CACHE_BYTES },
    );
    const deciding = elsewhere ?? decideHere(application);
    return {
      config,
      store: { ...store, ping: () => pingBoth(deciding, store) },
      codec,
      clock,
      virtualClock,
      verifier,
      deciding,
      readings: application,
      evidenceFiles,
      feed: createFeed({ store, codec }, application.orders),
      readModels,
      projectionLock,
      dueQueue: await readModelDueQueue(database),
      metrics,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A log that can be read is not enough: somebody must be there to write it. */
async function pingBoth(deciding: Deciding, store: EventStore): Promise<void> {
  const failure = deciding.failure();
  if (failure !== undefined) throw failure;
  await store.ping();
}
