import { DISPUTE_STATES, GROUNDS, type DisputeStatus, type Ground } from '../../../libs/domain/vocabulary.js';
import type { WorklistQuery } from '../../../projections/worklist/queries.js';

export type WorklistSort = NonNullable<WorklistQuery['sort']>;
const WORKLIST_SORTS: readonly WorklistSort[] = [
  'dueAt',
  'openedAt',
  'escalatedAt',
  'claimed',
  'state',
  'ground',
];
export const DUE_WITHIN = ['overdue', 'P1D', 'P3D', 'P7D'] as const;
export type DueWithin = (typeof DUE_WITHIN)[number];

/** What is looked at: the whole of it stands in the address, so that it can be kept and sent to somebody else. */
export interface WorklistFilters {
  readonly states: readonly DisputeStatus[];
  readonly grounds: readonly Ground[];
  readonly due: DueWithin | undefined;
  readonly whose: 'mine' | 'nobodys' | undefined;
  readonly supplier: string | undefined;
  readonly currency: string | undefined;
  /** Minor units of the currency. */
  readonly claimedFrom: number | undefined;
  readonly claimedTo: number | undefined;
  readonly search: string | undefined;
  readonly sort: WorklistSort;
  readonly direction: 'asc' | 'desc';
}

export function filtersOf(address: URLSearchParams): WorklistFilters {
  const text = (name: string) => address.get(name) || undefined;
  const some = <V extends string>(name: string, known: readonly V[]) =>
    (address.get(name) ?? '').split(',').filter((value): value is V => known.includes(value as V));
  const one = <V extends string>(name: string, known: readonly V[]) => some(name, known)[0];
  const amount = (name: string) =>
    /^\d{1,15}$/.test(address.get(name) ?? '') ? Number(address.get(name)) : undefined;
  return {
    states: some('state', DISPUTE_STATES),
    grounds: some('ground', GROUNDS),
    due: one('due', DUE_WITHIN),
    whose: one('whose', ['mine', 'nobodys'] as const),
    supplier: text('supplier'),
    currency: text('currency'),
    claimedFrom: amount('from'),
    claimedTo: amount('to'),
    search: text('q'),
    sort: one('sort', WORKLIST_SORTS) ?? 'dueAt',
    direction: one('direction', ['asc', 'desc'] as const) ?? 'asc',
  };
}

export function addressOf(filters: WorklistFilters): URLSearchParams {
  const address = new URLSearchParams();
  const set = (name: string, value: string | number | undefined) => {
    if (value !== undefined && value !== '') address.set(name, String(value));
  };
  set('state', filters.states.join(','));
  set('ground', filters.grounds.join(','));
  set('due', filters.due);
  set('whose', filters.whose);
  set('supplier', filters.supplier);
  set('currency', filters.currency);
  set('from', filters.claimedFrom);
  set('to', filters.claimedTo);
  set('q', filters.search);
  if (filters.sort !== 'dueAt') set('sort', filters.sort);
  if (filters.direction !== 'asc') set('direction', filters.direction);
  return address;
}

/** How many filters narrow the list. */
export const activeFilters = (filters: WorklistFilters): number =>
  [
    filters.states.length > 0,
    filters.grounds.length > 0,
    filters.due,
    filters.whose,
    filters.supplier,
    filters.claimedFrom,
    filters.claimedTo,
  ].filter(Boolean).length;
