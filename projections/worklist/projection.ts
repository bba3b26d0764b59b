import { answered, evolveDisputes, requestsWith } from '../../libs/domain/order/dispute/evolve.js';
import type { DisputeEvent } from '../../libs/domain/order/dispute/events.js';
import type { OrderEventOf } from '../../libs/domain/order/events.js';
import type { Dispute } from '../../libs/domain/order/state.js';
import type { DeadlineKind, DisputeStatus } from '../../libs/domain/vocabulary.js';
import type { Instant } from '../../libs/kernel/instant.js';
import type { Projection } from '../../libs/projection/projection.js';
import { disputeOf, factOf, type Fact, type OrderEventType } from '../order-facts.js';
import { orderEventOf, orderIdOf } from '../order-stream.js';

/** A dispute as it stands in the list of cases: what one sorts and filters by, and no more. */
export interface WorklistCase {
  readonly orderId: string;
  readonly buyerId: string;
  readonly supplierId: string;
  readonly currency: string;
  /** As the domain folds it, without its offers and evidence, which the list does not show. */
  readonly dispute: Dispute;
  readonly openedAt: Instant;
  readonly respondedAt?: Instant;
  /** The supplier let the time to respond pass (rule 23). */
  readonly silent: boolean;
  readonly determinedAt?: Instant;
  /** The time for the determination has run out (rule 26). */
  readonly determinationOverdue: boolean;
  /** The deadline that the determination has missed: it stays the next one until somebody decides. */
  readonly missed?: OpenDeadline;
  readonly openDeadlines: readonly OpenDeadline[];
}

export interface OpenDeadline {
  readonly deadline: string;
  readonly kind: DeadlineKind;
  readonly dueAt: Instant;
  readonly subject?: string;
}

const types = [
  'DisputeOpened',
  'ClaimAmended',
  'SupplierResponded',
  'EvidenceSubmitted',
  'EvidenceRequested',
  'DisputeEscalated',
  'ArbitratorAssigned',
  'ArbitratorRecused',
  'DeterminationIssued',
  'AppealLodged',
  'AppealDecided',
  'DisputeReopened',
  'DisputeClosed',
  'DeadlineSet',
  'DeadlineMet',
  'DeadlineExpired',
  'DeadlineExtended',
] as const satisfies readonly OrderEventType[];
type WorklistFact = Fact<(typeof types)[number]>;
type DeadlineFact = Fact<'DeadlineSet' | 'DeadlineMet' | 'DeadlineExpired' | 'DeadlineExtended'>;
type DisputeFact = Exclude<WorklistFact, DeadlineFact>;

/** Sorts what has no deadline behind all that has one. */
const NEVER: Instant = '9999-12-31T23:59:59.999Z';

/** A document `<orderId>/<dispute>` for each dispute, closed ones too. */
export const worklist: Projection<WorklistCase> = {
  name: 'worklist',
  version: 1,
  types,
  anew: ['DisputeOpened'],
  key(envelope) {
    const event = orderEventOf(envelope);
    const dispute = disputeOf(event);
    // Evidence that answers no request leaves the row as it is.
    const irrelevant = event.type === 'EvidenceSubmitted' && event.data.request === null;
    return dispute === undefined || irrelevant ? [] : [`${orderIdOf(envelope)}/${dispute}`];
  },
  evolve(row, envelope) {
    const fact = factOf(envelope) as WorklistFact;
    if (fact.type === 'DisputeOpened') return opened(orderIdOf(envelope), fact);
    if (row === undefined) return null;
    return isAboutDeadline(fact) ? afterDeadline(row, fact) : afterDispute(row, fact);
  },
  columns: [
    { name: 'state', type: 'text', value: ({ dispute }) => dispute.status },
    { name: 'ground', type: 'text', indexed: false, value: ({ dispute }) => dispute.ground },
    { name: 'buyer', type: 'text', value: ({ buyerId }) => buyerId },
    { name: 'supplier', type: 'text', value: ({ supplierId }) => supplierId },
    { name: 'arbitrator', type: 'text', value: ({ dispute }) => judgeOf(dispute) ?? null },
    { name: 'claimed', type: 'integer', indexed: false, value: ({ dispute }) => dispute.claimed },
    { name: 'currency', type: 'text', indexed: false, value: ({ currency }) => currency },
    { name: 'due_at', type: 'text', value: (row) => nextDeadline(row)?.dueAt ?? NEVER },
    { name: 'opened_at', type: 'text', value: ({ openedAt }) => openedAt },
    {
      name: 'escalated_at',
      type: 'text',
      indexed: false,
      value: ({ dispute }) => dispute.escalation?.at ?? null,
    },
  ],
};

