import { Button, MultiSelect, NumberInput, Select, Switch, TextInput } from '@mantine/core';
import { DISPUTE_STATES, GROUNDS } from '../../../libs/domain/vocabulary.js';
import { minorUnitOf } from '../../../libs/kernel/currency.js';
import { useMessages, useWord, type MessageKey } from '../messages/language.js';
import { DUE_WITHIN, type WorklistFilters } from './filters.js';
import styles from './worklist.module.css';

export interface FilterPanelProps {
  readonly filters: WorklistFilters;
  change(filters: Partial<WorklistFilters>): void;
}

/** Every way in which the list can be narrowed. */
export function FilterPanel({ filters, change }: FilterPanelProps) {
  const t = useMessages();
  const word = useWord();
  const options = (codes: readonly string[]) => codes.map((value) => ({ value, label: word(value) }));
  const within = { withinPortal: false } as const;
  return (
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
  );
}

function Amounts({ filters, change }: FilterPanelProps) {
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
