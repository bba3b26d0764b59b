import os from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { eventSchemas } from '../../libs/domain/registry.js';
import { createCodec } from '../../libs/event-store/codec.js';
import { startProjector } from '../../libs/projection/projector/projector.js';
import { openReadModels } from '../../libs/projection/read-models/read-models.js';
import { openEventLog, openReadModelDatabase } from './adapters.js';
import type { EngineConfig } from './config.js';
import type { FromProjector } from './projecting.js';
import { allProjections } from './projections.js';

/** The thread that folds: it reads the log and writes the read models by connections of its own. */
async function main(config: EngineConfig): Promise<void> {
  yieldToRequests();
  const store = await openEventLog(config, { readOnly: true });
  const { database, projectionLock: lock } = openReadModelDatabase(config, { folds: true });
  const readModels = await openReadModels(database, allProjections);
  const codec = createCodec(eventSchemas);
  const say = (message: FromProjector) => parentPort?.postMessage(message);
  const listeners = new Set<() => void>();
  const projector = startProjector({
    store,
    readModels: {
      ...readModels,
      projecting: {
        reached: (positions) => say({ kind: 'reached', positions }),
        onRequest(listener) {
          listeners.add(listener);
          return () => void listeners.delete(listener);
        },
      },
    },
    projections: allProjections,
    decode: (event) => codec.decode(event),
    lock,
    onFault: (error) => say({ kind: 'fault', error }),
  });
  parentPort?.on('message', (request: 'look' | 'stop') => {
    if (request === 'look') listeners.forEach((listener) => listener());
    else void stop();
  });
  const stop = async (): Promise<void> => {
    await projector.stop();
    await readModels.close();
    await store.close();
    parentPort?.close();
  };
}

/** On Linux a priority is a thread's own: with too few cores for all, commands come before read models. */
function yieldToRequests(): void {
  if (process.platform === 'linux') os.setPriority(0, os.constants.priority.PRIORITY_BELOW_NORMAL);
}

void main(workerData as EngineConfig);