/** Who has to decide now: in an appeal its own arbitrator, otherwise the dispute's. */
export const judgeOf = ({ status, arbitrator, appeal }: Dispute): string | undefined =>
  status === 'UNDER_APPEAL' ? appeal?.arbitrator : arbitrator;

/** The deadline that is due first: an open one, or that of a determination which is overdue. */
export const nextDeadline = ({ openDeadlines, missed, dispute }: WorklistCase): OpenDeadline | undefined =>
  (missed !== undefined && isUndecided(dispute.status) ? [missed, ...openDeadlines] : openDeadlines).reduce<
    OpenDeadline | undefined
  >((first, deadline) => (first === undefined || deadline.dueAt < first.dueAt ? deadline : first), undefined);

/** Somebody was asked to decide, and has not. */
export const isUndecided = (status: DisputeStatus): boolean =>
  status === 'ESCALATED' || status === 'UNDER_DETERMINATION' || status === 'EVIDENCE_PENDING';

function opened(orderId: string, fact: Fact<'DisputeOpened'>): WorklistCase | null {
  const [dispute] = evolveDisputes([], fact);
  return dispute === undefined
    ? null
    : {
        orderId,
        buyerId: fact.data.buyerId,
        supplierId: fact.data.supplierId,
        currency: fact.data.claimed.currency,
        dispute,
        openedAt: fact.data.openedAt,
        silent: false,
        determinationOverdue: false,
        openDeadlines: [],
      };
}

function afterDispute(row: WorklistCase, fact: DisputeFact): WorklistCase {
  const [evolved = row.dispute] = evolveDisputes([row.dispute], fact satisfies DisputeEvent);
  const after = { ...row, dispute: { ...evolved, evidence: [] } };
  switch (fact.type) {
    case 'SupplierResponded':
      return { ...after, respondedAt: fact.data.respondedAt };
    case 'DeterminationIssued':
      return { ...after, determinedAt: fact.data.issuedAt };
    case 'DisputeReopened':
      return { ...after, determinedAt: undefined, determinationOverdue: false, missed: undefined };
    default:
      return after;
  }
}

const isAboutDeadline = (fact: WorklistFact): fact is DeadlineFact => fact.type.startsWith('Deadline');

function afterDeadline(row: WorklistCase, fact: DeadlineFact): WorklistCase {
  const { deadline } = fact.data;
  const others = row.openDeadlines.filter((open) => open.deadline !== deadline);
  switch (fact.type) {
    case 'DeadlineSet': {
      const { kind, dueAt, subject } = fact.data;
      return { ...row, openDeadlines: [...others, { deadline, kind, dueAt, subject }] };
    }
    case 'DeadlineExtended':
      return {
        ...row,
        openDeadlines: row.openDeadlines.map((open) =>
          open.deadline === deadline ? { ...open, dueAt: fact.data.to } : open,
        ),
      };
    case 'DeadlineMet':
      return { ...row, openDeadlines: others };
    case 'DeadlineExpired':
      return afterExpiry({ ...row, openDeadlines: others }, fact.data, row);
    default:
      return fact satisfies never;
  }
}

function afterExpiry(
  row: WorklistCase,
  { kind, deadline, dueAt }: OrderEventOf<'DeadlineExpired'>['data'],
  { openDeadlines }: WorklistCase,
): WorklistCase {
  if (kind === 'SupplierResponse') return { ...row, silent: true };
  if (kind === 'DeterminationDue')
    return { ...row, determinationOverdue: true, missed: { deadline, kind, dueAt } };
  if (kind !== 'Evidence') return row;
  const request = Number(openDeadlines.find((open) => open.deadline === deadline)?.subject);
  const { dispute } = row;
  return { ...row, dispute: answered({ ...dispute, requests: requestsWith(dispute, request, 'MISSED') }) };
}
