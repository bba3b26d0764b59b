import { useQuery, useQueryClient, type InfiniteData } from '@tanstack/react-query';
import type { WorklistPageDocument } from '../api/documents.js';
import { readSignIn } from '../api/generated/sdk.gen.js';

/** Arbitrators that the page has seen: in the cases it lists, and among the demo's persons. Others can be typed. */
export function useKnownArbitrators(): string[] {
  const queries = useQueryClient();
  const { data } = useQuery({
    queryKey: ['sign-in'],
    queryFn: async () => (await readSignIn({ throwOnError: true })).data,
    staleTime: Infinity,
  });
  const demo = (data?.persons ?? []).filter(({ role }) => role === 'arbitrator').map(({ person }) => person);
  const listed = queries
    .getQueriesData<InfiniteData<WorklistPageDocument>>({ queryKey: ['worklist'] })
    .flatMap(([, list]) => list?.pages ?? [])
    .flatMap(({ items }) => items.map(({ arbitrator }) => arbitrator))
    .filter((arbitrator) => arbitrator !== null);
  return [...new Set([...demo, ...listed])].toSorted();
}
