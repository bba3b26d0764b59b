import type { Position } from '../../event-store/port.js';
import type { ReadModelDatabase, Statement } from '../read-models/database.js';
import { addPending, park } from '../read-models/parked.js';
import { fold, plan, type Decoded, type Folded, type Plan } from './fold.js';
import { parkedKey, weightOf, writeCheckpoint, type Track } from './track.js';

/** A stretch of the log and what it touches of a track's documents. */
export interface Prepared {
  readonly track: Track;
  readonly plan: Plan;
  readonly before: ReadonlyMap<string, object | null>;
}

const NONE: ReadonlyMap<string, object | null> = new Map();

export async function prepare(track: Track, batch: readonly Decoded[]): Promise<Prepared> {
  const planned = plan(track, batch);
  const before = track.projection.immutable ? NONE : await documentsBefore(track, planned);
  return { track, plan: planned, before };
}

/** Folds what was prepared: the statements that write the documents, and the checkpoint with them. */
export function foldPrepared(
  database: ReadModelDatabase,
  { track, plan: planned, before }: Prepared,
  batch: readonly Decoded[],
  through: Position,
): readonly Statement[] {
  const folded = fold(track, planned, (id) => before.get(id) ?? null);
  remember(track, folded);
  track.position = through;
  track.events += planned.events;
  track.created = batch.at(-1)?.recorded.created ?? track.created;
  return [
    ...track.rows.upsert(folded.upserts),
    ...track.rows.remove(folded.removals),
    ...folded.parked.map((parked) => park(database, track.table, parked)),
    ...[...folded.pending].map(([key, count]) => addPending(database, track.table, unkey(key), count)),
    writeCheckpoint(database, track),
  ];
}

/** What the batch touches, as the batch before leaves it: from memory, and the rest from the table in one query. */
async function documentsBefore(track: Track, { touches }: Plan): Promise<Map<string, object | null>> {
  const before = new Map<string, object | null>();
  const absent: string[] = [];
  for (const { ids } of touches) {
    for (const id of ids) {
      if (before.has(id)) continue;
      const known = track.documents.get(id) ?? track.unsaved.get(id);
      if (known === undefined) absent.push(id);
      before.set(id, known?.document ?? null);
    }
  }
  for (const [id, json] of await track.rows.load(absent)) before.set(id, JSON.parse(json) as object);
  return before;
}

/** Before the commit: when that fails, the track is given up, and what it remembers with it. */
function remember(track: Track, { upserts, removals, parked }: Folded): void {
  for (const one of parked) track.parked.add(parkedKey(one));
  if (track.projection.immutable) return;
  const unsaved: Track['unsaved'] = new Map();
  for (const { id, json, document } of upserts) {
    track.documents.set(id, { document }, { size: weightOf(json) });
    unsaved.set(id, { document });
  }
  for (const id of removals) {
    track.documents.set(id, { document: null }, { size: weightOf(undefined) });
    unsaved.set(id, { document: null });
  }
  track.unsaved = unsaved;
}

function unkey(key: string): { kind: 'document' | 'stream'; id: string } {
  const space = key.indexOf(' ');
  return { kind: key.slice(0, space) as 'document' | 'stream', id: key.slice(space + 1) };
}
