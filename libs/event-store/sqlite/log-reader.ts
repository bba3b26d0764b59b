import type { Database, Statement } from 'better-sqlite3';
import { instantOf } from '../../kernel/instant.js';
import type { EventFilter, RecordedEvent } from '../port.js';
import { positionText } from './position.js';

type Row = [
  position: number,
  stream: string,
  revision: number,
  created: number,
  type: string,
  id: string,
  metadata: string,
  data: string,
];

const COLUMNS = 'l.position, s.name, l.revision, l.created, l.type, l.id, l.metadata, l.data';

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

/** Every read is one statement, over before it returns: a read that stayed open would keep the write-ahead log growing. */
export function readerOf(database: Database): LogReader {
  const toEvent = eventMaker();
  const inStream = (order: 'ASC' | 'DESC') =>
    database
      .prepare<[string, number, number, number], Row>(
        `SELECT ${COLUMNS} FROM streams s CROSS JOIN log l ON l.stream = s.id
         WHERE s.name = ? AND l.revision BETWEEN ? AND ? ORDER BY l.revision ${order} LIMIT ?`,
      )
      .raw();
  const forwards = inStream('ASC');
  const backwards = inStream('DESC');
  const head = database.prepare<[], number | null>('SELECT max(position) FROM log').pluck();

  return {
    streamPage: (stream, { low, high, limit, ...range }) =>
      (range.backwards ? backwards : forwards).all(stream, low, high, limit).map(toEvent),
    head: () => head.get() ?? 0,
    pagesOf(filter) {
      const { condition, values } = conditionOf(filter);
      const statement: Statement<(string | number)[], Row> = database
        .prepare<(string | number)[], Row>(
          `SELECT ${COLUMNS} FROM log l CROSS JOIN streams s ON s.id = l.stream
           WHERE l.position > ? AND l.position <= ? ${condition} ORDER BY l.position LIMIT ?`,
        )
        .raw();
      return (after, upTo, limit) => statement.all(after, upTo, ...values, limit).map(toEvent);
    },
  };
}

/** The port's filter (see filter.ts) in SQL, so that events which do not pass are never made. */
function conditionOf({ types, streamPrefixes }: EventFilter = {}): { condition: string; values: string[] } {
  const ofType = types && `AND l.type IN (${types.map(() => '?').join(', ')})`;
  const begins = streamPrefixes?.map(() => 'substr(s.name, 1, length(?)) = ?').join(' OR ');
  return {
    condition: [ofType ?? '', begins === undefined ? '' : `AND (${begins || 'FALSE'})`].join(' '),
    values: [...(types ?? []), ...(streamPrefixes ?? []).flatMap((prefix) => [prefix, prefix])],
  };
}

/** Events of one group were created at one instant, so most have the text of the one before. */
function eventMaker(): (row: Row) => RecordedEvent {
  let lastMs = Number.NaN;
  let lastText = '';
  return ([position, stream, revision, created, type, id, metadata, data]) => {
    if (created !== lastMs) {
      lastMs = created;
      lastText = instantOf(created);
    }
    return {
      id,
      type,
      data,
      metadata,
      stream,
      revision: BigInt(revision),
      position: positionText(position),
      created: lastText,
    };
  };
}
