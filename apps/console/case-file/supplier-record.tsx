import { Badge } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { SupplierRecord } from '../../../projections/supplier-standing/queries.js';
import type { Money } from '../../../libs/kernel/money.js';
import { readSupplierRecord } from '../api/generated/sdk.gen.js';
import { Amount } from '../design/amount.js';
import { useFormat } from '../messages/format.js';
import { useMessages, useWord } from '../messages/language.js';
import { Facts } from './facts.js';

/** How a supplier has done over all its orders, today: the past of this file does not change it. */
export function SupplierRecordFacts({ supplierId }: { readonly supplierId: string }) {
  const t = useMessages();
  const word = useWord();
  const format = useFormat();
  const { data } = useQuery({
    queryKey: ['suppliers', supplierId, 'record'],
    queryFn: async () =>
      (await readSupplierRecord({ path: { supplierId }, throwOnError: true })).data as SupplierRecord,
    retry: false,
  });
  if (data === undefined) return null;
  const { standing, orders, completedOrders: completed, disputes, refunded, owed, rating, ratings } = data;
  return (
    <Facts
      facts={[
        [
          t('party.today'),
          <Badge key="standing" variant="light" color={standing === 'SUSPENDED' ? 'red' : 'gray'}>
            {word(standing)}
          </Badge>,
        ],
        [t('party.orders'), t('party.ordersNote', { orders, completed })],
        [
          t('party.disputes'),
          t('party.disputesNote', { all: disputes.all, open: disputes.open, silent: disputes.silent }),
        ],
        [t('party.refunded'), refunded.length > 0 && <Amounts amounts={refunded} />],
        [t('party.owed'), owed.length > 0 && <Amounts amounts={owed} />],
        [
          t('party.rating'),
          rating !== null &&
            t('party.ratingNote', {
              rating: format.number(Math.round(rating * 10) / 10),
              count: format.number(ratings),
            }),
        ],
      ]}
    />
  );
}

function Amounts({ amounts }: { readonly amounts: readonly Money[] }) {
  return amounts.map((money) => (
    <div key={money.currency}>
      <Amount money={money} />
    </div>
  ));
}
