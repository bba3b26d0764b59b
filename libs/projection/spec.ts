import { deepStrictEqual } from 'node:assert/strict';
import type { Actor, Envelope, EventMetadata } from '../event-store/envelope.js';
import type { Instant } from '../kernel/instant.js';
import type { Projection } from './projection.js';
import { rowOf } from './projector/fold.js';

/** An event as a spec writes it: type and data, and of the rest only what matters. */
export interface GivenEvent {
  readonly type: string;
  readonly data: unknown;
  /** Default `order-1`. */
  readonly stream?: string;
  /** When it took effect. Default: that of the event before, at first 2026-01-01T00:00:00.000Z. */
  readonly at?: Instant;
  readonly actor?: Actor;
  readonly schemaVersion?: number;
  readonly metadata?: Partial<EventMetadata>;
}

/** What the documents are after the events, as a store would hold them. */
export interface Given<Doc> {
  /** The document; undefined when there is none. */
  document(id: string): Doc | undefined;
  thenDocument(id: string, expected: Doc): Given<Doc>;
  thenNoDocument(id: string): Given<Doc>;
  /** Values of those columns that are named, by which the document can be found. */
  thenColumns(id: string, expected: Readonly<Record<string, string | number | null>>): Given<Doc>;
  /** Ids of all documents, sorted. */
  ids(): readonly string[];
}

const FIRST_INSTANT: Instant = '2026-01-01T00:00:00.000Z';
const NO_HASH = '0'.repeat(64);

/**
 * A projection under specification: `projecting(caseFile).given(…events).thenDocument('O1/1', {…})`. Only events of the
 * projection's types are folded, and each document is made anew from its JSON between events, as it may be in a store.
 */
export function projecting<Doc extends object>(projection: Projection<Doc>) {
  return {
    given(...events: readonly GivenEvent[]): Given<Doc> {
      const documents = new Map<string, Doc>();
      for (const event of envelopes(events)) {
        if (!projection.types.includes(event.event.type)) continue;
        for (const id of projection.key(event)) {
          const document = projection.evolve(documents.get(id), event, id);
          if (projection.anew?.includes(event.event.type) === true)
            deepStrictEqual(projection.evolve(undefined, event, id), document);
          if (document === null) documents.delete(id);
          else documents.set(id, JSON.parse(rowOf(projection, id, document).json) as Doc);
        }
      }
      return given(projection, documents);
    },
  };
}

function given<Doc extends object>(
  projection: Projection<Doc>,
  documents: ReadonlyMap<string, Doc>,
): Given<Doc> {
  const then: Given<Doc> = {
    document: (id) => documents.get(id),
    ids: () => [...documents.keys()].toSorted(),
    thenDocument(id, expected) {
      deepStrictEqual(documents.get(id), expected);
      return then;
    },
    thenNoDocument(id) {
      deepStrictEqual(documents.get(id), undefined);
      return then;
    },
    thenColumns(id, expected) {
      const document = documents.get(id);
      const actual = Object.fromEntries(
        projection.columns
          .filter(({ name }) => name in expected)
          .map((column) => [column.name, document === undefined ? undefined : column.value(document)]),
      );
      deepStrictEqual(actual, expected);
      return then;
    },
  };
  return then;
}

/** The events as the log would give them, one stream's revisions and all positions counted from the first. */
export function envelopes(events: readonly GivenEvent[]): Envelope[] {
  const revisions = new Map<string, bigint>();
  let at = FIRST_INSTANT;
  return events.map(
    ({ type, data, stream = 'order-1', actor = { role: 'buyer', id: 'B1' }, ...event }, index) => {
      const revision = revisions.get(stream) ?? 0n;
      revisions.set(stream, revision + 1n);
      at = event.at ?? at;
      return {
        id: `event-${index + 1}`,
        stream,
        revision,
        position: String(index + 1).padStart(16, '0'),
        schemaVersion: event.schemaVersion ?? 1,
        event: { type, data },
        metadata: {
          commandId: `command-${index + 1}`,
          fingerprint: NO_HASH,
          correlationId: `command-${index + 1}`,
          causationId: `command-${index + 1}`,
          actor,
          recordedAt: at,
          occurredAt: at,
          prevHash: NO_HASH,
          hash: NO_HASH,
          ...event.metadata,
        },
      };
    },
  );
}
