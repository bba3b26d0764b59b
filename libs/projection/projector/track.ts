import { LRUCache } from 'lru-cache';
import type { Position } from '../../event-store/port.js';
import type { Instant } from '../../kernel/instant.js';
import type { Projection } from '../projection.js';
import type { ReadModelDatabase, Statement } from '../read-models/database.js';
import { documentRows, type DocumentRows } from '../read-models/document-rows.js';
import type { Generation } from '../read-models/generations.js';

/** A document as the table has it, or will; null when it lacks it. */
interface Known {
  readonly document: object | null;
}

/** A generation that is being folded: where it is, and what of it is at hand. */
export interface Track {
  readonly projection: Projection<object>;
  readonly types: ReadonlySet<string>;
  readonly anew: ReadonlySet<string>;
  /** Whether documents are folded from what they were before. */
  readonly remembers: boolean;
  readonly table: string;
  readonly rows: DocumentRows;
  /**
   * Documents at hand, as many as memory is given for. Right as long as this process is the only one
   * that writes: a failure or a lost lock ends the track, and the next one begins with none.
   */
  readonly documents: LRUCache<string, Known>;
  /** What the last batch changed, which may be on its way to the table yet. */
  unsaved: Map<string, Known>;
  /** What is parked: `document id`, `stream name`. */
  readonly parked: Set<string>;
  active: boolean;
  position: Position;
  events: number;
  created: Instant | null;
}

export function openTrack(
  database: ReadModelDatabase,
  projection: Projection<object>,
  generation: Generation,
  parked: ReadonlySet<string>,
  cacheBytes: number,
): Track {
  const { table, active, position, events, created } = generation;
  return {
    projection,
    types: new Set(projection.types),
    anew: new Set(projection.anew),
    remembers: projection.types.some((type) => !projection.anew?.includes(type)),
    table,
    rows: documentRows(database, table, projection),
    documents: new LRUCache({ maxSize: cacheBytes, maxEntrySize: cacheBytes }),
    unsaved: new Map(),
    parked: new Set(parked),
    active,
    position,
    events,
    created,
  };
}

export const parkedKey = ({
  kind,
  id,
}: {
  readonly kind: 'document' | 'stream';
  readonly id: string;
}): string => `${kind} ${id}`;

/** Memory that a document of so much JSON takes, roughly: an object with its strings is some times its text. */
export const weightOf = (json: string | undefined): number => 200 + 3 * (json?.length ?? 0);

/** The union of the types that the tracks' projections fold. */
export const typesOf = (tracks: readonly Track[]): string[] =>
  [...new Set(tracks.flatMap(({ projection }) => projection.types))].toSorted();

export function writeCheckpoint(
  { kysely }: ReadModelDatabase,
  { table, position, events, created }: Track,
): Statement {
  return kysely
    .updateTable('checkpoints')
    .set({ position, events, created })
    .where('table_name', '=', table)
    .compile();
}
