import { formatMoney } from '../../../kernel/money.js';
import type { Refusal } from '../../../kernel/problem.js';
import { dueAfter } from '../../calendar/due.js';
import type { Party } from '../../vocabulary.js';
import type { OrderCommandOf } from '../commands.js';
import type { OrderContext } from '../context.js';
import {
  meetDeadlines,
  ofDispute,
  ofKind,
  policyOf,
  setDeadline,
  setDeadlineAt,
} from '../deadlines/decide.js';
import { brokenRules, faultsWhere, wrongParty, wrongState } from '../refuse.js';
import type { Dispute, Order } from '../state.js';
import { moneyOf, type Turn } from '../turn.js';
import { awardCap, awardOf } from './cap.js';
import { claimFaults, groundFaults } from './claim.js';
import { closeDispute, escalate, executeRuling, inspectionFeeTo } from './close.js';
import type { Offer, Ruling } from './commands.js';
import { evidenceFaults } from './evidence.js';
import { remedyFaults, rulingFaults } from './ruling.js';

const disputeOf = (order: Order, number: number): Dispute => {
  const dispute = order.disputes.find((known) => known.dispute === number);
  if (dispute === undefined) throw new Error(`order ${order.orderId} has no dispute ${number}`);
  return dispute;
};

/** Rule 21. Freezes the money (rule 10) and starts the time to respond and to settle (rules 23 and 24). */
export function openDispute(turn: Turn, { data }: OrderCommandOf<'OpenDispute'>): Refusal | undefined {
  const { order, at } = turn;
  const refusal = brokenRules([
    ...groundFaults(order, data.ground, at),
    ...claimFaults(order, data.ground, data.claimed, data.terms),
  ]);
  if (refusal) return refusal;
  const dispute = order.disputes.length + 1;
  const policy = policyOf(order);
  turn.emit({
    type: 'DisputeOpened',
    data: {
      ...data,
      dispute,
      buyerId: order.buyer.id,
      supplierId: order.supplierId,
      terms: [...data.terms],
      cap: awardCap(order),
      openedAt: at,
    },
  });
  turn.emit({ type: 'FundsFrozen', data: { dispute, held: moneyOf(order, order.funds.held) } });
  meetDeadlines(turn, 'DisputeOpened', ofKind('ClaimWindow'));
  setDeadline(turn, { kind: 'SupplierResponse', dispute, rule: 23 }, policy.supplierResponse);
  if (policy.autoEscalation !== null)
    setDeadline(turn, { kind: 'AutoEscalation', dispute, rule: 23 }, policy.autoEscalation);
  setDeadline(turn, { kind: 'Settlement', dispute, rule: 24 }, policy.settlement.period);
  return undefined;
}

export function amendClaim(turn: Turn, { data }: OrderCommandOf<'AmendClaim'>): Refusal | undefined {
  const { order } = turn;
  const { ground } = disputeOf(order, data.dispute);
  const refusal = brokenRules(claimFaults(order, ground, data.claimed, data.terms));
  if (refusal) return refusal;
  turn.emit({ type: 'ClaimAmended', data: { ...data, terms: [...data.terms], cap: awardCap(order) } });
  return undefined;
}

/** Rule 23: accepting settles at the claimed amount; refusing names its reasons; countering makes an offer. */
export function respondToDispute(
  turn: Turn,
  { data }: OrderCommandOf<'RespondToDispute'>,
): Refusal | undefined {
  const { order, at } = turn;
  const dispute = disputeOf(order, data.dispute);
  const reasonCodes = data.response === 'REJECT' ? [...data.reasonCodes] : [];
  const refusal = brokenRules([
    ...faultsWhere([
      data.response === 'REJECT' && reasonCodes.length === 0,
      {
        code: 'DISPUTE.NO_REASON',
        message: 'A refusal gives at least one reason code.',
        pointer: '/reasonCodes',
        rule: 23,
      },
    ]),
    ...(data.response === 'COUNTER' ? offerFaults(order, dispute, data.offer, at, '/offer') : []),
  ]);
  if (refusal) return refusal;
  const { response, statement } = data;
  turn.emit({
    type: 'SupplierResponded',
    data: { dispute: dispute.dispute, response, reasonCodes, statement, respondedAt: at },
  });
  meetDeadlines(turn, 'SupplierResponded', ofDispute(dispute.dispute, 'SupplierResponse'));
  if (data.response === 'COUNTER') propose(turn, dispute.dispute, 'supplier', data.offer);
  if (data.response === 'ACCEPT') {
    const award = Math.min(dispute.claimed, awardCap(order).cap.amount);
    closeDispute(turn, dispute.dispute, {
      outcome: 'SETTLED',
      award,
      remedies: [dispute.desiredRemedy],
      refund: 'SETTLEMENT',
    });
  }
  return undefined;
}

