import { useImperativeHandle, useRef, type Ref } from 'react';
import { Button, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconVolumeOff } from '@tabler/icons-react';
import { createColumnHelper, tableFeatures, useTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { Link } from 'react-router';
import type { ListedCase } from '../api/documents.js';
import { Amount } from '../design/amount.js';
import { Countdown } from '../design/countdown.js';
import { Moment } from '../design/moment.js';
import { PartyName } from '../design/party-text.js';
import { StatusBadge } from '../design/status-badge.js';
import { useMessages, useWord, type MessageKey } from '../messages/language.js';
import type { WorklistFilters, WorklistSort } from './filters.js';
import styles from './case-table.module.css';

export interface CaseTableHandle {
  /** Moves the focus by so many rows. */
  move(by: number): void;
  /** The case that has the focus. */
  current(): ListedCase | undefined;
}

export interface CaseTableProps {
  readonly ref: Ref<CaseTableHandle>;
  readonly items: readonly ListedCase[];
  readonly total: number;
  readonly more: { readonly has: boolean; readonly loading: boolean; load(): void };
  readonly sort: {
    readonly by: WorklistSort;
    readonly direction: 'asc' | 'desc';
    change(filters: Partial<WorklistFilters>): void;
  };
  readonly onAssign: ((item: ListedCase) => void) | undefined;
}

const features = tableFeatures({});
const helper = createColumnHelper<typeof features, ListedCase>();
const columns = helper.columns([
  helper.display({ id: 'dueAt', cell: ({ row }) => <Due item={row.original} /> }),
  helper.display({ id: 'case', cell: ({ row }) => <Case item={row.original} /> }),
  helper.display({ id: 'state', cell: ({ row }) => <StatusBadge status={row.original.state} /> }),
  helper.display({ id: 'ground', cell: ({ row }) => <Ground item={row.original} /> }),
  helper.display({ id: 'claimed', cell: ({ row }) => <Amount money={row.original.claimed} strong /> }),
  helper.display({ id: 'parties', cell: ({ row }) => <Sides item={row.original} /> }),
  helper.display({ id: 'openedAt', cell: ({ row }) => <Moment at={row.original.openedAt} day /> }),
]);
const SORTABLE: readonly string[] = [
  'dueAt',
  'state',
  'ground',
  'claimed',
  'openedAt',
] satisfies WorklistSort[];

const ROW = 60;

/** The list, of which only the rows in view are in the page. Rows below are fetched before they come into view. */
export function CaseTable({ ref, items, total, more, sort, onAssign }: CaseTableProps) {
  const t = useMessages();
  const scroller = useRef<HTMLDivElement>(null);
  const focused = useRef(-1);
  const table = useTable({
    features,
    columns,
    data: items,
    getRowId: ({ orderId, dispute }) => `${orderId}/${dispute}`,
  });
  const { rows } = table.getRowModel();
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 12,
    getItemKey: (index) => rows[index]?.id ?? index,
    onChange: ({ range }) => {
      if (range !== null && range.endIndex > rows.length - 30 && more.has && !more.loading) more.load();
    },
  });
  const shown = virtual.getVirtualItems();
  useImperativeHandle(ref, () => ({
    move(by) {
      const next = Math.min(Math.max(focused.current + by, 0), rows.length - 1);
      if (next < 0) return;
      focused.current = next;
      virtual.scrollToIndex(next);
      // The row may have to be drawn first.
      requestAnimationFrame(() =>
        scroller.current?.querySelector<HTMLElement>(`[data-index="${next}"]`)?.focus(),
      );
    },
    current: () => rows[focused.current]?.original,
  }));
  const above = shown[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (shown.at(-1)?.end ?? 0);
  return (
    // A region that scrolls can be reached and scrolled by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div
      ref={scroller}
      className={styles.scroller}
      tabIndex={0}
      role="region"
      aria-label={t('worklist.title')}
    >
      <table className={styles.table} aria-rowcount={total}>
        <thead>
          <tr>
            {columns.map(({ id = '' }) => (
              <th key={id} scope="col" data-column={id} aria-sort={ariaSort(id, sort)}>
                {SORTABLE.includes(id) ? (
                  <SortButton column={id as WorklistSort} sort={sort} />
                ) : (
                  t(`column.${id}` as MessageKey)
                )}
              </th>
            ))}
            <th scope="col" data-column="arbitrator">
              {t('column.arbitrator')}
            </th>
          </tr>
        </thead>
        <tbody>
          {above > 0 && <tr aria-hidden style={{ height: above }} />}
          {shown.map(({ index }) => {
            const row = rows[index];
            if (row === undefined) return null;
            return (
              <tr
                key={row.id}
                data-index={index}
                ref={virtual.measureElement}
                data-overdue={row.original.overdue}
                aria-rowindex={index + 1}
                tabIndex={-1}
                className={styles.row}
                onFocus={() => (focused.current = index)}
              >
                {row.getAllCells().map((cell) => (
                  <td key={cell.id} data-column={cell.column.id}>
                    <table.FlexRender cell={cell} />
                  </td>
                ))}
                <td data-column="arbitrator">
                  <Arbitrator item={row.original} onAssign={onAssign} />
                </td>
              </tr>
            );
          })}
          {below > 0 && <tr aria-hidden style={{ height: below }} />}
        </tbody>
      </table>
      {rows.length === 0 && <p className={styles.empty}>{t('worklist.empty')}</p>}
    </div>
  );
}

