import { Button, Loader, Title } from '@mantine/core';
import { Link } from 'react-router';
import { ProblemNotice } from '../design/problem-notice.js';
import { usePageTitle } from '../design/page-title.js';
import { useMessages } from '../messages/language.js';
import { OrderTable } from './order-table.js';
import { useOrders } from './use-orders.js';
import styles from './party.module.css';

/** A buyer's or a supplier's own orders. */
export function MyOrdersPage() {
  const t = useMessages();
  const list = useOrders();
  usePageTitle(t('nav.my'));
  return (
    <div className={styles.page}>
      <Title order={1} size="h2">
        {t('nav.my')}
      </Title>
      {list.isError && <ProblemNotice error={list.error} retry={() => void list.refetch()} />}
      {list.isPending ? (
        <Loader aria-label={t('loading')} />
      ) : (
        <OrderTable
          orders={(list.data?.pages ?? []).flatMap(({ items }) => items)}
          link={({ orderId }) => <Link to={`/my/${orderId}`}>{orderId}</Link>}
        />
      )}
      {list.hasNextPage && (
        <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </div>
  );
}
