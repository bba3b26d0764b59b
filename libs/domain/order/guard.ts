import type { Instant } from '../../kernel/instant.js';
import type { Refusal } from '../../kernel/problem.js';
import type { Caller } from '../decision.js';
import { mayRoleSend } from '../permissions.js';
import { GROUNDS, type DisputeStatus, type Party } from '../vocabulary.js';
import type { OrderCommand } from './commands.js';
import { confirmingParty } from './contract/decide.js';
import { groundFaults } from './dispute/claim.js';
import { claimWindowEnd } from './completion.js';
import { awardCap } from './dispute/cap.js';
import { policyOf } from './deadlines/decide.js';
import { notFound, wrongParty, wrongState, brokenRules } from './refuse.js';
import type { Dispute, Order, OrderStatus } from './state.js';

/**
 * Who may do what, when: everything that can be said of a command before its content is read. A command that passes is
 * among the actions that an answer links to; its content may still break rules.
 */
export function guard(
  order: Order,
  type: OrderCommand['type'],
  caller: Caller,
  now: Instant,
  disputeNumber?: number,
): Refusal | undefined {
  if (!mayRoleSend(caller.role, type)) {
    return wrongParty('COMMAND.NOT_YOURS', `A ${caller.role.replaceAll('_', ' ')} does not do this.`);
  }
  if (
    (caller.role === 'buyer' && caller.id !== order.buyer.id) ||
    (caller.role === 'supplier' && caller.id !== order.supplierId)
  ) {
    return notFound('ORDER.NOT_FOUND', 'There is no such order.');
  }
  if (!isDisputeCommand(type)) return orderGuard(order, type, caller, now);
  const dispute = order.disputes.find((known) => known.dispute === disputeNumber);
  return dispute === undefined
    ? notFound('DISPUTE.NOT_FOUND', `The order has no dispute ${disputeNumber}.`)
    : disputeGuard(order, dispute, type, caller, now);
}

const DISPUTE_COMMANDS = [
  'AmendClaim',
  'RespondToDispute',
  'ProposeSettlement',
  'AcceptSettlement',
  'RejectSettlement',
  'PostMessage',
  'SubmitEvidence',
  'RequestEvidence',
  'EscalateDispute',
  'AssignArbitrator',
  'RecuseArbitrator',
  'CommissionInspection',
  'IssueDetermination',
  'LodgeAppeal',
  'DecideAppeal',
  'WithdrawDispute',
  'ReopenDispute',
] as const;
export type DisputeCommandType = (typeof DISPUTE_COMMANDS)[number];

export const isDisputeCommand = (type: OrderCommand['type']): type is DisputeCommandType =>
  (DISPUTE_COMMANDS as readonly string[]).includes(type);

const statusRefusal = (order: Order): Refusal =>
  wrongState('ORDER.WRONG_STATE', `This cannot be done while the order is ${order.status}.`, {
    status: order.status,
  });