export function proposeSettlement(
  turn: Turn,
  { data }: OrderCommandOf<'ProposeSettlement'>,
  context: OrderContext,
): Refusal | undefined {
  const { order, at } = turn;
  const refusal = brokenRules(offerFaults(order, disputeOf(order, data.dispute), data, at, ''));
  if (refusal) return refusal;
  propose(turn, data.dispute, context.caller.role as Party, data);
  return undefined;
}

function offerFaults(
  order: Order,
  dispute: Dispute,
  { amount, remedies, expiresAt }: Offer,
  now: string,
  at: string,
) {
  const { cap } = awardCap(order);
  return [
    ...faultsWhere(
      [
        amount.currency !== order.currency,
        {
          code: 'SETTLEMENT.CURRENCY_OF_ANOTHER_ORDER',
          message: `The order is in ${order.currency}.`,
          pointer: `${at}/amount/currency`,
          rule: 12,
        },
      ],
      [
        amount.amount > cap.amount,
        {
          code: 'ABOVE_COVERAGE',
          message: `At most ${formatMoney(cap)} can be paid.`,
          pointer: `${at}/amount/amount`,
          rule: 20,
          facts: { ...awardCap(order) },
        },
      ],
      [
        expiresAt !== undefined && expiresAt <= now,
        {
          code: 'SETTLEMENT.EXPIRED',
          message: 'An offer expires after it is made.',
          pointer: `${at}/expiresAt`,
          rule: 25,
        },
      ],
    ),
    ...remedyFaults(remedies, amount.amount, Math.min(dispute.claimed, cap.amount)).map((fault) => ({
      ...fault,
      pointer: `${at}${fault.pointer ?? ''}`,
    })),
  ];
}

/** Rule 25: a new offer supersedes what is open, and may expire. */
function propose(
  turn: Turn,
  number: number,
  by: Party,
  { remedies, amount, message, expiresAt }: Offer,
): void {
  const { zone, days, offerExpiry } = policyOf(turn.order);
  const offer = disputeOf(turn.order, number).offers.length + 1;
  const expiry = expiresAt ?? (offerExpiry === null ? null : dueAfter(turn.at, offerExpiry, zone, days));
  turn.emit({
    type: 'SettlementProposed',
    data: { dispute: number, offer, by, remedies: [...remedies], amount, message, expiresAt: expiry },
  });
  meetDeadlines(turn, 'SettlementProposed', ofDispute(number, 'OfferExpiry'));
  if (expiry === null) return;
  const period = expiresAt === undefined && offerExpiry !== null ? offerExpiry : undefined;
  setDeadlineAt(turn, { kind: 'OfferExpiry', dispute: number, subject: String(offer), rule: 25 }, expiry, {
    period,
  });
}

/** Rule 25: closes the dispute and instructs the money. */
export function acceptSettlement(
  turn: Turn,
  { data }: OrderCommandOf<'AcceptSettlement'>,
  context: OrderContext,
): Refusal | undefined {
  const { order } = turn;
  const offer = disputeOf(order, data.dispute).offers.find((known) => known.offer === data.offer);
  const by = context.caller.role as Party;
  const answerable = refuseAnswer(offer, by);
  if (answerable || offer === undefined) return answerable;
  const { cap } = awardCap(order);
  const refusal = brokenRules(
    faultsWhere([
      offer.amount > cap.amount,
      {
        code: 'ABOVE_COVERAGE',
        message: `At most ${formatMoney(cap)} can be paid.`,
        rule: 20,
        facts: { ...awardCap(order) },
      },
    ]),
  );
  if (refusal) return refusal;
  const { remedies } = offer;
  turn.emit({
    type: 'SettlementAccepted',
    data: { ...data, by, remedies: [...remedies], amount: moneyOf(order, offer.amount) },
  });
  closeDispute(turn, data.dispute, {
    outcome: 'SETTLED',
    award: offer.amount,
    remedies,
    refund: 'SETTLEMENT',
  });
  return undefined;
}

