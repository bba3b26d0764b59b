import Type from 'typebox';
import { nullable, record } from '../../../libs/domain/schema.js';
import { Instant, Money, Name, Whole, Yes, every } from './answer.js';
import { named } from './named.js';
import { DeadlineKind, DisputeStatus, Ground, Outcome } from './order.js';

/** What a list of cases is read as. */
const CaseListItem = named(
  'CaseListItem',
  record({
    orderId: Name,
    dispute: Whole,
    state: DisputeStatus,
    ground: Ground,
    claimed: Money,
    title: Type.String({ examples: ['10,000.00 USD for late shipment'] }),
    buyer: Name,
    supplier: Name,
    buyerName: nullable(Name),
    supplierName: nullable(Name),
    arbitrator: nullable(Name),
    openedAt: Instant,
    respondedAt: nullable(Instant),
    silent: Yes,
    escalatedAt: nullable(Instant),
    escalation: nullable(Name),
    determinedAt: nullable(Instant),
    closedAt: nullable(Instant),
    outcome: nullable(Outcome),
    award: nullable(Money),
    nextDeadline: nullable(record({ deadline: Name, kind: DeadlineKind, dueAt: Instant })),
    overdue: Yes,
  }),
);

export const CaseListAnswer = record({
  items: every(CaseListItem),
  nextCursor: nullable(Name),
  total: Whole,
});
