import { lazy, Suspense, useState, type RefObject } from 'react';
import { Button, CloseButton, Indicator, Loader, Popover, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconAdjustmentsHorizontal, IconSearch } from '@tabler/icons-react';
import { DISPUTE_STATES } from '../../../libs/domain/vocabulary.js';
import { useMessages } from '../messages/language.js';
import { useSession } from '../session/session-context.js';
import { isBench } from '../session/session.js';
import type { FilterPanelProps } from './filter-panel.js';
import { activeFilters, type WorklistFilters } from './filters.js';
import styles from './worklist.module.css';

const FilterPanel = lazy(async () => ({ default: (await import('./filter-panel.js')).FilterPanel }));

export interface FilterBarProps {
  readonly filters: WorklistFilters;
  change(filters: Partial<WorklistFilters>): void;
  readonly searchRef: RefObject<HTMLInputElement | null>;
  leaveSearch(): void;
}

export function FilterBar({ filters, change, searchRef, leaveSearch }: FilterBarProps) {
  const t = useMessages();
  const { role } = useSession();
  const [text, setText] = useState(filters.search ?? '');
  const search = useDebouncedCallback((value: string) => change({ search: value.trim() || undefined }), 250);
  const type = (value: string) => {
    setText(value);
    search(value);
  };
  return (
    <search className={styles.filters}>
      <TextInput
        ref={searchRef}
        className={styles.search}
        aria-label={t('worklist.search')}
        placeholder={t('worklist.searchHint')}
        leftSection={<IconSearch size="1rem" aria-hidden />}
        rightSection={text === '' ? null : <CloseButton aria-label={t('clear')} onClick={() => type('')} />}
        value={text}
        onChange={({ currentTarget }) => type(currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' && event.key !== 'Enter') return;
          event.preventDefault();
          event.currentTarget.blur();
          leaveSearch();
        }}
      />
      <div className={styles.chips}>
        {isBench(role) && (
          <Toggle on={filters.whose === 'mine'} onChange={(on) => change({ whose: on ? 'mine' : undefined })}>
            {t('worklist.mine')}
          </Toggle>
        )}
        <Toggle
          on={filters.whose === 'nobodys'}
          onChange={(on) => change({ whose: on ? 'nobodys' : undefined })}
        >
          {t('worklist.unassigned')}
        </Toggle>
        <Toggle on={filters.due === 'overdue'} onChange={(on) => change({ due: on ? 'overdue' : undefined })}>
          {t('due.overdue')}
        </Toggle>
        <Toggle
          on={filters.states.includes('CLOSED')}
          onChange={(on) => change({ states: on ? DISPUTE_STATES : [] })}
        >
          {t('worklist.withClosed')}
        </Toggle>
        <MoreFilters filters={filters} change={change} />
      </div>
    </search>
  );
}

function Toggle({
  on,
  onChange,
  children,
}: {
  readonly on: boolean;
  onChange(on: boolean): void;
  readonly children: string;
}) {
  return (
    <Button
      size="compact-sm"
      radius="xl"
      variant={on ? 'filled' : 'default'}
      aria-pressed={on}
      onClick={() => onChange(!on)}
    >
      {children}
    </Button>
  );
}

/** The other filters, behind a button that says how many of them are at work. */
function MoreFilters({ filters, change }: FilterPanelProps) {
  const t = useMessages();
  const active = activeFilters(filters);
  return (
    <Indicator label={active} size={18} disabled={active === 0}>
      <Popover position="bottom-end" shadow="md" trapFocus returnFocus>
        <Popover.Target>
          <Button
            size="compact-sm"
            radius="xl"
            variant="default"
            leftSection={<IconAdjustmentsHorizontal size="1rem" aria-hidden />}
          >
            {t('worklist.filters')}
          </Button>
        </Popover.Target>
        <Popover.Dropdown aria-label={t('worklist.filters')}>
          <Suspense fallback={<Loader aria-label={t('loading')} />}>
            <FilterPanel filters={filters} change={change} />
          </Suspense>
        </Popover.Dropdown>
      </Popover>
    </Indicator>
  );
}
