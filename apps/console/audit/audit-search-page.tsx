import { useState } from 'react';
import { Button, Loader, TextInput, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { Link } from 'react-router';
import { OrderTable } from '../party/order-table.js';
import { useOrders } from '../party/use-orders.js';
import { ProblemNotice } from '../design/problem-notice.js';
import { usePageTitle } from '../design/page-title.js';
import { useMessages } from '../messages/language.js';
import styles from './audit.module.css';

/** Which order's history is to be read. */
export function AuditSearchPage() {
  const t = useMessages();
  const [text, setText] = useState('');
  const [search] = useDebouncedValue(text.trim(), 250);
  const list = useOrders(search);
  usePageTitle(t('nav.audit'));
  return (
    <div className={styles.search}>
      <Title order={1} size="h2">
        {t('nav.audit')}
      </Title>
      <TextInput
        aria-label={t('audit.search')}
        placeholder={t('audit.search')}
        leftSection={<IconSearch size="1rem" aria-hidden />}
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      {list.isError && <ProblemNotice error={list.error} />}
      {list.isPending && <Loader aria-label={t('loading')} />}
      <OrderTable
        orders={(list.data?.pages ?? []).flatMap(({ items }) => items)}
        link={({ orderId }) => <Link to={`/audit/${orderId}`}>{orderId}</Link>}
      />
      {list.hasNextPage && (
        <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </div>
  );
}