export function rejectSettlement(
  turn: Turn,
  { data }: OrderCommandOf<'RejectSettlement'>,
  context: OrderContext,
): Refusal | undefined {
  const offer = disputeOf(turn.order, data.dispute).offers.find((known) => known.offer === data.offer);
  const by = context.caller.role as Party;
  const refusal = refuseAnswer(offer, by);
  if (refusal) return refusal;
  turn.emit({ type: 'SettlementRejected', data: { ...data, by } });
  meetDeadlines(
    turn,
    'SettlementRejected',
    ({ kind, dispute, subject }) =>
      kind === 'OfferExpiry' && dispute === data.dispute && subject === String(data.offer),
  );
  return undefined;
}

/** Rule 25: only the counterparty answers, and only an offer that stands. */
function refuseAnswer(offer: Dispute['offers'][number] | undefined, by: Party): Refusal | undefined {
  if (offer === undefined) return wrongState('SETTLEMENT.NO_SUCH_OFFER', 'There is no such offer.');
  if (offer.by === by)
    return wrongParty('SETTLEMENT.OWN_OFFER', 'Only the counterparty answers an offer.', 25);
  return offer.state === 'OPEN'
    ? undefined
    : wrongState('SETTLEMENT.OFFER_NOT_OPEN', `This offer is ${offer.state.toLowerCase()}.`);
}

export function postMessage(
  turn: Turn,
  { data }: OrderCommandOf<'PostMessage'>,
  { caller }: OrderContext,
): Refusal | undefined {
  const message = disputeOf(turn.order, data.dispute).messages + 1;
  const by =
    caller.role === 'appeal_arbitrator' ? 'arbitrator' : (caller.role as Party | 'agent' | 'arbitrator');
  turn.emit({ type: 'MessagePosted', data: { ...data, message, by, author: caller.id, postedAt: turn.at } });
  return undefined;
}

export function submitEvidence(
  turn: Turn,
  { data }: OrderCommandOf<'SubmitEvidence'>,
  { caller }: OrderContext,
): Refusal | undefined {
  const dispute = disputeOf(turn.order, data.dispute);
  const refusal = brokenRules(evidenceFaults(turn.order, dispute, data, caller.role, caller.id));
  if (refusal) return refusal;
  const by =
    caller.role === 'appeal_arbitrator'
      ? 'arbitrator'
      : (caller.role as Party | 'agent' | 'arbitrator' | 'inspector' | 'logistics');
  turn.emit({
    type: 'EvidenceSubmitted',
    data: {
      ...data,
      evidence: dispute.evidence.length + 1,
      by,
      author: caller.id,
      terms: [...(data.terms ?? [])],
      request: data.request ?? null,
      sealedTo: data.sealedTo === undefined ? undefined : [...data.sealedTo],
      submittedAt: turn.at,
    },
  });
  meetDeadlines(
    turn,
    'EvidenceSubmitted',
    (deadline) =>
      deadline.kind === 'Evidence' &&
      deadline.dispute === data.dispute &&
      deadline.subject === String(data.request),
  );
  return undefined;
}

/** Rule 26. */
export function requestEvidence(
  turn: Turn,
  { data }: OrderCommandOf<'RequestEvidence'>,
  { caller }: OrderContext,
): Refusal | undefined {
  const { order, at } = turn;
  const { evidence, zone, days } = policyOf(order);
  const request = disputeOf(order, data.dispute).requests.length + 1;
  const dueAt = dueAfter(at, evidence, zone, days);
  turn.emit({
    type: 'EvidenceRequested',
    data: { ...data, kinds: [...data.kinds], request, by: caller.id, dueAt },
  });
  setDeadlineAt(
    turn,
    { kind: 'Evidence', dispute: data.dispute, subject: String(request), rule: 26 },
    dueAt,
    { period: evidence },
  );
  return undefined;
}

