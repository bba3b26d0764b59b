import type { EventStore } from '../../../libs/event-store/port.js';
import { projectionErrorCode } from '../../../libs/projection/projection-error.js';
import type { Projection } from '../../../libs/projection/projection.js';
import type { ReadModels } from '../../../libs/projection/read-models/read-models.js';
import { knownPosition } from './positions.js';
import { ProblemError } from './problem.js';

/**
 * Waits until the projections hold everything up to the position that a command was answered with, so that a caller
 * reads its own write. Throws 400 for a position that was never given out, and 503 when they do not get there in time.
 */
export async function reachPosition(
  { store, readModels }: { readonly store: EventStore; readonly readModels: ReadModels },
  projections: readonly Pick<Projection<object>, 'name'>[],
  minPosition: string | undefined,
): Promise<void> {
  if (minPosition === undefined) return;
  const position = await knownPosition(store, minPosition, '/query/minPosition');
  try {
    await readModels.waitFor(
      projections.map(({ name }) => name),
      position,
    );
  } catch (error) {
    if (projectionErrorCode(error) !== 'WAIT_TIMED_OUT') throw error;
    const message = 'The read model has not come so far yet.';
    throw new ProblemError(503, [{ code: 'READ.NOT_YET_THERE', message, pointer: '/query/minPosition' }], {
      'retry-after': '1',
    });
  }
}
