import { projectionErrorCode } from '../../../libs/projection/projection-error.js';
import type { Page } from '../../../libs/projection/query.js';
import { problem } from './problem.js';

/** A page of a list; throws 400 for a cursor that was not given out for this very list. */
export async function paged<T>(read: () => Promise<Page<T>>): Promise<Page<T>> {
  try {
    return await read();
  } catch (error) {
    if (projectionErrorCode(error) !== 'INVALID_CURSOR') throw error;
    throw problem(400, 'QUERY.INVALID', 'cursor does not belong to this list.', '/query/cursor');
  }
}
