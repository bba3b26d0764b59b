import type { CaseFile } from '../../../projections/case-file/case-file.js';
import type { WorklistItem } from '../../../projections/worklist/queries.js';
import type { Order } from '../../../libs/domain/order/state.js';
import type { EventMetadata } from '../../../libs/event-store/envelope.js';

/**
 * What the engine's reads answer with. The OpenAPI document describes them only roughly; the types themselves come from
 * where the documents are made.
 */

/** What may be done now: the engine's own word, the console shows nothing else. */
export interface Link {
  readonly rel: string;
  readonly method: 'POST';
  readonly href: string;
  readonly title: string;
}

export interface OrderDocument extends Order {
  readonly revision: string;
  readonly position: string;
  readonly links: readonly Link[];
  readonly contract: Order['contract'] & { readonly termsHash: string };
}

export interface CaseFileDocument extends CaseFile {
  readonly links?: readonly Link[];
}

/** A case of the list, with the names of its parties once its order is in the list of orders. */
export interface ListedCase extends WorklistItem {
  readonly buyerName?: string | null;
  readonly supplierName?: string | null;
}

export interface WorklistPageDocument {
  readonly items: readonly ListedCase[];
  readonly nextCursor: string | null;
  readonly total?: number;
}

/** An event as it was recorded: its hash can be computed from this alone. */
export interface EventDocument {
  readonly id: string;
  readonly stream: string;
  readonly revision: string;
  readonly position: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly created: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata: EventMetadata;
  readonly sealed?: true;
}

export interface EventPage {
  readonly items: readonly EventDocument[];
  readonly nextCursor: string | null;
}
