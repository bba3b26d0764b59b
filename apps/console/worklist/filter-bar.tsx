import { useState, type RefObject } from 'react';
import {
  Button,
  CloseButton,
  Indicator,
  MultiSelect,
  NumberInput,
  Popover,
  Select,
  Switch,
  TextInput,
} from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconAdjustmentsHorizontal, IconSearch } from '@tabler/icons-react';
import { minorUnitOf } from '../../../libs/kernel/currency.js';
import { DISPUTE_STATES, GROUNDS } from '../../../libs/domain/vocabulary.js';
import { useMessages, useWord, type MessageKey } from '../messages/language.js';
import { useSession } from '../session/session-context.js';
import { isBench } from '../session/session.js';
import { activeFilters, DUE_WITHIN, type WorklistFilters } from './filters.js';
import styles from './worklist.module.css';

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

function MoreFilters({ filters, change }: Pick<FilterBarProps, 'filters' | 'change'>) {
  const t = useMessages();
  const word = useWord();
  const options = (codes: readonly string[]) => codes.map((value) => ({ value, label: word(value) }));
  const within = { withinPortal: false } as const;
  const active = activeFilters(filters);
  return (
    <Popover position="bottom-end" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Indicator label={active} size={18} disabled={active === 0}>
          <Button
            size="compact-sm"
            radius="xl"
            variant="default"
            leftSection={<IconAdjustmentsHorizontal size="1rem" aria-hidden />}
          >
            {t('worklist.filters')}
          </Button>
        </Indicator>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('worklist.filters')}>
        <div className={styles.panel}>
          <MultiSelect
            label={t('column.state')}
            data={options(DISPUTE_STATES)}
            value={[...filters.states]}
            onChange={(states) => change({ states: states as WorklistFilters['states'] })}
            comboboxProps={within}
            clearable
          />
          <MultiSelect
            label={t('column.ground')}
            data={options(GROUNDS)}
            value={[...filters.grounds]}
            onChange={(grounds) => change({ grounds: grounds as WorklistFilters['grounds'] })}
            comboboxProps={within}
            clearable
          />
          <Select
            label={t('column.dueAt')}
            data={DUE_WITHIN.map((value) => ({ value, label: t(`due.${value}` as MessageKey) }))}
            value={filters.due ?? null}
            onChange={(due) => change({ due: due ?? undefined })}
            comboboxProps={within}
            clearable
          />
          <TextInput
            label={t('party.supplier')}
            defaultValue={filters.supplier ?? ''}
            onBlur={({ currentTarget }) => change({ supplier: currentTarget.value.trim() || undefined })}
          />
          <Amounts filters={filters} change={change} />
          <Switch
            label={t('worklist.descending')}
            checked={filters.direction === 'desc'}
            onChange={({ currentTarget }) => change({ direction: currentTarget.checked ? 'desc' : 'asc' })}
          />
          <Button
            variant="subtle"
            onClick={() =>
              change({
                states: [],
                grounds: [],
                due: undefined,
                whose: undefined,
                supplier: undefined,
                currency: undefined,
                claimedFrom: undefined,
                claimedTo: undefined,
              })
            }
          >
            {t('worklist.clear')}
          </Button>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

function Amounts({ filters, change }: Pick<FilterBarProps, 'filters' | 'change'>) {
  const t = useMessages();
  const currency = filters.currency ?? 'USD';
  const scale = 10 ** (minorUnitOf(currency) ?? 2);
  const field = (name: 'claimedFrom' | 'claimedTo') => ({
    hideControls: true,
    min: 0,
    defaultValue: filters[name] === undefined ? '' : filters[name] / scale,
    onBlur: ({ currentTarget }: { currentTarget: HTMLInputElement }) => {
      const value = Number(currentTarget.value.replaceAll(',', ''));
      change({
        [name]: currentTarget.value === '' || !Number.isFinite(value) ? undefined : Math.round(value * scale),
        currency,
      });
    },
  });
  return (
    <div className={styles.amounts}>
      <TextInput
        label={t('currency')}
        maxLength={3}
        defaultValue={currency}
        onBlur={({ currentTarget }) => change({ currency: currentTarget.value.toUpperCase() || undefined })}
      />
      <NumberInput label={t('worklist.claimedFrom')} {...field('claimedFrom')} />
      <NumberInput label={t('worklist.claimedTo')} {...field('claimedTo')} />
    </div>
  );
}
