import type { Instant } from '../../kernel/instant.js';
import type { Refusal } from '../../kernel/problem.js';
import type { Caller } from '../decision.js';
import type { Party } from '../vocabulary.js';
import type { OrderCommand } from './commands.js';
import { confirmingParty } from './contract/decide.js';
import { pendingRevision, shipDateFaults } from './contract/ship-date.js';
import type { DisputeCommandType } from './dispute/guard.js';
import { isDisputed } from './dispute/find.js';
import { mayReport } from './inspection/decide.js';
import { brokenRules, unplaced, wrongParty, wrongState } from './refuse.js';
import type { Order, OrderStatus } from './state.js';

/** What may be done with an order, by whom, as far as it has come. */

export type OrderOnlyCommandType = Exclude<OrderCommand['type'], DisputeCommandType>;

/** What callers do with an order that there is, in the order in which it is offered to them. */
export const ORDER_COMMANDS: readonly OrderOnlyCommandType[] = [
  'ProposeTerms',
  'ConfirmContract',
  'RequestShipDateRevision',
  'AgreeShipDateRevision',
  'DeclineShipDateRevision',
  'CancelOrder',
  'CompleteOrder',
  'LeaveFeedback',
  'RecordPayment',
  'RecordRelease',
  'RecordRefund',
  'RetryRefund',
  'RecordFee',
  'ReportChargeback',
  'RecordShipment',
  'RecordCustomsClearance',
  'ConfirmReceipt',
  'WaiveNonconformity',
  'BookInspection',
  'ReportInspection',
  'OpenDispute',
  'RecordRecovery',
  'WriteOffRecovery',
  'ExtendDeadline',
];

const UNDER_CONTRACT: readonly OrderStatus[] = ['CONFIRMED', 'PAID', 'SHIPPED', 'RECEIVED'];

/** In which states of the order each command has its place; those that are not listed have it in any. */
const STATES: Partial<Readonly<Record<OrderOnlyCommandType, readonly OrderStatus[]>>> = {
  ProposeTerms: ['DRAFT'],
  ConfirmContract: ['DRAFT'],
  RequestShipDateRevision: ['CONFIRMED', 'PAID'],
  AgreeShipDateRevision: ['CONFIRMED', 'PAID'],
  DeclineShipDateRevision: ['CONFIRMED', 'PAID'],
  CancelOrder: ['DRAFT', 'CONFIRMED'],
  CompleteOrder: ['RECEIVED'],
  LeaveFeedback: ['COMPLETED'],
  RecordPayment: UNDER_CONTRACT,
  RecordFee: [...UNDER_CONTRACT, 'COMPLETED'],
  RecordShipment: ['PAID', 'SHIPPED'],
  RecordCustomsClearance: ['SHIPPED', 'RECEIVED'],
  ConfirmReceipt: ['SHIPPED'],
  WaiveNonconformity: UNDER_CONTRACT,
  BookInspection: UNDER_CONTRACT,
  OpenDispute: UNDER_CONTRACT,
};

