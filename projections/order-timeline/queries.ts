import type { Caller } from '../../libs/domain/decision.js';
import { mayOpenSeal } from '../../libs/domain/order/dispute/seal.js';
import type { OrderPart } from '../../libs/domain/order/narrate.js';
import type { Party, Role } from '../../libs/domain/vocabulary.js';
import type { Documents } from '../../libs/projection/read-models/documents.js';
import { documentsOfOrder } from '../order-stream.js';
import type { TimelineEntry, TimelinePage } from './projection.js';

export interface TimelineFilter {
  readonly role?: Role;
  readonly part?: OrderPart;
  readonly dispute?: number;
  /** Leaves out evidence whose seal holds for this reader. */
  readonly viewer?: Caller;
}

/** Entries of an order's timeline, oldest first, by pages of the stored size; empty for an order that is not there. */
export async function timeline(
  documents: Documents<TimelinePage>,
  {
    orderId,
    filter = {},
    cursor,
    limit = 5,
  }: {
    orderId: string;
    filter?: TimelineFilter;
    cursor?: string | null;
    /** Most stored pages that one answer holds, of 20 entries each. */
    limit?: number;
  },
): Promise<{ readonly entries: readonly TimelineEntry[]; readonly nextCursor: string | null }> {
  const { items, nextCursor } = await documents.query({
    where: documentsOfOrder(orderId),
    cursor,
    limit,
  });
  const entries = items.flatMap(({ document }) => document.entries).filter((entry) => shows(filter, entry));
  return { entries, nextCursor };
}

const shows = ({ role, part, dispute, viewer }: TimelineFilter, entry: TimelineEntry): boolean =>
  (role === undefined || entry.by.role === role) &&
  (part === undefined || entry.part === part) &&
  (dispute === undefined || entry.dispute === dispute) &&
  visibleTo(viewer, entry);

/** Whether a reader sees what is, or may be, about sealed evidence that `by` has submitted. */
export const visibleTo = (
  viewer: Caller | undefined,
  { sealedTo, by }: { readonly sealedTo?: readonly Party[]; readonly by: Caller },
): boolean => viewer === undefined || mayOpenSeal({ by: by.role, author: by.id, sealedTo }, viewer);
