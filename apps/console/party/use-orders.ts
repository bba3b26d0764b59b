import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { OrderDocument } from '../api/documents.js';
import { listOrders, readOrder } from '../api/generated/sdk.gen.js';
import { atLeastSeen } from '../api/seen-position.js';

/** The orders that one may see, what changed last on top. */
export const useOrders = (search = '') =>
  useInfiniteQuery({
    queryKey: ['orders', search],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) => {
      const { data } = await listOrders({
        query: {
          ...(search === '' ? {} : { search }),
          ...(pageParam === null ? {} : { cursor: pageParam }),
          ...atLeastSeen(),
        },
        signal,
        throwOnError: true,
      });
      return data;
    },
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
  });

export const useOrder = (orderId: string) =>
  useQuery({
    queryKey: ['order', orderId, 'order'],
    queryFn: async ({ signal }) => {
      const { data } = await readOrder({ path: { orderId }, signal, throwOnError: true });
      return data as OrderDocument;
    },
    placeholderData: keepPreviousData,
  });
