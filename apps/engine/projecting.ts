import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Logger } from 'pino';
import { startProjector } from '../../libs/projection/projector/projector.js';
import type { Composition } from './composition.js';
import { allProjections } from './projections.js';
import { FOLDS_IN_ITS_OWN_THREAD, THREAD_LIMITS } from './threads.js';

/** What the projector's thread says. */
export type FromProjector =
  | { readonly kind: 'reached'; readonly positions: ReadonlyMap<string, string> }
  | { readonly kind: 'fault'; readonly error: unknown };

const RESTART_MS = 1_000;

/**
 * Folds the log into the read models, in a thread of its own so that folding never keeps a request waiting. Resolves, when
 * stopped, once nothing more is written.
 */
export const startProjecting = (composition: Composition, logger: Logger): (() => Promise<void>) =>
  FOLDS_IN_ITS_OWN_THREAD ? inItsOwnThread(composition, logger) : inThisThread(composition, logger);

function inThisThread(composition: Composition, logger: Logger): () => Promise<void> {
  const { store, readModels, codec, projectionLock: lock } = composition;
  const projector = startProjector({
    store,
    readModels,
    projections: allProjections,
    decode: (event) => codec.decode(event),
    lock,
    onFault: (err) => logger.error({ err }, 'projecting begins again'),
  });
  return () => projector.stop();
}

/** A thread that dies is started again: it goes on from the stored checkpoints. */
function inItsOwnThread({ config, readModels }: Composition, logger: Logger): () => Promise<void> {
  let stopping = false;
  let restart: NodeJS.Timeout | undefined;
  let worker = start();

  function start(): Worker {
    const started = new Worker(join(__dirname, 'projector-thread.js'), {
      workerData: { ...config, environment: {} },
      resourceLimits: THREAD_LIMITS,
    });
    started.on('message', (message: FromProjector) => {
      if (message.kind === 'reached') readModels.projecting.reached(message.positions);
      else logger.error({ err: message.error }, 'projecting begins again');
    });
    started.on('error', (err) => logger.error({ err }, 'the projector failed'));
    started.on('exit', () => {
      if (!stopping) restart = setTimeout(() => (worker = start()), RESTART_MS);
    });
    return started;
  }

  const unlisten = readModels.projecting.onRequest(() => worker.postMessage('look'));
  return async () => {
    stopping = true;
    unlisten();
    clearTimeout(restart);
    if (worker.threadId === -1) return;
    const ended = once(worker, 'exit');
    worker.postMessage('stop');
    await ended;
  };
}
