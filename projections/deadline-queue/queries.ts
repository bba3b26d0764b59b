import type { Instant } from '../../libs/kernel/instant.js';
import type { Page } from '../../libs/projection/query.js';
import type { Documents } from '../../libs/projection/read-models/documents.js';
import { documentsOfOrder } from '../order-stream.js';
import type { QueuedDeadline } from './projection.js';

export interface DeadlineFilter {
  readonly orderId?: string;
  /** Inclusive. */
  readonly dueFrom?: Instant;
  /** Exclusive. */
  readonly dueBefore?: Instant;
}

/** Open deadlines, the next one first. */
export async function openDeadlines(
  documents: Documents<QueuedDeadline>,
  { filter = {}, ...page }: { filter?: DeadlineFilter; cursor?: string | null; limit: number },
): Promise<Page<QueuedDeadline>> {
  const { items, nextCursor } = await documents.query({
    where: conditions(filter),
    orderBy: [{ column: 'due_at', direction: 'asc' }],
    ...page,
  });
  return { items: items.map(({ document }) => document), nextCursor };
}

export const countDeadlines = (
  documents: Documents<QueuedDeadline>,
  filter: DeadlineFilter = {},
): Promise<number> => documents.count({ where: conditions(filter) });

const conditions = ({ orderId, dueFrom, dueBefore }: DeadlineFilter) => [
  ...(orderId === undefined ? [] : documentsOfOrder(orderId)),
  ...(dueFrom === undefined ? [] : [{ column: 'due_at', op: 'gte', value: dueFrom } as const]),
  ...(dueBefore === undefined ? [] : [{ column: 'due_at', op: 'lt', value: dueBefore } as const]),
];