export function orderGuard(
  order: Order,
  type: OrderOnlyCommandType,
  caller: Caller,
  now: Instant,
): Refusal | undefined {
  const { status, contract, fulfilment, funds } = order;
  if (STATES[type]?.includes(status) === false) {
    return wrongState('ORDER.WRONG_STATE', `This cannot be done while the order is ${status}.`, { status });
  }
  const unless = (holds: boolean, code: string, message: string) =>
    holds ? undefined : wrongState(code, message);
  switch (type) {
    case 'DraftOrder':
      return wrongState('ORDER.EXISTS', 'There is an order of this id already.');
    case 'ConfirmContract':
      return caller.role === confirmingParty(order)
        ? undefined
        : wrongParty('CONTRACT.OWN_TERMS', 'The party that did not propose the terms confirms them.', 4);
    case 'RequestShipDateRevision':
      return unless(
        pendingRevision(order) === undefined,
        'CONTRACT.REVISION_PENDING',
        'A ship date revision is waiting for its answer.',
      );
    case 'AgreeShipDateRevision': {
      const pending = pendingRevision(order);
      return pending === undefined
        ? NO_REVISION
        : brokenRules(unplaced(shipDateFaults(order, pending.shipDate, now)));
    }
    case 'DeclineShipDateRevision':
      return pendingRevision(order) === undefined ? NO_REVISION : undefined;
    case 'CancelOrder':
      return unless(funds.received === 0, 'ORDER.PAID', 'Money has been received: it cannot be cancelled.');
    case 'CompleteOrder':
      return unless(!isDisputed(order), 'ORDER.DISPUTED', 'A dispute is open.');
    case 'LeaveFeedback':
      return unless(
        !contract.feedback.includes(caller.role as Party),
        'ORDER.FEEDBACK_LEFT',
        'This party has left its feedback.',
      );
    case 'RecordRelease':
      return releaseGuard(order);
    case 'RecordRefund':
      return unless(
        funds.refunds.some(({ state }) => state === 'INSTRUCTED'),
        'FUNDS.NO_REFUND_PENDING',
        'No refund is waiting for a report.',
      );
    case 'RetryRefund':
      return unless(
        funds.refunds.some(({ state }) => state === 'FAILED'),
        'FUNDS.NO_REFUND_FAILED',
        'No refund has failed.',
      );
    case 'ReportChargeback':
      return unless(funds.payments.length > 0, 'FUNDS.NOTHING_PAID', 'Nothing has been paid.');
    case 'RecordCustomsClearance':
      return unless(
        fulfilment.clearedAt === undefined,
        'FULFILMENT.CLEARED',
        'Customs clearance is recorded already.',
      );
    case 'ReportInspection':
      return reportGuard(order, caller);
    case 'RecordRecovery':
    case 'WriteOffRecovery':
      return unless(
        order.recoveries.some(({ outstanding }) => outstanding > 0),
        'RECOVERY.NOTHING_OWED',
        'Nothing is owed.',
      );
    case 'ExtendDeadline':
      return unless(
        order.deadlines.some(({ state }) => state === 'OPEN'),
        'DEADLINE.NONE_OPEN',
        'No deadline is running.',
      );
    case 'ProposeTerms':
    case 'RecordPayment':
    case 'RecordFee':
    case 'RecordShipment':
    case 'ConfirmReceipt':
    case 'WaiveNonconformity':
    case 'BookInspection':
    case 'OpenDispute':
    case 'ExpireDeadlines':
      return undefined;
    default: {
      const _: never = type;
      return undefined;
    }
  }
}

const NO_REVISION = wrongState(
  'CONTRACT.NO_SUCH_REVISION',
  'No ship date revision is waiting for an answer.',
);

/** Rule 10: what a dispute stopped is not released, not even late; it is instructed anew when nothing freezes it. */
function releaseGuard({ funds: { releases } }: Order): Refusal | undefined {
  if (releases.some(({ state }) => state === 'INSTRUCTED')) return undefined;
  return releases.some(({ state }) => state === 'STOPPED')
    ? brokenRules([
        { code: 'FUNDS.FROZEN', message: 'The release was stopped: this money may not go out.', rule: 10 },
      ])
    : wrongState('FUNDS.NO_RELEASE_PENDING', 'No release is waiting for a report.');
}

function reportGuard({ inspections }: Order, caller: Caller): Refusal | undefined {
  const pending = inspections.filter(({ report }) => report === undefined);
  if (pending.length === 0)
    return wrongState('INSPECTION.NONE_PENDING', 'No inspection is waiting for its report.');
  return pending.some((inspection) => mayReport(inspection, caller))
    ? undefined
    : wrongParty('INSPECTION.NOT_ITS_INSPECTOR', 'Only the inspector named by the booking reports it.', 16);
}
