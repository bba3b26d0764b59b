import { useQuery } from '@tanstack/react-query';
import type { SupplierItem } from '../../../projections/supplier-standing/queries.js';
import { listSuppliers } from '../api/generated/sdk.gen.js';

/** What the suppliers of the first page of them are called, by their ids: a picture names a dozen at most. */
export function useSupplierNames(): ReadonlyMap<string, string> {
  const { data } = useQuery({
    queryKey: ['suppliers', 'names'],
    queryFn: async () => {
      const { data: page } = await listSuppliers({ query: { limit: '200' }, throwOnError: true });
      return (page as { readonly items: readonly SupplierItem[] }).items;
    },
    staleTime: 300_000,
  });
  return new Map((data ?? []).map(({ supplierId, name }) => [supplierId, name]));
}
