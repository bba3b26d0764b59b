import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { DISPUTE_STATES } from '../../../libs/domain/vocabulary.js';
import type { WorklistPageDocument } from '../api/documents.js';
import { listCaseFiles } from '../api/generated/sdk.gen.js';
import { atLeastSeen } from '../api/seen-position.js';
import { useNow } from '../design/now.js';
import type { DueWithin, WorklistFilters } from './filters.js';

const PAGE = 60;
const OPEN = DISPUTE_STATES.filter((state) => state !== 'CLOSED');
const WITHIN_MS: Readonly<Record<DueWithin, number>> = {
  overdue: 0,
  P1D: 86_400_000,
  P3D: 3 * 86_400_000,
  P7D: 7 * 86_400_000,
};

/** The cases that pass the filters, page after page; without a chosen state, those that are open. */
export function useWorklist(filters: WorklistFilters) {
  const now = useNow();
  return useInfiniteQuery({
    queryKey: ['worklist', filters],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) => {
      const { data } = await listCaseFiles({
        query: {
          ...queryOf(filters, now),
          limit: String(PAGE),
          ...atLeastSeen(),
          ...(pageParam === null ? {} : { cursor: pageParam }),
        },
        signal,
        throwOnError: true,
      });
      return data as WorklistPageDocument;
    },
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
  });
}

function queryOf(filters: WorklistFilters, now: number): Record<string, string> {
  const { states, grounds, due, whose, supplier, currency, claimedFrom, claimedTo, search, sort, direction } =
    filters;
  const query: Record<string, string | undefined> = {
    state: (states.length === 0 ? OPEN : states).join(','),
    ground: grounds.join(',') || undefined,
    arbitrator: whose === undefined ? undefined : whose === 'mine' ? 'me' : 'none',
    supplier,
    // Amounts compare within one currency only.
    currency: (currency ?? (claimedFrom ?? claimedTo) === undefined) ? currency : 'USD',
    claimedFrom: claimedFrom?.toString(),
    claimedTo: claimedTo?.toString(),
    dueBefore: due && new Date(now + WITHIN_MS[due]).toISOString(),
    search,
    sort,
    direction,
  };
  return Object.fromEntries(
    Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
