import { DAYS } from './rules.js';
import {
  DAY,
  endTimers,
  isDisputed,
  isOver,
  setTimer,
  type Model,
  type ModelDispute,
  type Timer,
} from './model.js';
import { capOf, isEmptied, leftOf, passOn, refund, release } from './money.js';

/** What happens by itself: deadlines, escalation, the close of a dispute, the end of an order. */

const ORDER: readonly Timer['kind'][] = [
  'PaymentDue',
  'ShipmentDue',
  'OfferExpiry',
  'Evidence',
  'SupplierResponse',
  'AutoEscalation',
  'Settlement',
  'DeterminationDue',
  'Appeal',
  'AutoReceipt',
  'ClaimWindow',
  'RecoveryDue',
];

/** "Time is a fact": what is due has happened, in due order, each as of its due instant. */
export function expire(model: Model, now: number): void {
  for (;;) {
    const [next] = model.timers
      .filter(({ due }) => due <= now)
      .toSorted((one, other) => one.due - other.due || ORDER.indexOf(one.kind) - ORDER.indexOf(other.kind));
    if (next === undefined) return;
    endTimers(model, (timer) => timer === next);
    follow(model, next);
  }
}

function follow(model: Model, { kind, dispute: number, subject, due }: Timer): void {
  const dispute = model.disputes[(number ?? 0) - 1] as ModelDispute;
  const negotiating = () => ['AWAITING_SUPPLIER', 'NEGOTIATING'].includes(dispute.status);
  switch (kind) {
    case 'PaymentDue':
      return cancel(model);
    case 'ShipmentDue':
      model.overdue = true;
      return;
    case 'OfferExpiry':
      dispute.offers[Number(subject) - 1]!.open = false;
      return;
    case 'Evidence':
      return missEvidence(model, dispute, Number(subject), due);
    case 'SupplierResponse':
      if (model.preset.silence === 'ESCALATES' && negotiating()) escalate(model, dispute, due);
      if (model.preset.silence === 'BUYER_MAY') dispute.mayEscalate.add('buyer');
      return;
    case 'AutoEscalation':
      if (negotiating()) escalate(model, dispute, due);
      return;
    case 'Settlement':
      for (const party of model.preset.mayEscalateAfter) dispute.mayEscalate.add(party);
      return;
    case 'Appeal':
      return carryOut(model, dispute, due);
    case 'AutoReceipt':
      return receive(model, due);
    case 'ClaimWindow':
      return complete(model);
    default:
      return;
  }
}

function missEvidence(model: Model, dispute: ModelDispute, request: number, at: number): void {
  const asked = dispute.requests[request - 1]!;
  asked.open = false;
  settleStatus(dispute);
  if (asked.from === 'buyer' && dispute.status !== 'UNDER_APPEAL')
    close(model, dispute, 'NO_EVIDENCE', 0, at);
}

/** UNDER_DETERMINATION ⇄ EVIDENCE_PENDING. */
export function settleStatus(dispute: ModelDispute): void {
  if (dispute.status === 'EVIDENCE_PENDING' && !dispute.requests.some(({ open }) => open))
    dispute.status = 'UNDER_DETERMINATION';
}

export function escalate(model: Model, dispute: ModelDispute, at: number): void {
  dispute.status = 'ESCALATED';
  const ended = ['SupplierResponse', 'AutoEscalation', 'Settlement'];
  endTimers(model, (timer) => timer.dispute === dispute.number && ended.includes(timer.kind));
  setTimer(model, 'DeterminationDue', at + DAYS.determination * DAY, dispute.number);
}

/** Rule 28. */
export function carryOut(model: Model, dispute: ModelDispute, at: number): void {
  const award = dispute.award ?? 0;
  const inFull = Math.min(award, capOf(model)) >= dispute.claimed;
  close(model, dispute, award === 0 ? 'REJECTED' : inFull ? 'REFUNDED' : 'PARTIALLY_REFUNDED', award, at);
}

/** Rules 10, 20, 25 and 31. */
export function close(model: Model, dispute: ModelDispute, outcome: string, award: number, at: number): void {
  const payable = Math.min(award, capOf(model));
  dispute.status = 'CLOSED';
  dispute.outcome = outcome;
  for (const offer of dispute.offers) offer.open = false;
  endTimers(model, (timer) => timer.dispute === dispute.number);
  refund(model, dispute.number, payable);
  passOn(model);
  continueWindow(model, at);
  if (isEmptied(model)) complete(model);
}

export function receive(model: Model, at: number): void {
  model.status = 'RECEIVED';
  model.receivedAt = at;
  endTimers(model, ({ kind }) => kind === 'AutoReceipt');
  continueWindow(model, at);
}

/** Rule 22: undefined before it has begun, and where it ends with the shipment. */
export function windowEndOf({ preset, receivedAt, clearedAt, windowEnd }: Model): number | undefined {
  const anchor = preset.window === 'CLEARANCE' ? (clearedAt ?? receivedAt) : receivedAt;
  if (preset.window === 'SHIPMENT' || anchor === undefined) return undefined;
  return windowEnd ?? anchor + preset.windowDays * DAY;
}

/** Rule 22: it runs while no dispute is open; the goods received, a window until shipment is over. */
export function continueWindow(model: Model, at: number): void {
  if (isOver(model) || isDisputed(model)) return;
  if (model.preset.window === 'SHIPMENT' && model.status === 'RECEIVED') return complete(model);
  const end = windowEndOf(model);
  if (end === undefined || model.timers.some(({ kind }) => kind === 'ClaimWindow')) return;
  if (end <= at) return complete(model);
  model.windowEnd = end;
  setTimer(model, 'ClaimWindow', end);
}

export function complete(model: Model): void {
  if (leftOf(model) > 0) release(model);
  model.status = 'COMPLETED';
  endTimers(model, ({ kind }) => kind !== 'RecoveryDue');
}

export function cancel(model: Model): void {
  model.status = 'CANCELLED';
  model.timers = [];
  refund(model, null, model.held);
}
