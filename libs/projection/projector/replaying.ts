import type { Envelope } from '../../event-store/envelope.js';
import type { EventStore, RecordedEvent } from '../../event-store/port.js';
import type { ReadModelDatabase, Statement } from '../read-models/database.js';
import type { DocumentRow } from '../read-models/document-rows.js';
import { park, unpark, type ParkedAt, type ReplayRequest } from '../read-models/parked.js';
import { parkedAt, rowOf, type Decoded } from './fold.js';
import { parkedKey, type Track } from './track.js';

/**
 * What is parked, folded anew from the start of the log to where its track is. Until it is there nothing is written.
 */
export interface Replay {
  readonly track: Track;
  readonly request: ReplayRequest;
  /** The document; or all that the stream touches, which may be others' too. */
  readonly documents: Map<string, Refolded>;
  /** Documents that failed, again or now, and at what. */
  readonly failed: Map<string, ParkedAt>;
  /** The stream's event that still tells nobody which documents it touches. */
  unreadable?: ParkedAt;
  /** The stream turned out to touch more documents than were folded from the start: begin again. */
  again?: boolean;
}

interface Refolded {
  readonly document: object | null;
  /** The event that made it so. */
  readonly last?: Envelope;
}

const UNTOUCHED: Refolded = { document: null };

/** Finds out which documents are to be folded. */
export async function beginReplay(
  store: Pick<EventStore, 'readStream'>,
  decode: (event: RecordedEvent) => Envelope,
  track: Track,
  request: ReplayRequest,
): Promise<Replay> {
  const replay: Replay = { track, request, documents: new Map(), failed: new Map() };
  if (request.kind === 'document') {
    replay.documents.set(request.id, UNTOUCHED);
    return replay;
  }
  let last: Pick<RecordedEvent, 'stream' | 'revision' | 'position' | 'type'> = request;
  try {
    for await (const recorded of store.readStream(request.id)) {
      last = recorded;
      if (!track.types.has(recorded.type)) continue;
      for (const id of track.projection.key(decode(recorded))) replay.documents.set(id, UNTOUCHED);
    }
  } catch (reason) {
    replay.unreadable = parkedAt(request, last, last.type, reason);
  }
  return replay;
}

/** Folds a stretch of the log into the documents that are replayed, passing over all others. */
export function foldReplay(replay: Replay, batch: readonly Decoded[]): void {
  const { track, request, documents } = replay;
  for (const { recorded, envelope, error } of batch) {
    if (!track.types.has(recorded.type)) continue;
    const own = request.kind === 'stream' && recorded.stream === request.id;
    if (!own && track.parked.has(parkedKey({ kind: 'stream', id: recorded.stream }))) continue;
    let ids: readonly string[];
    try {
      if (envelope === undefined) throw error;
      ids = track.projection.key(envelope);
    } catch (reason) {
      if (own) replay.unreadable ??= parkedAt(request, recorded, recorded.type, reason);
      continue;
    }
    for (const id of ids) {
      if (!documents.has(id)) replay.again ||= own;
      else foldOne(replay, id, envelope);
    }
  }
}

function foldOne({ track, documents, failed }: Replay, id: string, event: Envelope): void {
  const parked = failed.get(id);
  if (parked !== undefined) {
    failed.set(id, { ...parked, pending: parked.pending + 1 });
    return;
  }
  try {
    const before = documents.get(id)?.document ?? undefined;
    documents.set(id, { document: track.projection.evolve(before, event, id) ?? null, last: event });
  } catch (reason) {
    failed.set(id, parkedAt({ kind: 'document', id }, event, event.event.type, reason));
  }
}

/** Writes what came of it: documents as far as they could be folded, and what remains parked. */
export function endReplay(database: ReadModelDatabase, replay: Replay): readonly Statement[] {
  const { track, request, documents, failed, unreadable } = replay;
  const attempts = request.attempts + 1;
  if (unreadable !== undefined) return [park(database, track.table, { ...unreadable, attempts })];
  const rows: DocumentRow[] = [];
  const removals: string[] = [];
  const statements: Statement[] = [];
  for (const [id, { document, last }] of documents) {
    const row = document === null || last === undefined ? null : rowOrFailure(replay, id, document, last);
    if (row === null) removals.push(id);
    else if (row !== undefined) rows.push(row);
    track.documents.delete(id);
    track.unsaved.delete(id);
    const what = { kind: 'document', id } as const;
    const parked = failed.get(id);
    if (parked !== undefined) statements.push(park(database, track.table, { ...parked, attempts }));
    else if (track.parked.has(parkedKey(what))) statements.push(unpark(database, track.table, what));
    if (parked === undefined) track.parked.delete(parkedKey(what));
    else track.parked.add(parkedKey(what));
  }
  if (request.kind === 'stream') {
    statements.push(unpark(database, track.table, request));
    track.parked.delete(parkedKey(request));
  }
  return [...track.rows.upsert(rows), ...track.rows.remove(removals), ...statements];
}

/** Undefined for a document that cannot be stored: it failed at the event that made it so. */
function rowOrFailure(
  { track, failed }: Replay,
  id: string,
  document: object,
  last: Envelope,
): DocumentRow | undefined {
  try {
    return rowOf(track.projection, id, document);
  } catch (reason) {
    failed.set(id, failed.get(id) ?? parkedAt({ kind: 'document', id }, last, last.event.type, reason));
    return undefined;
  }
}
