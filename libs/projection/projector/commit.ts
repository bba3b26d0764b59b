import type { Position } from '../../event-store/port.js';
import type { ReadModelDatabase, Statement } from '../read-models/database.js';
import { addPending, park } from '../read-models/parked.js';
import { fold, plan, type Decoded, type Folded, type Plan } from './fold.js';
import { parkedKey, weightOf, writeCheckpoint, type Track } from './track.js';

/** A stretch of the log and what it touches of a track's documents. */
export interface Prepared {
  readonly track: Track;
  readonly plan: Plan;
  readonly before: Before;
}

/** Documents as the batch before leaves them; null where there is none, undefined where that does not matter. */
type Before = ReadonlyMap<string, object | null | undefined>;

const NONE: Before = new Map();

export async function prepare(track: Track, batch: readonly Decoded[]): Promise<Prepared> {
  const planned = plan(track, batch);
  const before = track.remembers ? await documentsBefore(track, planned) : NONE;
  return { track, plan: planned, before };
}

/** Folds what was prepared: the statements that write the documents, and the checkpoint with them. */
export function foldPrepared(
  database: ReadModelDatabase,
  { track, plan: planned, before }: Prepared,
  batch: readonly Decoded[],
  through: Position,
): readonly Statement[] {
  const folded = fold(track, planned, (id) => before.get(id));
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

/** What the batch touches, from memory; and of the rest, from the table in one query, what is not begun anew anyway. */
async function documentsBefore(track: Track, { touches }: Plan): Promise<Before> {
  const before = new Map<string, object | null | undefined>();
  const absent: string[] = [];
  for (const { event, ids } of touches) {
    for (const id of ids) {
      if (before.has(id)) continue;
      const known = track.documents.get(id) ?? track.unsaved.get(id);
      const matters = known !== undefined || !track.anew.has(event.event.type);
      if (known === undefined && matters) absent.push(id);
      before.set(id, matters ? (known?.document ?? null) : undefined);
    }
  }
  for (const [id, json] of await track.rows.load(absent)) before.set(id, JSON.parse(json) as object);
  return before;
}

/** Before the commit: when that fails, the track is given up, and what it remembers with it. */
function remember(track: Track, { upserts, removals, parked }: Folded): void {
  for (const one of parked) track.parked.add(parkedKey(one));
  if (!track.remembers) return;
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
