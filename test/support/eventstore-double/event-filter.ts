import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import type { LogRecord } from './double-log.js';

export type RecordFilter = (record: LogRecord) => boolean;

export interface FilterWindow {
  readonly passes: RecordFilter;
  /** A checkpoint is due each time that so many events were considered. */
  readonly checkpointInterval: number;
}

/** How many events the server looks at in one go when the request does not say. */
const DEFAULT_WINDOW = 32;

/** Undefined for a request without a filter. Throws a SyntaxError for a pattern that is none. */
export function filterOf(options: ReadReq.Options): FilterWindow | undefined {
  const filter = options.getFilter();
  if (!filter) return undefined;
  const window = filter.hasMax() ? filter.getMax() : DEFAULT_WINDOW;
  return {
    passes: predicateOf(filter),
    checkpointInterval: Math.max(1, window * filter.getCheckpointintervalmultiplier()),
  };
}

function predicateOf(filter: ReadReq.Options.FilterOptions): RecordFilter {
  const byType = filter.getEventType();
  const expression = byType ?? filter.getStreamIdentifier();
  if (!expression) return () => true;
  const textOf = ({ type, stream }: LogRecord) => (byType ? type : stream);
  const regex = expression.getRegex();
  if (regex !== '') {
    const pattern = new RegExp(regex);
    return (record) => pattern.test(textOf(record));
  }
  const prefixes = expression.getPrefixList();
  return (record) => prefixes.some((prefix) => textOf(record).startsWith(prefix));
}
