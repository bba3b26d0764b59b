import type { Instant } from '../../../kernel/instant.js';
import type { Refusal } from '../../../kernel/problem.js';
import type { Caller } from '../../decision.js';
import type { DisputeStatus, Party } from '../../vocabulary.js';
import type { OrderCommand } from '../commands.js';
import { brokenRules, wrongParty, wrongState } from '../refuse.js';
import type { Dispute, Order } from '../state.js';
import { moneyOf } from '../turn.js';
import { claimFaults, groundFaults } from './claim.js';
import { sittingArbitrator } from './find.js';
import { coverageFaults } from './settle.js';

/** What may be done with a dispute, by whom, as far as it has come. */

export const DISPUTE_COMMANDS = [
  'AmendClaim',
  'RespondToDispute',
  'ProposeSettlement',
  'AcceptSettlement',
  'RejectSettlement',
  'PostMessage',
  'SubmitEvidence',
  'ChangeEvidenceSeal',
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

const BEFORE_RULING: readonly DisputeStatus[] = [
  'AWAITING_SUPPLIER',
  'NEGOTIATING',
  'ESCALATED',
  'UNDER_DETERMINATION',
  'EVIDENCE_PENDING',
];

/** In which states of its dispute each command has its place. */
const STATES: Readonly<Record<DisputeCommandType, readonly DisputeStatus[]>> = {
  AmendClaim: ['AWAITING_SUPPLIER', 'NEGOTIATING', 'ESCALATED'],
  RespondToDispute: ['AWAITING_SUPPLIER'],
  ProposeSettlement: BEFORE_RULING,
  AcceptSettlement: BEFORE_RULING,
  RejectSettlement: BEFORE_RULING,
  PostMessage: [...BEFORE_RULING, 'DETERMINED', 'UNDER_APPEAL'],
  SubmitEvidence: [...BEFORE_RULING, 'UNDER_APPEAL'],
  ChangeEvidenceSeal: ['UNDER_DETERMINATION', 'EVIDENCE_PENDING', 'UNDER_APPEAL'],
  RequestEvidence: ['UNDER_DETERMINATION', 'EVIDENCE_PENDING', 'UNDER_APPEAL'],
  EscalateDispute: ['AWAITING_SUPPLIER', 'NEGOTIATING'],
  AssignArbitrator: ['ESCALATED', 'UNDER_APPEAL'],
  RecuseArbitrator: ['UNDER_DETERMINATION', 'EVIDENCE_PENDING', 'UNDER_APPEAL'],
  CommissionInspection: ['UNDER_DETERMINATION', 'EVIDENCE_PENDING', 'UNDER_APPEAL'],
  IssueDetermination: ['UNDER_DETERMINATION'],
  LodgeAppeal: ['DETERMINED'],
  DecideAppeal: ['UNDER_APPEAL'],
  WithdrawDispute: BEFORE_RULING,
  ReopenDispute: ['CLOSED'],
};

export function disputeGuard(
  order: Order,
  dispute: Dispute,
  type: DisputeCommandType,
  caller: Caller,
  now: Instant,
): Refusal | undefined {
  const { status } = dispute;
  if (!STATES[type].includes(status)) {
    return wrongState('DISPUTE.WRONG_STATE', `This cannot be done while the dispute is ${status}.`, {
      status,
    });
  }
  switch (type) {
    case 'ProposeSettlement':
      // A supplier that has not answered yet makes its offer with its answer.
      return caller.role === 'supplier' && status === 'AWAITING_SUPPLIER'
        ? wrongState('DISPUTE.UNANSWERED', 'The supplier makes its first offer with its answer.', { status })
        : undefined;
    case 'AcceptSettlement':
      return offerGuard(dispute, caller) ?? coverageGuard(order, dispute);
    case 'RejectSettlement':
      return offerGuard(dispute, caller);
    case 'PostMessage':
    case 'SubmitEvidence':
      return isArbitrator(caller) ? benchGuard(dispute, caller) : undefined;
    case 'ChangeEvidenceSeal':
      return (
        benchGuard(dispute, caller) ??
        (dispute.evidence.length > 0
          ? undefined
          : wrongState('EVIDENCE.NONE', 'No evidence has been submitted.'))
      );
    case 'RequestEvidence':
    case 'CommissionInspection':
    case 'IssueDetermination':
    case 'DecideAppeal':
      return benchGuard(dispute, caller);
    case 'EscalateDispute':
      return escalationGuard(dispute, caller);
    case 'AssignArbitrator':
      return sittingArbitrator(dispute) === undefined
        ? undefined
        : wrongState('ARBITRATOR.ASSIGNED', 'An arbitrator is assigned already.');
    case 'RecuseArbitrator':
      if (sittingArbitrator(dispute) === undefined)
        return wrongState('ARBITRATOR.NONE', 'No arbitrator is assigned.');
      return isArbitrator(caller) ? benchGuard(dispute, caller) : undefined;
    case 'ReopenDispute':
      return reopenGuard(order, dispute, now);
    case 'AmendClaim':
    case 'RespondToDispute':
    case 'LodgeAppeal':
    case 'WithdrawDispute':
      return undefined;
    default: {
      const _: never = type;
      return undefined;
    }
  }
}

const isArbitrator = ({ role }: Caller): boolean => role === 'arbitrator' || role === 'appeal_arbitrator';

/** Rule 26. */
const benchGuard = (dispute: Dispute, caller: Caller): Refusal | undefined =>
  sittingArbitrator(dispute) === caller.id
    ? undefined
    : wrongParty('ARBITRATOR.NOT_ASSIGNED', 'Only the arbitrator assigned to the case does this.', 26);

/** Rule 25: of an offer that stands only the counterparty may dispose. */
function offerGuard({ offers }: Dispute, caller: Caller): Refusal | undefined {
  const standing = offers.find(({ state }) => state === 'OPEN');
  if (standing === undefined) return wrongState('SETTLEMENT.NO_OPEN_OFFER', 'No offer is open.');
  return standing.by === caller.role
    ? wrongParty('SETTLEMENT.OWN_OFFER', 'Only the counterparty answers an offer.', 25)
    : undefined;
}

/** Rule 20: the cap may have shrunk since the offer was made. */
const coverageGuard = (order: Order, { offers }: Dispute): Refusal | undefined =>
  brokenRules(coverageFaults(order, offers.find(({ state }) => state === 'OPEN')?.amount ?? 0));

/** Rule 24. */
function escalationGuard({ mayEscalate, response }: Dispute, caller: Caller): Refusal | undefined {
  return mayEscalate.includes(caller.role as Party)
    ? undefined
    : brokenRules([
        {
          code: 'DISPUTE.TOO_EARLY_TO_ESCALATE',
          message: 'Escalation opens after a refusal, or when the time to respond or to settle has passed.',
          rule: 24,
          facts: { response, mayEscalate },
        },
      ]);
}

/** Rule 31: lapsed and no-evidence closures may be reopened inside the window, as claims that still hold; no others. */
function reopenGuard(order: Order, dispute: Dispute, now: Instant): Refusal | undefined {
  const { closed, ground, claimed, terms } = dispute;
  const outcome = closed?.outcome;
  if (outcome !== 'LAPSED' && outcome !== 'NO_EVIDENCE')
    return wrongState('DISPUTE.FINAL', `A dispute that ended ${outcome} is final.`, { outcome });
  if (order.status === 'COMPLETED')
    return wrongState('ORDER.WRONG_STATE', `This cannot be done while the order is ${order.status}.`, {
      status: order.status,
    });
  return brokenRules([
    ...groundFaults(order, ground, now),
    ...claimFaults(order, ground, moneyOf(order, claimed), terms),
  ]);
}
