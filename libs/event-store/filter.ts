import type { EventFilter, RecordedEvent } from './port.js';

/** Whether an event passes a filter as the port defines it; every event passes no filter, none an empty list. */
export function passes(
  filter: EventFilter | undefined,
  event: Pick<RecordedEvent, 'type' | 'stream'>,
): boolean {
  if (filter?.types !== undefined && !filter.types.includes(event.type)) return false;
  const prefixes = filter?.streamPrefixes;
  return prefixes === undefined || prefixes.some((prefix) => event.stream.startsWith(prefix));
}
