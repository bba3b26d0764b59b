import type { Envelope } from '../../event-store/envelope.js';
import type { RecordedEvent } from '../../event-store/port.js';
import type { Column, Projection } from '../projection.js';
import type { DocumentRow } from '../read-models/document-rows.js';
import type { ParkedAt } from '../read-models/parked.js';
import { parkedKey, type Track } from './track.js';

/** An event as recorded, and what it was decoded to or why it could not be. Decoded once for all projections. */
export interface Decoded {
  readonly recorded: RecordedEvent;
  readonly envelope?: Envelope;
  readonly error?: unknown;
}

export function decodeAll(
  events: readonly RecordedEvent[],
  decode: (event: RecordedEvent) => Envelope,
): Decoded[] {
  return events.map((recorded) => {
    try {
      return { recorded, envelope: decode(recorded) };
    } catch (error) {
      return { recorded, error };
    }
  });
}

/** An event and the documents that it touches. */
export interface Touch {
  readonly event: Envelope;
  readonly ids: readonly string[];
}

/** What a batch is for one projection, before any document is at hand. */
export interface Plan {
  readonly touches: readonly Touch[];
  /** Events of the projection's types, those that are passed over among them. */
  readonly events: number;
  readonly parked: readonly ParkedAt[];
  /** Events passed over, by what is parked. */
  readonly pending: ReadonlyMap<string, number>;
}

/** Which documents the events touch. A stream is parked at an event of which that cannot be known. */
export function plan(
  { projection, types, parked: already }: Pick<Track, 'projection' | 'types' | 'parked'>,
  batch: readonly Decoded[],
): Plan {
  const touches: Touch[] = [];
  const pending = new Map<string, number>();
  const parked = new Map<string, ParkedAt>();
  let events = 0;
  for (const { recorded, envelope, error } of batch) {
    if (!types.has(recorded.type)) continue;
    events += 1;
    if (already.size + parked.size > 0) {
      const stream = parkedKey({ kind: 'stream', id: recorded.stream });
      if (already.has(stream) || parked.has(stream)) {
        pending.set(stream, (pending.get(stream) ?? 0) + 1);
        continue;
      }
    }
    try {
      if (envelope === undefined) throw error;
      touches.push({ event: envelope, ids: projection.key(envelope) });
    } catch (reason) {
      const at = parkedAt({ kind: 'stream', id: recorded.stream }, recorded, recorded.type, reason);
      parked.set(parkedKey(at), at);
    }
  }
  return { touches, events, parked: [...parked.values()], pending };
}

/** What a batch makes of a projection's documents. */
export interface Folded {
  readonly upserts: readonly (DocumentRow & { readonly document: object })[];
  readonly removals: readonly string[];
  readonly parked: readonly ParkedAt[];
  readonly pending: ReadonlyMap<string, number>;
}

interface Change {
  /** Undefined: it may or may not be there, and what it was does not matter. */
  readonly before: object | null | undefined;
  document: object | null;
  event: Envelope;
}

/**
 * Folds the touches of a batch in order. A document that fails is parked as it was before the event at which it failed,
 * and nobody else is affected.
 */
export function fold(
  { projection, parked: already }: Pick<Track, 'projection' | 'parked'>,
  { touches, ...planned }: Plan,
  /** As the table has it; null when it lacks it, undefined when the first event begins it anew. */
  load: (id: string) => object | null | undefined,
): Folded {
  const changes = new Map<string, Change>();
  const parked = new Map<string, ParkedAt>();
  const pending = new Map(planned.pending);
  const parkAt = (id: string, event: Envelope, reason: unknown) => {
    const at = parkedAt({ kind: 'document', id }, event, event.event.type, reason);
    parked.set(parkedKey(at), at);
  };
  for (const { event, ids } of touches) {
    for (const id of ids) {
      if (already.size + parked.size > 0) {
        const key = parkedKey({ kind: 'document', id });
        if (already.has(key) || parked.has(key)) {
          pending.set(key, (pending.get(key) ?? 0) + 1);
          continue;
        }
      }
      let change = changes.get(id);
      if (change === undefined) {
        const before = load(id);
        changes.set(id, (change = { before, document: before ?? null, event }));
      }
      try {
        change.document = projection.evolve(change.document ?? undefined, event, id) ?? null;
        change.event = event;
      } catch (reason) {
        parkAt(id, event, reason);
      }
    }
  }
  const upserts: (DocumentRow & { readonly document: object })[] = [];
  const removals: string[] = [];
  for (const [id, { before, document, event }] of changes) {
    if (document === before) continue;
    if (document === null) {
      removals.push(id);
      continue;
    }
    try {
      upserts.push({
        ...rowOf(projection, id, document),
        changed: changedColumns(projection, before, document),
      });
    } catch (reason) {
      parkAt(id, event, reason);
    }
  }
  return { upserts, removals, parked: [...planned.parked, ...parked.values()], pending };
}

/** A document as it is stored. Throws for one that has no JSON form, or a column that is not what its type says. */
export function rowOf(
  projection: Projection<object>,
  id: string,
  document: object,
): DocumentRow & { readonly document: object } {
  const columns = projection.columns.map((column) => columnValue(column, document));
  const json = JSON.stringify(document);
  return { id, json, columns, document };
}

function columnValue(column: Column<object>, document: object): string | number | null {
  const value = column.value(document);
  const fits =
    value === null || (column.type === 'text' ? typeof value === 'string' : Number.isSafeInteger(value));
  if (!fits) throw new TypeError(`column ${column.name} is no ${column.type}: ${String(value)}`);
  // PostgreSQL cannot store the character 0 in a text.
  return typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\u{FFFD}') : value;
}

/** Which columns a stored document gets new values in; undefined for a document that is not, or may not be, stored. */
const changedColumns = (
  { columns }: Projection<object>,
  before: object | null | undefined,
  document: object,
): readonly number[] | undefined =>
  before === null || before === undefined
    ? undefined
    : columns.flatMap((column, at) => (column.value(before) === column.value(document) ? [] : [at]));

export function parkedAt(
  { kind, id }: Pick<ParkedAt, 'kind' | 'id'>,
  { stream, revision, position }: Pick<RecordedEvent, 'stream' | 'revision' | 'position'>,
  type: string,
  reason: unknown,
): ParkedAt {
  const message = reason instanceof Error ? reason.message : String(reason);
  return {
    kind,
    id,
    stream,
    revision,
    position,
    type,
    message: message.replaceAll('\0', ''),
    pending: 0,
    attempts: 0,
  };
}