export function escalateDispute(
  turn: Turn,
  { data }: OrderCommandOf<'EscalateDispute'>,
  { caller }: OrderContext,
): Refusal | undefined {
  escalate(turn, data.dispute, caller.role === 'buyer' ? 'BUYER' : 'SUPPLIER');
  return undefined;
}

/** Rule 26: no party, no declared conflict, nobody who stepped down; rule 28: an appeal goes to another arbitrator. */
export function assignArbitrator(
  turn: Turn,
  { data }: OrderCommandOf<'AssignArbitrator'>,
  { caller }: OrderContext,
): Refusal | undefined {
  const { order } = turn;
  const dispute = disputeOf(order, data.dispute);
  const { arbitrator, conflicts = [] } = data;
  const appeal = dispute.status === 'UNDER_APPEAL';
  const parties = [order.buyer.id, order.supplierId];
  const refusal = brokenRules(
    faultsWhere(
      [
        parties.includes(arbitrator),
        {
          code: 'ARBITRATOR.IS_A_PARTY',
          message: 'An arbitrator is no party to the case.',
          pointer: '/arbitrator',
          rule: 26,
        },
      ],
      [
        conflicts.some((party) => parties.includes(party)),
        {
          code: 'ARBITRATOR.HAS_A_CONFLICT',
          message: 'The arbitrator declared a conflict with a party.',
          pointer: '/conflicts',
          rule: 26,
          facts: { conflicts },
        },
      ],
      [
        dispute.recused.includes(arbitrator),
        {
          code: 'ARBITRATOR.RECUSED',
          message: 'The arbitrator stepped down from this case.',
          pointer: '/arbitrator',
          rule: 26,
        },
      ],
      [
        appeal && dispute.determination?.by === arbitrator,
        {
          code: 'ARBITRATOR.DECIDED_BEFORE',
          message: 'An appeal is decided by another arbitrator.',
          pointer: '/arbitrator',
          rule: 28,
        },
      ],
    ),
  );
  if (refusal) return refusal;
  turn.emit({
    type: 'ArbitratorAssigned',
    data: { dispute: data.dispute, arbitrator, assignedBy: caller.id, appeal },
  });
  return undefined;
}

export function recuseArbitrator(
  turn: Turn,
  { data }: OrderCommandOf<'RecuseArbitrator'>,
): Refusal | undefined {
  const dispute = disputeOf(turn.order, data.dispute);
  const arbitrator =
    (dispute.status === 'UNDER_APPEAL' ? dispute.appeal?.arbitrator : dispute.arbitrator) ?? '';
  turn.emit({ type: 'ArbitratorRecused', data: { ...data, arbitrator } });
  return undefined;
}

/** Rules 20, 27 and 28: final at once, or when the appeal window closes. */
export function issueDetermination(
  turn: Turn,
  { data }: OrderCommandOf<'IssueDetermination'>,
  context: OrderContext,
): Refusal | undefined {
  const { order, at } = turn;
  const dispute = disputeOf(order, data.dispute);
  const refusal = brokenRules(rulingFaults(order, dispute, data, context.revision));
  if (refusal) return refusal;
  const { appeal, determinationFinal, zone, days } = policyOf(order);
  const appealable = determinationFinal === 'APPEAL_WINDOW' && appeal !== null;
  const finalAt = appealable ? dueAfter(at, appeal, zone, days) : at;
  const ruled = ruling(order, dispute, data, context.caller.id);
  turn.emit({
    type: 'DeterminationIssued',
    data: { ...ruled, issuedAt: at, finalAt, inspectionFeeTo: inspectionFeeTo(order, ruled.award.amount) },
  });
  meetDeadlines(turn, 'DeterminationIssued', ofDispute(data.dispute));
  if (appealable)
    setDeadlineAt(turn, { kind: 'Appeal', dispute: data.dispute, rule: 28 }, finalAt, { period: appeal });
  else finish(turn, data.dispute, 'DETERMINATION');
  return undefined;
}

