import { lazy, Suspense, useMemo, useRef, useState } from 'react';
import { Loader, Title } from '@mantine/core';
import { useNavigate, useSearchParams } from 'react-router';
import type { ListedCase } from '../api/documents.js';
import { ProblemNotice } from '../design/problem-notice.js';
import { usePageTitle } from '../design/page-title.js';
import { useMessages, usePlural } from '../messages/language.js';
import { useSession } from '../session/session-context.js';
import { useShortcuts } from '../shell/shortcuts.js';
import { CaseTable, type CaseTableHandle } from './case-table.js';
import { FilterBar } from './filter-bar.js';
import { addressOf, filtersOf, type WorklistFilters } from './filters.js';
import { useWorklist } from './use-worklist.js';
import styles from './worklist.module.css';

const AssignDialog = lazy(async () => ({ default: (await import('./assign-dialog.js')).AssignDialog }));

/** The cases that wait for somebody, what is due first on top. */
export function WorklistPage() {
  const t = useMessages();
  const plural = usePlural();
  const navigate = useNavigate();
  const { role } = useSession();
  const [address, setAddress] = useSearchParams();
  const filters = useMemo(() => filtersOf(address), [address]);
  const list = useWorklist(filters);
  const search = useRef<HTMLInputElement>(null);
  const table = useRef<CaseTableHandle>(null);
  const [assigning, assign] = useState<ListedCase>();
  usePageTitle(t('worklist.title'));
  const change = (changed: Partial<WorklistFilters>) =>
    setAddress(addressOf({ ...filters, ...changed }), { replace: true });
  const items = useMemo(() => (list.data?.pages ?? []).flatMap((page) => page.items), [list.data]);
  const total = list.data?.pages[0]?.total;
  const mayAssign = role === 'agent';
  const open = ({ orderId, dispute }: ListedCase) => void navigate(`/cases/${orderId}/${dispute}`);
  useShortcuts(t('worklist.title'), [
    { keys: 'j', does: t('keys.next'), act: () => table.current?.move(1) },
    { keys: 'k', does: t('keys.previous'), act: () => table.current?.move(-1) },
    { keys: 'Enter', does: t('keys.open'), act: () => withCurrent(open) },
    { keys: '/', does: t('keys.search'), act: () => search.current?.focus() },
    {
      keys: 'm',
      does: t('keys.mine'),
      act: () => change({ whose: filters.whose === 'mine' ? undefined : 'mine' }),
    },
    {
      keys: 'o',
      does: t('keys.overdue'),
      act: () => change({ due: filters.due === 'overdue' ? undefined : 'overdue' }),
    },
    ...(mayAssign ? [{ keys: 'a', does: t('keys.assign'), act: () => withCurrent(assign) }] : []),
  ]);
  function withCurrent(act: (item: ListedCase) => void): void {
    const current = table.current?.current();
    if (current !== undefined) act(current);
  }
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <Title order={1} size="h2">
          {t('worklist.title')}
        </Title>
        <p className={styles.count} role="status">
          {total === undefined ? '' : plural('worklist.count', total)}
          {list.isFetching && <Loader size="xs" type="dots" aria-hidden />}
        </p>
      </header>
      <FilterBar
        filters={filters}
        change={change}
        searchRef={search}
        leaveSearch={() => table.current?.move(1)}
      />
      {list.isError && <ProblemNotice error={list.error} retry={() => void list.refetch()} />}
      {list.isPending ? (
        <Loader className={styles.loading} aria-label={t('loading')} />
      ) : (
        <CaseTable
          ref={table}
          items={items}
          total={total ?? items.length}
          more={{
            has: list.hasNextPage,
            loading: list.isFetchingNextPage,
            load: () => void list.fetchNextPage(),
          }}
          sort={{ by: filters.sort, direction: filters.direction, change }}
          onAssign={mayAssign ? assign : undefined}
        />
      )}
      {assigning !== undefined && (
        <Suspense>
          <AssignDialog item={assigning} onClose={() => assign(undefined)} />
        </Suspense>
      )}
    </div>
  );
}
