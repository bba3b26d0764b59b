import type { EventStore, Position } from '../../../libs/event-store/port.js';
import { problem } from './problem.js';

/**
 * A position that a caller names: one that this engine gave out. It has the form of the log's head (digits in the same
 * places, whichever store it is) and lies at or before it. Throws 400 for any other.
 */
export async function knownPosition(
  store: Pick<EventStore, 'head'>,
  position: string,
  pointer: string,
): Promise<Position> {
  const head = await store.head();
  if (formOf(position) !== formOf(head) || position > head) {
    throw problem(400, 'REQUEST.POSITION', 'This is no position that was given out here.', pointer);
  }
  return position;
}

const formOf = (position: string): string => position.replaceAll(/\d/g, '0');