function ruling(order: Order, dispute: Dispute, data: Ruling, by: string) {
  const cap = awardCap(order);
  return {
    ...data,
    by,
    remedies: [...data.remedies],
    reasonCodes: [...data.reasonCodes],
    evidence: [...data.evidence],
    terms: [...data.terms],
    claimed: moneyOf(order, dispute.claimed),
    cap,
    award: moneyOf(order, awardOf(dispute.claimed, data.liability, cap.cap.amount)),
  };
}

/** Carries out the ruling that stands: the appeal's where there was one. */
export function finish(turn: Turn, number: number, refund: 'DETERMINATION' | 'APPEAL'): void {
  const dispute = disputeOf(turn.order, number);
  const standing = dispute.appeal?.decision ?? dispute.determination;
  if (standing !== undefined) executeRuling(turn, dispute, standing, refund);
}

/** Rule 28: once, within the window. */
export function lodgeAppeal(
  turn: Turn,
  { data }: OrderCommandOf<'LodgeAppeal'>,
  { caller }: OrderContext,
): Refusal | undefined {
  turn.emit({ type: 'AppealLodged', data: { ...data, by: caller.role as Party, lodgedAt: turn.at } });
  meetDeadlines(turn, 'AppealLodged', ofDispute(data.dispute, 'Appeal'));
  setDeadline(
    turn,
    { kind: 'DeterminationDue', dispute: data.dispute, rule: 28 },
    policyOf(turn.order).determinationDue,
  );
  return undefined;
}

export function decideAppeal(
  turn: Turn,
  { data }: OrderCommandOf<'DecideAppeal'>,
  context: OrderContext,
): Refusal | undefined {
  const { order, at } = turn;
  const dispute = disputeOf(order, data.dispute);
  const refusal = brokenRules(rulingFaults(order, dispute, data, context.revision));
  if (refusal) return refusal;
  const ruled = ruling(order, dispute, data, context.caller.id);
  const before = dispute.determination?.award ?? 0;
  const after = ruled.award.amount;
  const outcome = after === before ? 'UPHELD' : (after === 0) === (before === 0) ? 'VARIED' : 'OVERTURNED';
  turn.emit({ type: 'AppealDecided', data: { ...ruled, outcome, decidedAt: at } });
  meetDeadlines(turn, 'AppealDecided', ofDispute(data.dispute));
  finish(turn, data.dispute, 'APPEAL');
  return undefined;
}

export function withdrawDispute(
  turn: Turn,
  { data }: OrderCommandOf<'WithdrawDispute'>,
): Refusal | undefined {
  turn.emit({ type: 'DisputeWithdrawn', data });
  closeDispute(turn, data.dispute, {
    outcome: 'WITHDRAWN',
    award: 0,
    remedies: ['NOTHING'],
    refund: 'SETTLEMENT',
  });
  return undefined;
}

/** Rule 31: back before an arbitrator, where the case was lost for want of evidence. */
export function reopenDispute(turn: Turn, { data }: OrderCommandOf<'ReopenDispute'>): Refusal | undefined {
  const { order, at } = turn;
  const dispute = disputeOf(order, data.dispute);
  const { ground, claimed, terms } = dispute;
  const refusal = brokenRules([
    ...groundFaults(order, ground, at),
    ...claimFaults(order, ground, moneyOf(order, claimed), terms),
  ]);
  if (refusal) return refusal;
  turn.emit({ type: 'DisputeReopened', data: { ...data, reopenedAt: at } });
  turn.emit({ type: 'FundsFrozen', data: { dispute: data.dispute, held: moneyOf(order, order.funds.held) } });
  meetDeadlines(turn, 'DisputeReopened', ofKind('ClaimWindow'));
  setDeadline(
    turn,
    { kind: 'DeterminationDue', dispute: data.dispute, rule: 31 },
    policyOf(order).determinationDue,
  );
  return undefined;
}
