import { inWords } from '../../libs/domain/prose.js';
import type {
  CloseOutcome,
  DeadlineKind,
  DisputeStatus,
  EscalationReason,
  Ground,
} from '../../libs/domain/vocabulary.js';
import type { Instant } from '../../libs/kernel/instant.js';
import { formatMoney, money, type Money } from '../../libs/kernel/money.js';
import type { Condition, Page } from '../../libs/projection/query.js';
import type { Documents } from '../../libs/projection/read-models/documents.js';
import { isUndecided, judgeOf, nextDeadline, type WorklistCase } from './projection.js';

export interface WorklistFilter {
  readonly state?: readonly DisputeStatus[];
  readonly ground?: readonly Ground[];
  readonly buyer?: string;
  readonly supplier?: string;
  /** Null: nobody judges it yet. */
  readonly arbitrator?: string | null;
  readonly currency?: string;
  /** Minor units, both inclusive. They compare within one currency only: name it. */
  readonly claimedFrom?: number;
  readonly claimedTo?: number;
  /** Next deadline before this. Exclusive. */
  readonly dueBefore?: Instant;
  /** Inclusive. */
  readonly openedFrom?: Instant;
  /** Exclusive. */
  readonly openedBefore?: Instant;
}

export const WORKLIST_SORTS = ['dueAt', 'openedAt', 'escalatedAt', 'claimed', 'state', 'ground'] as const;

export interface WorklistQuery {
  readonly filter?: WorklistFilter;
  /** Part of an order's, party's or arbitrator's id, of a ground or a state. */
  readonly search?: string;
  /** Default: what is due first comes first. */
  readonly sort?: (typeof WORKLIST_SORTS)[number];
  readonly direction?: 'asc' | 'desc';
  readonly cursor?: string | null;
  /** Default 50. */
  readonly limit?: number;
  /** The present: what is due by then is shown as overdue. */
  readonly now: Instant;
}

export interface WorklistItem {
  readonly orderId: string;
  readonly dispute: number;
  readonly state: DisputeStatus;
  readonly ground: Ground;
  readonly claimed: Money;
  /** `10,000.00 USD for late shipment`. */
  readonly title: string;
  readonly buyer: string;
  readonly supplier: string;
  readonly arbitrator: string | null;
  readonly openedAt: Instant;
  readonly respondedAt: Instant | null;
  /** The supplier let the time to respond pass. */
  readonly silent: boolean;
  readonly escalatedAt: Instant | null;
  readonly escalation: EscalationReason | null;
  readonly determinedAt: Instant | null;
  readonly closedAt: Instant | null;
  readonly outcome: CloseOutcome | null;
  readonly award: Money | null;
  readonly nextDeadline: {
    readonly deadline: string;
    readonly kind: DeadlineKind;
    readonly dueAt: Instant;
  } | null;
  /** A deadline is due and not yet recorded as expired, or the time for the determination has run out. */
  readonly overdue: boolean;
}

const COLUMNS = {
  dueAt: 'due_at',
  openedAt: 'opened_at',
  escalatedAt: 'escalated_at',
  claimed: 'claimed',
  state: 'state',
  ground: 'ground',
} as const;

/** One page of the list of cases. */
export async function cases(
  documents: Documents<WorklistCase>,
  query: WorklistQuery,
): Promise<Page<WorklistItem>> {
  const { filter = {}, search, sort = 'dueAt', direction = 'asc', cursor, limit = 50, now } = query;
  const { items, nextCursor } = await documents.query({
    where: conditions(filter),
    search,
    orderBy: [{ column: COLUMNS[sort], direction }],
    cursor,
    limit,
  });
  return { items: items.map(({ document }) => worklistItem(document, now)), nextCursor };
}

/** How many cases pass the filter and the search. */
export const countCases = (
  documents: Documents<WorklistCase>,
  { filter = {}, search }: Pick<WorklistQuery, 'filter' | 'search'>,
): Promise<number> => documents.count({ where: conditions(filter), search });

export function worklistItem(row: WorklistCase, now: Instant): WorklistItem {
  const { dispute, currency } = row;
  const next = nextDeadline(row);
  const claimed = money(dispute.claimed, currency);
  return {
    orderId: row.orderId,
    dispute: dispute.dispute,
    state: dispute.status,
    ground: dispute.ground,
    claimed,
    title: `${formatMoney(claimed)} for ${inWords(dispute.ground)}`,
    buyer: row.buyerId,
    supplier: row.supplierId,
    arbitrator: judgeOf(dispute) ?? null,
    openedAt: row.openedAt,
    respondedAt: row.respondedAt ?? null,
    silent: row.silent,
    escalatedAt: dispute.escalation?.at ?? null,
    escalation: dispute.escalation?.reason ?? null,
    determinedAt: row.determinedAt ?? null,
    closedAt: dispute.closed?.at ?? null,
    outcome: dispute.closed?.outcome ?? null,
    award: dispute.closed === undefined ? null : money(dispute.closed.award, currency),
    nextDeadline: next === undefined ? null : { deadline: next.deadline, kind: next.kind, dueAt: next.dueAt },
    overdue:
      (next !== undefined && next.dueAt <= now) || (row.determinationOverdue && isUndecided(dispute.status)),
  };
}

function conditions(filter: WorklistFilter): Condition[] {
  const { state, ground, buyer, supplier, arbitrator, currency } = filter;
  const { claimedFrom, claimedTo, dueBefore, openedFrom, openedBefore } = filter;
  return [
    ...oneOf('state', state),
    ...oneOf('ground', ground),
    ...comparing('buyer', 'eq', buyer),
    ...comparing('supplier', 'eq', supplier),
    ...(arbitrator === null
      ? [{ column: 'arbitrator', op: 'isNull', value: true } as const]
      : comparing('arbitrator', 'eq', arbitrator)),
    ...comparing('currency', 'eq', currency),
    ...comparing('claimed', 'gte', claimedFrom),
    ...comparing('claimed', 'lte', claimedTo),
    ...comparing('due_at', 'lt', dueBefore),
    ...comparing('opened_at', 'gte', openedFrom),
    ...comparing('opened_at', 'lt', openedBefore),
  ];
}

const oneOf = (column: string, value: readonly string[] | undefined): Condition[] =>
  value === undefined || value.length === 0 ? [] : [{ column, op: 'in', value }];

const comparing = (
  column: string,
  op: 'eq' | 'lt' | 'lte' | 'gte',
  value: string | number | undefined,
): Condition[] => (value === undefined ? [] : [{ column, op, value }]);