const ariaSort = (column: string, { by, direction }: CaseTableProps['sort']) =>
  column === by ? (direction === 'asc' ? 'ascending' : 'descending') : undefined;

function SortButton({
  column,
  sort,
}: {
  readonly column: WorklistSort;
  readonly sort: CaseTableProps['sort'];
}) {
  const t = useMessages();
  const by = sort.by === column;
  const Arrow = sort.direction === 'asc' ? IconArrowUp : IconArrowDown;
  const direction = by && sort.direction === 'asc' ? 'desc' : 'asc';
  return (
    <UnstyledButton className={styles.sort} onClick={() => sort.change({ sort: column, direction })}>
      {t(`column.${column}` as MessageKey)}
      {by && <Arrow size="0.9em" aria-hidden />}
    </UnstyledButton>
  );
}

function Due({ item: { nextDeadline, overdue, closedAt } }: { readonly item: ListedCase }) {
  const word = useWord();
  if (nextDeadline === null) return closedAt === null ? <span>—</span> : <Moment at={closedAt} />;
  return (
    <div className={styles.due}>
      <Countdown dueAt={nextDeadline.dueAt} overdue={overdue} />
      <small>{word(nextDeadline.kind)}</small>
    </div>
  );
}

function Case({ item: { orderId, dispute, silent } }: { readonly item: ListedCase }) {
  const t = useMessages();
  return (
    <>
      <Link to={`/cases/${orderId}/${dispute}`} className={styles.case}>
        {orderId}
        <span> #{dispute}</span>
      </Link>
      {silent && (
        <span className={styles.silent}>
          <IconVolumeOff size="0.95em" aria-hidden /> {t('worklist.silent')}
        </span>
      )}
    </>
  );
}

function Ground({ item: { ground } }: { readonly item: ListedCase }) {
  return <>{useWord()(ground)}</>;
}

function Sides({ item }: { readonly item: ListedCase }) {
  return (
    <div className={styles.sides}>
      <PartyName text={item.buyerName ?? item.buyer} />
      <small>
        <PartyName text={item.supplierName ?? item.supplier} />
      </small>
    </div>
  );
}

function Arbitrator({
  item,
  onAssign,
}: {
  readonly item: ListedCase;
  readonly onAssign: CaseTableProps['onAssign'];
}) {
  const t = useMessages();
  if (item.arbitrator !== null) return <PartyName text={item.arbitrator} />;
  const waits = item.state === 'ESCALATED' || item.state === 'UNDER_APPEAL';
  if (onAssign === undefined || !waits)
    return <span className={styles.nobody}>{waits ? t('worklist.nobody') : '—'}</span>;
  return (
    <Button
      size="compact-xs"
      variant="light"
      aria-label={t('worklist.assignCase', { order: item.orderId })}
      onClick={() => onAssign(item)}
    >
      {t('worklist.assign')}
    </Button>
  );
}
