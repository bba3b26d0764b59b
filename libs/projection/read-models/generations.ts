import { START, type Position } from '../../event-store/port.js';
import type { Instant } from '../../kernel/instant.js';
import type { Projection } from '../projection.js';
import type { ReadModelDatabase, Statement } from './database.js';
import { columnSignature, createDocumentTable, tableName } from './schema.js';

/** One table of a projection's documents: the one that serves, or one that is being built to take its place. */
export interface Generation {
  readonly table: string;
  readonly projection: string;
  readonly version: number;
  readonly generation: number;
  readonly position: Position;
  readonly events: number;
  readonly created: Instant | null;
  readonly columns: string;
  /** Serves queries. */
  readonly active: boolean;
}

/** All generations, oldest first. */
export async function readGenerations({ kysely }: ReadModelDatabase): Promise<readonly Generation[]> {
  const rows = await kysely
    .selectFrom('checkpoints')
    .leftJoin('active', 'active.table_name', 'checkpoints.table_name')
    .selectAll('checkpoints')
    .select('active.projection as serves')
    .orderBy('checkpoints.projection')
    .orderBy('checkpoints.generation')
    .execute();
  return rows.map(({ table_name: table, serves, ...rest }) => ({ table, active: serves !== null, ...rest }));
}

/** A new table for a projection, empty, at the start of the log. */
export function createGeneration(
  database: ReadModelDatabase,
  projection: Projection<object>,
  existing: readonly Generation[],
): { readonly generation: Generation; readonly statements: readonly Statement[] } {
  const siblings = existing.filter((one) => one.projection === projection.name);
  const number = Math.max(0, ...siblings.map((one) => one.generation)) + 1;
  const generation: Generation = {
    table: tableName(projection, number),
    projection: projection.name,
    version: projection.version,
    generation: number,
    position: START,
    events: 0,
    created: null,
    columns: columnSignature(projection),
    active: siblings.length === 0,
  };
  const { table, active, ...row } = generation;
  const { kysely } = database;
  const checkpoint = kysely.insertInto('checkpoints').values({ table_name: table, ...row });
  const pointer = kysely.insertInto('active').values({ projection: projection.name, table_name: table });
  return {
    generation,
    statements: [
      ...createDocumentTable(database, table, projection),
      checkpoint.compile(),
      ...(active ? [pointer.compile()] : []),
    ],
  };
}

/** Lets the table `next` serve queries instead of `from`, which is dropped. */
export function takeOver(
  database: ReadModelDatabase,
  projection: string,
  next: string,
  from: string,
): Statement[] {
  const pointer = database.kysely
    .updateTable('active')
    .set({ table_name: next })
    .where('projection', '=', projection);
  return [pointer.compile(), ...dropGeneration(database, from)];
}

export function dropGeneration({ kysely }: ReadModelDatabase, table: string): Statement[] {
  return [
    kysely.deleteFrom('parked').where('table_name', '=', table).compile(),
    kysely.deleteFrom('checkpoints').where('table_name', '=', table).compile(),
    kysely.schema.dropTable(table).compile(),
  ];
}
