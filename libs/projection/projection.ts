import type { Envelope } from '../event-store/envelope.js';

/**
 * A projection is a pure fold over one document: which documents an event touches, and what each becomes.
 * It needs no SQL and does no I/O; the runner loads, folds and saves documents and checkpoint in one transaction.
 */
export interface Projection<Doc extends object> {
  /** kebab-case; names the table of its documents. */
  readonly name: string;
  /** Raise it when documents must be built anew: the new version fills beside the old one and takes over. */
  readonly version: number;
  /** Event types to be given; all others are passed over unread. */
  readonly types: readonly string[];
  /**
   * Those after which a document is the same whatever it was before: that begin it, or end it. For them no document is
   * read, and where all types are such none is kept in memory. Default: none. `projecting` (spec.ts) holds it to this.
   */
  readonly anew?: readonly string[];
  /** Ids of the documents that the event touches, each once; none when it does not matter here. */
  key(event: Envelope): readonly string[];
  /**
   * The document after the event, which JSON can hold; null deletes it. The document that is given stays as it is.
   * Never throws for an event that the domain can emit.
   */
  evolve(document: Doc | undefined, event: Envelope, id: string): Doc | null;
  /** Columns to index and to filter by, extracted from the document. */
  readonly columns: readonly Column<Doc>[];
}

export interface Column<Doc> {
  /** snake_case. */
  readonly name: string;
  readonly type: 'text' | 'integer';
  /** False for a column that is compared but seldom decides alone what is found: it saves an index. Default true. */
  readonly indexed?: boolean;
  /** null leaves the document out of the column's comparisons. */
  value(document: Doc): string | number | null;
}
