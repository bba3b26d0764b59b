import type { Caller } from '../../libs/domain/decision.js';
import { evidenceNow, mayOpenSeal } from '../../libs/domain/order/dispute/seal.js';
import type { OrderPart } from '../../libs/domain/order/narrate.js';
import type { Order } from '../../libs/domain/order/state.js';
import type { Role } from '../../libs/domain/vocabulary.js';
import type { Page } from '../../libs/projection/query.js';
import type { Documents } from '../../libs/projection/read-models/documents.js';
import { documentsOfOrder } from '../order-stream.js';
import type { CaseFact } from '../case-file/projection.js';
import { timelineEntry, type TimelineEntry } from './timeline.js';

export interface TimelineFilter {
  readonly role?: Role;
  readonly part?: OrderPart;
  readonly dispute?: number;
  /** Leaves out evidence whose seal holds for this reader. */
  readonly viewer?: Viewer;
}

/** A reader, and the order whose seals hold: as it is now, whatever they were when an event was written. */
export interface Viewer {
  readonly caller: Caller;
  readonly order: Pick<Order, 'disputes'>;
}

/**
 * At most `limit` entries of an order's timeline, oldest first; none for an order that is not there. They are told from
 * the facts that its case files are made of.
 */
export async function timeline(
  documents: Documents<CaseFact>,
  {
    orderId,
    filter = {},
    cursor = null,
    limit = 50,
  }: { orderId: string; filter?: TimelineFilter; cursor?: string | null; limit?: number },
): Promise<Page<TimelineEntry>> {
  const items: TimelineEntry[] = [];
  let nextCursor = cursor;
  do {
    const page: Page<{ readonly document: CaseFact }> = await documents.query({
      where: documentsOfOrder(orderId),
      cursor: nextCursor,
      limit: limit - items.length,
    });
    items.push(
      ...page.items
        .map(({ document }) => timelineEntry(document.fact))
        .filter((entry) => shows(filter, entry)),
    );
    nextCursor = page.nextCursor;
  } while (nextCursor !== null && items.length < limit);
  return { items, nextCursor };
}

const shows = ({ role, part, dispute, viewer }: TimelineFilter, entry: TimelineEntry): boolean =>
  (role === undefined || entry.by.role === role) &&
  (part === undefined || entry.part === part) &&
  (dispute === undefined || entry.dispute === dispute) &&
  (viewer === undefined || visibleTo(viewer, entry));

function visibleTo({ caller, order }: Viewer, entry: TimelineEntry): boolean {
  const { type, dispute, evidence, by, sealedTo } = entry;
  if (type !== 'EvidenceSubmitted') return true;
  const now =
    dispute === undefined || evidence === undefined ? undefined : evidenceNow(order, { dispute, evidence });
  return mayOpenSeal(now ?? { by: by.role, author: by.id, sealedTo }, caller);
}
