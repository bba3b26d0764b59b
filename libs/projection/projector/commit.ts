import type { Position } from '../../event-store/port.js';
import type { ReadModelDatabase, Statement } from '../read-models/database.js';
import { addPending, park } from '../read-models/parked.js';
import { fold, plan, type Decoded, type Folded, type Plan } from './fold.js';
import { parkedKey, weightOf, writeCheckpoint, type Track } from './track.js';

/** Folds a stretch of the log into a track's documents: the statements that write them, and the checkpoint with them. */
export async function foldInto(
  database: ReadModelDatabase,
  track: Track,
  batch: readonly Decoded[],
  through: Position,
): Promise<readonly Statement[]> {
  const planned = plan(track, batch);
  const before = await documentsBefore(track, planned);
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

/** What the batch touches: from memory, and the rest from the table in one query. */
async function documentsBefore(
  { documents, rows }: Track,
  { touches }: Plan,
): Promise<Map<string, object | null>> {
  const before = new Map<string, object | null>();
  const absent: string[] = [];
  for (const { ids } of touches) {
    for (const id of ids) {
      if (before.has(id)) continue;
      const remembered = documents.get(id);
      if (remembered === undefined) absent.push(id);
      before.set(id, remembered?.document ?? null);
    }
  }
  for (const [id, json] of await rows.load(absent)) before.set(id, JSON.parse(json) as object);
  return before;
}

/** Before the commit: when that fails, the track is given up, and what it remembers with it. */
function remember({ documents, parked }: Track, folded: Folded): void {
  for (const { id, json, document } of folded.upserts)
    documents.set(id, { document }, { size: weightOf(json) });
  for (const id of folded.removals) documents.set(id, { document: null }, { size: weightOf(undefined) });
  for (const one of folded.parked) parked.add(parkedKey(one));
}

function unkey(key: string): { kind: 'document' | 'stream'; id: string } {
  const space = key.indexOf(' ');
  return { kind: key.slice(0, space) as 'document' | 'stream', id: key.slice(space + 1) };
}
