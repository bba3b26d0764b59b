import type { Database, Statement } from 'better-sqlite3';
import { instantOf } from '../../kernel/instant.js';
import { EventStoreError, type EventFilter, type RecordedEvent } from '../port.js';
import { positionText } from './position.js';

type Row = [
  position: number,
  revision: number,
  created: number,
  type: string,
  id: string,
  metadata: string,
  data: string,
];
type RowOfAny = [...Row, stream: string];
const COLUMNS = 'l.position, l.revision, l.created, l.type, l.id, l.metadata, l.data';

/** The events with `after` < position ≤ `upTo` that pass a filter, in order, at most `limit`. */
export type PageRead = (after: number, upTo: number, limit: number) => RecordedEvent[];

export interface LogReader {
  /** Revisions `low` to `high`, both inclusive, at most `limit`. */
  streamPage(stream: string, range: StreamRange): RecordedEvent[];
  pagesOf(filter: EventFilter | undefined): PageRead;
  /** Position of the last event; 0 in an empty log. */
  head(): number;
}

export interface StreamRange {
  readonly low: number;
  readonly high: number;
  readonly backwards: boolean;
  readonly limit: number;
}

/**
 * Every read is one statement, over before it returns: a read that stayed open would keep the write-ahead log growing.
 * Throws an EventStoreError with code STORE_UNAVAILABLE where SQLite fails.
 */
export function readerOf(database: Database): LogReader {
  // One statement for the stream's number and its rows: each begins a transaction, which forgets all pages read before when
  // the writer has committed since.
  const inStream = (order: 'ASC' | 'DESC') =>
    database
      .prepare<[string, number, number, number], Row>(
        `SELECT ${COLUMNS} FROM log l
         WHERE l.stream = (SELECT id FROM streams WHERE name = ?) AND l.revision BETWEEN ? AND ?
         ORDER BY l.revision ${order} LIMIT ?`,
      )
      .raw();
  const forwards = inStream('ASC');
  const backwards = inStream('DESC');
  const head = database.prepare<[], number | null>('SELECT max(position) FROM log').pluck();

  const pagesOf = (filter?: EventFilter): PageRead => {
    const { condition, values } = conditionOf(filter);
    const statement: Statement<(string | number)[], RowOfAny> = database
      .prepare<(string | number)[], RowOfAny>(
        `SELECT ${COLUMNS}, s.name FROM log l CROSS JOIN streams s ON s.id = l.stream
         WHERE l.position > ? AND l.position <= ? ${condition} ORDER BY l.position LIMIT ?`,
      )
      .raw();
    return coded((after, upTo, limit) =>
      statement.all(after, upTo, ...values, limit).map((row) => toEvent(row[7], row)),
    );
  };
  const everything = pagesOf();

  return {
    streamPage: coded((stream, { low, high, limit, backwards: isBackwards }) => {
      const rows = (isBackwards ? backwards : forwards).all(stream, low, high, limit);
      return rows.map((row) => toEvent(stream, row));
    }),
    head: coded(() => head.get() ?? 0),
    pagesOf: coded((filter) => (filter === undefined ? everything : pagesOf(filter))),
  };
}

const coded =
  <A extends unknown[], R>(read: (...args: A) => R) =>
  (...args: A): R => {
    try {
      return read(...args);
    } catch (cause) {
      if (!String((cause as { code?: unknown }).code).startsWith('SQLITE_')) throw cause;
      throw new EventStoreError('STORE_UNAVAILABLE', 'the log cannot be read', undefined, { cause });
    }
  };

/** The port's filter (see filter.ts) in SQL, so that events which do not pass are never made. */
function conditionOf({ types, streamPrefixes }: EventFilter = {}): { condition: string; values: string[] } {
  const ofType = types && `AND l.type IN (${types.map(() => '?').join(', ')})`;
  const begins = streamPrefixes?.map(() => 'substr(s.name, 1, length(?)) = ?').join(' OR ');
  return {
    condition: [ofType ?? '', begins === undefined ? '' : `AND (${begins || 'FALSE'})`].join(' '),
    values: [...(types ?? []), ...(streamPrefixes ?? []).flatMap((prefix) => [prefix, prefix])],
  };
}

const toEvent = (
  stream: string,
  [position, revision, created, type, id, metadata, data]: Row | RowOfAny,
): RecordedEvent => ({
  id,
  type,
  data,
  metadata,
  stream,
  revision: BigInt(revision),
  position: positionText(position),
  created: instantOf(created),
});
