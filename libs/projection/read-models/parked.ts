import type { Position } from '../../event-store/port.js';
import { ProjectionError } from '../projection-error.js';
import type { ReadModelDatabase, Statement } from './database.js';

/** A document that could not be folded, at the event that it stopped at. */
export interface Parked {
  readonly projection: string;
  /** False for a table that is still being built. */
  readonly serving: boolean;
  /** `stream`: its event could not be decoded or gave no keys, so nobody knows which documents it touches. */
  readonly kind: 'document' | 'stream';
  /** Of the document, or name of the stream. */
  readonly id: string;
  readonly stream: string;
  readonly revision: bigint;
  readonly position: Position;
  readonly type: string;
  readonly message: string;
  /** Later events that were passed over for it. */
  readonly pending: number;
  /** Replays that failed. */
  readonly attempts: number;
}

export interface ParkedQuery {
  readonly projection?: string;
  readonly id?: string;
  /** Default 100. */
  readonly limit?: number;
  /** Passes over this many. */
  readonly offset?: number;
}

export async function listParked(
  database: ReadModelDatabase,
  query: ParkedQuery = {},
): Promise<readonly Parked[]> {
  const select = database.kysely
    .selectFrom('parked')
    .innerJoin('checkpoints', 'checkpoints.table_name', 'parked.table_name')
    .leftJoin('active', 'active.table_name', 'parked.table_name')
    .selectAll('parked')
    .select(['checkpoints.projection', 'active.projection as serves'])
    .orderBy('checkpoints.projection')
    .orderBy('parked.position')
    .orderBy('parked.kind')
    .orderBy('parked.id')
    .limit(query.limit ?? 100)
    .offset(query.offset ?? 0);
  const { projection: name, id: wanted } = query;
  const rows = await select
    .$if(name !== undefined, (builder) => builder.where('checkpoints.projection', '=', name ?? ''))
    .$if(wanted !== undefined, (builder) => builder.where('parked.id', '=', wanted ?? ''))
    .execute();
  return rows.map(
    ({ projection, serves, kind, id, stream, revision, position, type, message, pending, attempts }) => ({
      projection,
      serving: serves !== null,
      kind,
      id,
      stream,
      revision: BigInt(revision),
      position,
      type,
      message,
      pending,
      attempts,
    }),
  );
}

/** How many are parked, by table. */
export async function countParked({ kysely }: ReadModelDatabase): Promise<ReadonlyMap<string, number>> {
  const rows = await kysely
    .selectFrom('parked')
    .groupBy('table_name')
    .select(['table_name', (eb) => eb.fn.countAll().as('count')])
    .execute();
  return new Map(rows.map(({ table_name: table, count }) => [table, Number(count)]));
}

/** The event that something is parked at, and what is known of it since. */
export type ParkedAt = Omit<Parked, 'projection' | 'serving'>;

/** Parks, or parks again at what a replay has met. */
export function park({ kysely }: ReadModelDatabase, table: string, parked: ParkedAt): Statement {
  const { revision, ...rest } = parked;
  const row = { table_name: table, ...rest, revision: revision.toString(), replay: 0 };
  return kysely
    .insertInto('parked')
    .values(row)
    .onConflict((conflict) => conflict.columns(['table_name', 'kind', 'id']).doUpdateSet(row))
    .compile();
}

export function unpark(
  { kysely }: ReadModelDatabase,
  table: string,
  { kind, id }: Pick<Parked, 'kind' | 'id'>,
): Statement {
  return kysely
    .deleteFrom('parked')
    .where('table_name', '=', table)
    .where('kind', '=', kind)
    .where('id', '=', id)
    .compile();
}

/** Counts events that were passed over. */
export function addPending(
  { kysely }: ReadModelDatabase,
  table: string,
  { kind, id }: Pick<Parked, 'kind' | 'id'>,
  count: number,
): Statement {
  return kysely
    .updateTable('parked')
    .set((eb) => ({ pending: eb('pending', '+', count) }))
    .where('table_name', '=', table)
    .where('kind', '=', kind)
    .where('id', '=', id)
    .compile();
}

/** Asks whoever projects to replay what is parked under the id. Throws NOT_PARKED when nothing is. */
export async function askForReplay(database: ReadModelDatabase, table: string, id: string): Promise<void> {
  const ask = database.kysely
    .updateTable('parked')
    .set({ replay: 1 })
    .where('table_name', '=', table)
    .where('id', '=', id)
    .returning('id');
  const [rows = []] = await database.write([ask.compile()]);
  if (rows.length === 0) throw new ProjectionError('NOT_PARKED', `${id} is not parked`);
}

/** What is to be replayed, as it is parked. */
export interface ReplayRequest extends ParkedAt {
  readonly table: string;
}

export async function replayRequests({ kysely }: ReadModelDatabase): Promise<readonly ReplayRequest[]> {
  const rows = await kysely.selectFrom('parked').selectAll().where('replay', '=', 1).execute();
  return rows.map(({ table_name: table, revision, replay: _, ...rest }) => ({
    table,
    revision: BigInt(revision),
    ...rest,
  }));
}
