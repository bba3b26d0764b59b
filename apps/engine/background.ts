import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Logger } from 'pino';
import { runsOf } from '../../libs/application/commands.js';
import { advance, advanceTo, type Advanced, type Advancing } from '../../libs/deadlines/advance.js';
import { startCoverageKeeper, type CoverageKeeper } from '../../libs/application/coverage-keeper.js';
import { startScheduler, type Scheduler } from '../../libs/deadlines/scheduler.js';
import type { VirtualClock } from '../../libs/kernel/clock.js';
import { caughtUp } from '../../libs/projection/lag.js';
import type { Composition } from './composition.js';
import { bookmarkIn } from './bookmark.js';
import { startCaretaker } from './evidence/caretaker.js';
import { expireDeadlines } from './expire-deadlines.js';
import { startProjecting } from './projecting.js';
import { allProjections } from './projections.js';

/** What an engine does besides answering. */
export interface Background {
  readonly scheduler: Scheduler | undefined;
  /**
   * Lets time pass on the virtual clock, and resolves when everything that followed can be read. Undefined where time
   * is real. Callers take turns.
   */
  readonly advance: ((by: string) => Promise<Advanced>) | undefined;
  stop(): Promise<void>;
}

/** Folding, firing and moving time may take long on a large log; a caller that waits for it waits this long. */
const PATIENCE_MS = 60_000;

export function startBackground(composition: Composition, logger: Logger): Background {
  const { config, virtualClock } = composition;
  const stops: (() => Promise<void>)[] = [];
  if (config.roles.has('projector')) stops.push(startProjecting(composition, logger));
  if (config.roles.has('api')) stops.push(startCaretaker(composition, logger).stop);
  const schedules = config.roles.has('scheduler');
  const owner = `${hostname()} ${process.pid} ${randomUUID()}`;
  let scheduler: Scheduler | undefined;
  if (schedules && virtualClock === undefined) {
    scheduler = startScheduler({
      clock: composition.clock,
      queue: composition.dueQueue,
      send: (orderId) => expireDeadlines(runsOf(composition.deciding, 'order'), orderId),
      prepare: (orderId) => composition.deciding.prepare(orderId),
      owner,
      onFault: (err, orderId) => logger.error({ err, orderId }, 'a deadline could not be expired'),
    });
    const started = scheduler;
    stops.push(() => started.stop());
  }
  const keeper = schedules ? keepCoverage(composition, logger) : undefined;
  if (keeper !== undefined) stops.push(() => keeper.stop());
  return {
    scheduler,
    advance: virtualClock && movingTime(composition, virtualClock, owner, keeper),
    stop: async () => {
      for (const stop of stops.splice(0).toReversed()) await stop();
    },
  };
}

/** Schedulers also see to what one stream asks of another. */
function keepCoverage(
  { store, codec, readings, deciding, readModels }: Composition,
  logger: Logger,
): CoverageKeeper {
  const bookmark = bookmarkIn(readModels.database, 'coverage-keeper');
  const onFault = (err: unknown) => logger.error({ err }, 'the coverage keeper begins again');
  const application = { orders: readings.orders, suppliers: runsOf(deciding, 'supplier') };
  return startCoverageKeeper({ store, codec, application, bookmark, onFault });
}

/** On the virtual clock nothing fires by itself: whoever moves time lets expire what it passes. */
function movingTime(
  composition: Composition,
  clock: VirtualClock,
  owner: string,
  keeper: CoverageKeeper | undefined,
): (by: string) => Promise<Advanced> {
  const { store, readModels, deciding, dueQueue: queue } = composition;
  const idle = async (): Promise<void> => {
    await keeper?.reached(await store.head());
    await caughtUp({ store, readModels, projections: allProjections }, { timeoutMs: PATIENCE_MS });
  };
  const advancing: Advancing = {
    clock,
    queue,
    send: (orderId) => expireDeadlines(runsOf(deciding, 'order'), orderId),
    idle,
    owner,
    stopped: keeper === undefined,
  };
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = (move: () => Promise<Advanced>): Promise<Advanced> => {
    const moved = last.then(move);
    last = moved.catch(() => undefined);
    return moved;
  };
  // What fell due while no scheduler ran fires as soon as one does.
  if (keeper !== undefined && composition.config.roles.has('projector')) {
    void inTurn(() => advanceTo(advancing, clock.now())).catch(() => undefined);
  }
  return (by) => inTurn(() => advance(advancing, by));
}
