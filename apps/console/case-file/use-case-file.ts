import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { CaseFileDocument, EventDocument, EventPage } from '../api/documents.js';
import { readCaseFile, readOrderEvents } from '../api/generated/sdk.gen.js';
import { atLeastSeen } from '../api/seen-position.js';

/** The case file as it stands, with what may be done now. */
export const useCaseFile = (orderId: string, dispute: number) =>
  useQuery({
    queryKey: ['order', orderId, 'case-file', dispute],
    queryFn: async ({ signal }) => {
      const { data } = await readCaseFile({
        path: { orderId, dispute },
        query: atLeastSeen(),
        signal,
        throwOnError: true,
      });
      return data as CaseFileDocument;
    },
    placeholderData: keepPreviousData,
  });

const PAGE = 500;

/** Every event of an order, as it was recorded. */
export const useOrderEvents = (orderId: string, enabled = true) =>
  useQuery({
    queryKey: ['order', orderId, 'events'],
    queryFn: async ({ signal }) => {
      const events: EventDocument[] = [];
      let after: string | null = null;
      do {
        const { data } = await readOrderEvents({
          path: { orderId },
          query: { limit: PAGE, ...(after === null ? {} : { after }) },
          signal,
          throwOnError: true,
        });
        const page = data as EventPage;
        events.push(...page.items);
        after = page.nextCursor;
      } while (after !== null);
      return events;
    },
    enabled,
    placeholderData: keepPreviousData,
  });
