import type { RecordedEvent } from '../port.js';
import { CopyError, placeOf } from './copy-error.js';

const COMPARED = ['stream', 'revision', 'id', 'type', 'data', 'metadata'] as const;

/** Whether two logs hold the same event, byte by byte; when a store wrote it and where differs between stores. */
export const isSame = (one: RecordedEvent, other: RecordedEvent): boolean =>
  COMPARED.every((field) => one[field] === other[field]);

/** The target holds an event that the source does not have in this place; `event` is what the source has there. */
export function differs(held: RecordedEvent, event: RecordedEvent | undefined): CopyError {
  const there = `the target holds ${held.type} of ${placeOf(held)}`;
  return new CopyError('TARGET_DIFFERS', `${there}; ${reasonOf(held, event)}`, held);
}

function reasonOf(held: RecordedEvent, event: RecordedEvent | undefined): string {
  if (event === undefined) return 'the source has no more events';
  const isElsewhere = held.stream !== event.stream || held.revision !== event.revision;
  if (isElsewhere) return `the source has ${event.type} of ${placeOf(event)} there`;
  const field = COMPARED.find((name) => held[name] !== event[name]) ?? 'id';
  return `its ${field} is not the source's`;
}