function orderGuard(
  order: Order,
  type: Exclude<OrderCommand['type'], DisputeCommandType>,
  caller: Caller,
  now: Instant,
): Refusal | undefined {
  const inStatus = (...allowed: readonly OrderStatus[]) =>
    allowed.includes(order.status) ? undefined : statusRefusal(order);
  const { contract, fulfilment, funds } = order;
  switch (type) {
    case 'DraftOrder':
      return wrongState('ORDER.EXISTS', 'There is an order of this id already.');
    case 'ProposeTerms':
      return inStatus('DRAFT');
    case 'ConfirmContract':
      return (
        inStatus('DRAFT') ??
        (caller.role === confirmingParty(order)
          ? undefined
          : wrongParty('CONTRACT.OWN_TERMS', 'The party that did not propose the terms confirms them.', 4))
      );
    case 'RequestShipDateRevision':
      return (
        inStatus('CONFIRMED', 'PAID') ??
        (contract.shipDateRevisions.some(({ state }) => state === 'REQUESTED')
          ? wrongState('CONTRACT.REVISION_PENDING', 'A ship date revision is waiting for its answer.')
          : undefined)
      );
    case 'AgreeShipDateRevision':
    case 'DeclineShipDateRevision':
      return (
        inStatus('CONFIRMED', 'PAID') ??
        (contract.shipDateRevisions.some(({ state }) => state === 'REQUESTED')
          ? undefined
          : wrongState('CONTRACT.NO_SUCH_REVISION', 'No ship date revision is waiting for an answer.'))
      );
    case 'CancelOrder':
      return (
        inStatus('DRAFT', 'CONFIRMED') ??
        (funds.received > 0
          ? wrongState('ORDER.PAID', 'Money has been received: the order cannot be cancelled.')
          : undefined)
      );
    case 'CompleteOrder':
      return (
        inStatus('RECEIVED') ??
        (order.disputes.some(({ status }) => status !== 'CLOSED')
          ? wrongState('ORDER.DISPUTED', 'A dispute is open.')
          : undefined)
      );
    case 'LeaveFeedback':
      return (
        inStatus('COMPLETED') ??
        (contract.feedback.includes(caller.role as Party)
          ? wrongState('ORDER.FEEDBACK_LEFT', 'This party has left its feedback.')
          : undefined)
      );
    case 'RecordPayment':
      return inStatus('CONFIRMED', 'PAID', 'SHIPPED', 'RECEIVED');
    case 'RecordRelease':
      return funds.releases.some(({ state }) => state !== 'RELEASED')
        ? undefined
        : wrongState('FUNDS.NO_RELEASE_PENDING', 'No release is waiting for a report.');
    case 'RecordRefund':
      return funds.refunds.some(({ state }) => state === 'INSTRUCTED')
        ? undefined
        : wrongState('FUNDS.NO_REFUND_PENDING', 'No refund is waiting for a report.');
    case 'RetryRefund':
      return funds.refunds.some(({ state }) => state === 'FAILED')
        ? undefined
        : wrongState('FUNDS.NO_REFUND_FAILED', 'No refund has failed.');
    case 'RecordFee':
      return inStatus('CONFIRMED', 'PAID', 'SHIPPED', 'RECEIVED', 'COMPLETED');
    case 'ReportChargeback':
      return funds.payments.length > 0
        ? undefined
        : wrongState('FUNDS.NOTHING_PAID', 'Nothing has been paid.');
    case 'RecordShipment':
      return inStatus('PAID', 'SHIPPED');
    case 'RecordCustomsClearance':
      return (
        inStatus('SHIPPED', 'RECEIVED') ??
        (fulfilment.clearedAt === undefined
          ? undefined
          : wrongState('FULFILMENT.CLEARED', 'Customs clearance is recorded already.'))
      );
    case 'ConfirmReceipt':
      return inStatus('SHIPPED');
    case 'WaiveNonconformity':
    case 'BookInspection':
      return inStatus('CONFIRMED', 'PAID', 'SHIPPED', 'RECEIVED');
    case 'ReportInspection':
      return order.inspections.some(({ report }) => report === undefined)
        ? undefined
        : wrongState('INSPECTION.NONE_PENDING', 'No inspection is waiting for its report.');
    case 'OpenDispute':
      return inStatus('CONFIRMED', 'PAID', 'SHIPPED', 'RECEIVED');
    case 'RecordRecovery':
    case 'WriteOffRecovery':
      return order.recoveries.some(({ outstanding }) => outstanding > 0)
        ? undefined
        : wrongState('RECOVERY.NOTHING_OWED', 'Nothing is owed.');
    case 'ExtendDeadline':
      return order.deadlines.some(({ state }) => state === 'OPEN')
        ? undefined
        : wrongState('DEADLINE.NONE_OPEN', 'No deadline is running.');
    case 'ExpireDeadlines':
      return undefined;
    default: {
      const _: never = type;
      return undefined;
    }
  }
}

const BEFORE_RULING: readonly DisputeStatus[] = [
  'AWAITING_SUPPLIER',
  'NEGOTIATING',
  'ESCALATED',
  'UNDER_DETERMINATION',
  'EVIDENCE_PENDING',
];
const ON_THE_BENCH: readonly DisputeStatus[] = ['UNDER_DETERMINATION', 'EVIDENCE_PENDING', 'UNDER_APPEAL'];

/** Who decides the dispute now: the arbitrator, or under appeal the other one. */
export const sittingArbitrator = (dispute: Dispute): string | undefined =>
  dispute.status === 'UNDER_APPEAL' ? dispute.appeal?.arbitrator : dispute.arbitrator;

