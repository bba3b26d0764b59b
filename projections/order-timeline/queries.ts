import type { OrderPart } from '../../libs/domain/order/narrate.js';
import type { Party, Role } from '../../libs/domain/vocabulary.js';
import type { Documents } from '../../libs/projection/read-models/documents.js';
import { documentsOfOrder } from '../order-stream.js';
import type { TimelineEntry, TimelinePage } from './projection.js';

export interface TimelineFilter {
  readonly role?: Role;
  readonly part?: OrderPart;
  readonly dispute?: number;
  /** Leaves out what is sealed to others than this party. */
  readonly viewer?: Party;
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

/** Sealed evidence is seen by whom it is sealed to, and by whoever submitted it. */
export const visibleTo = (
  viewer: Party | undefined,
  { sealedTo, by }: { readonly sealedTo?: readonly Party[]; readonly by: { readonly role: string } },
): boolean =>
  viewer === undefined || sealedTo === undefined || sealedTo.includes(viewer) || by.role === viewer;