function disputeGuard(
  order: Order,
  dispute: Dispute,
  type: DisputeCommandType,
  caller: Caller,
  now: Instant,
): Refusal | undefined {
  const inStatus = (...allowed: readonly DisputeStatus[]) =>
    allowed.includes(dispute.status)
      ? undefined
      : wrongState('DISPUTE.WRONG_STATE', `This cannot be done while the dispute is ${dispute.status}.`, {
          status: dispute.status,
        });
  const sitting = () =>
    sittingArbitrator(dispute) === caller.id
      ? undefined
      : wrongParty('ARBITRATOR.NOT_ASSIGNED', 'Only the arbitrator assigned to the case does this.', 26);
  switch (type) {
    case 'AmendClaim':
      return inStatus('AWAITING_SUPPLIER', 'NEGOTIATING', 'ESCALATED');
    case 'RespondToDispute':
      return inStatus('AWAITING_SUPPLIER');
    case 'ProposeSettlement':
      // A supplier that has not answered yet makes its offer with its answer.
      return caller.role === 'supplier' ? inStatus(...BEFORE_RULING.slice(1)) : inStatus(...BEFORE_RULING);
    case 'AcceptSettlement':
    case 'RejectSettlement':
      return (
        inStatus(...BEFORE_RULING) ??
        (dispute.offers.some(({ state, by }) => state === 'OPEN' && by !== caller.role)
          ? undefined
          : dispute.offers.some(({ state }) => state === 'OPEN')
            ? wrongParty('SETTLEMENT.OWN_OFFER', 'Only the counterparty answers an offer.', 25)
            : wrongState('SETTLEMENT.NO_OPEN_OFFER', 'No offer is open.'))
      );
    case 'PostMessage':
      return (
        inStatus(...BEFORE_RULING, 'DETERMINED', 'UNDER_APPEAL') ??
        (isArbitrator(caller) ? sitting() : undefined)
      );
    case 'SubmitEvidence':
      return inStatus(...BEFORE_RULING, 'UNDER_APPEAL') ?? (isArbitrator(caller) ? sitting() : undefined);
    case 'RequestEvidence':
    case 'CommissionInspection':
      return inStatus(...ON_THE_BENCH) ?? sitting();
    case 'EscalateDispute':
      return (
        inStatus('AWAITING_SUPPLIER', 'NEGOTIATING') ??
        (dispute.mayEscalate.includes(caller.role as Party)
          ? undefined
          : brokenRules([
              {
                code: 'DISPUTE.TOO_EARLY_TO_ESCALATE',
                message:
                  'Escalation opens after a refusal, or when the time to respond or to settle has passed.',
                rule: 24,
                facts: { response: dispute.response, mayEscalate: dispute.mayEscalate },
              },
            ]))
      );
    case 'AssignArbitrator':
      return (
        inStatus('ESCALATED', 'UNDER_APPEAL') ??
        (sittingArbitrator(dispute) === undefined
          ? undefined
          : wrongState('ARBITRATOR.ASSIGNED', 'An arbitrator is assigned already.'))
      );
    case 'RecuseArbitrator':
      return (
        inStatus(...ON_THE_BENCH) ??
        (sittingArbitrator(dispute) === undefined
          ? wrongState('ARBITRATOR.NONE', 'No arbitrator is assigned.')
          : isArbitrator(caller)
            ? sitting()
            : undefined)
      );
    case 'IssueDetermination':
      return inStatus('UNDER_DETERMINATION') ?? sitting();
    case 'LodgeAppeal':
      return (
        inStatus('DETERMINED') ??
        (policyOf(order).appeal === null
          ? brokenRules([{ code: 'APPEAL.NONE', message: 'The policy allows no appeal.', rule: 28 }])
          : undefined)
      );
    case 'DecideAppeal':
      return inStatus('UNDER_APPEAL') ?? sitting();
    case 'WithdrawDispute':
      return inStatus(...BEFORE_RULING);
    case 'ReopenDispute':
      return reopenGuard(order, dispute, now);
    default: {
      const _: never = type;
      return undefined;
    }
  }
}

const isArbitrator = ({ role }: Caller): boolean => role === 'arbitrator' || role === 'appeal_arbitrator';

/** Rule 31: lapsed and no-evidence closures may be reopened inside the window; all others are final. */
function reopenGuard(order: Order, dispute: Dispute, now: Instant): Refusal | undefined {
  const outcome = dispute.closed?.outcome;
  if (outcome === undefined) return wrongState('DISPUTE.NOT_CLOSED', 'The dispute is open.');
  if (outcome !== 'LAPSED' && outcome !== 'NO_EVIDENCE') {
    return wrongState('DISPUTE.FINAL', `A dispute that ended ${outcome} is final.`, { outcome });
  }
  if (order.status === 'COMPLETED' || order.status === 'CANCELLED') return statusRefusal(order);
  const end = claimWindowEnd(order);
  return end !== undefined && now >= end
    ? brokenRules([
        {
          code: 'OUT_OF_WINDOW',
          message: 'The claim window has closed.',
          rule: 31,
          facts: { closedAt: end },
        },
      ])
    : undefined;
}

/** True when a claim on at least one ground could be opened now: what the link to open a dispute depends on (rule 21). */
export const canClaim = (order: Order, now: Instant): boolean =>
  awardCap(order).cap.amount > 0 && GROUNDS.some((ground) => groundFaults(order, ground, now).length === 0);
