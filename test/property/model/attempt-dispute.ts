import type { OrderCommand, OrderCommandOf } from '../../../libs/domain/order/commands.js';
import { fits, hasMerit, holdsRefund, mayClaim, mayOpen, termsOf } from './claims.js';
import { carryOut, close, escalate, settleStatus } from './course.js';
import {
  DAY,
  bench,
  endTimers,
  isOver,
  setTimer,
  type Attempt,
  type Model,
  type ModelDispute,
} from './model.js';
import { capOf, stopReleases } from './money.js';
import { DAYS } from './rules.js';

const TALKING = ['AWAITING_SUPPLIER', 'NEGOTIATING', 'ESCALATED', 'UNDER_DETERMINATION', 'EVIDENCE_PENDING'];
const SITTING = ['UNDER_DETERMINATION', 'EVIDENCE_PENDING', 'UNDER_APPEAL'];

/** Disputes: rules 20 to 31. */
export function attemptDispute(model: Model, command: OrderCommand, by: Attempt): boolean {
  if (command.type === 'OpenDispute') return openDispute(model, command.data, by.now);
  if (!('dispute' in command.data)) return false;
  const dispute = model.disputes[command.data.dispute - 1];
  return dispute !== undefined && attemptOn(model, dispute, command, by);
}

function openDispute(model: Model, data: OrderCommandOf<'OpenDispute'>['data'], now: number): boolean {
  if (!['CONFIRMED', 'PAID', 'SHIPPED', 'RECEIVED'].includes(model.status)) return false;
  if (!mayOpen(model, data.ground, now) || !mayClaim(model, data.ground, data)) return false;
  const number = model.disputes.length + 1;
  const { response, autoEscalation, settlement } = model.preset;
  model.disputes.push({
    number,
    ground: data.ground,
    desired: data.desiredRemedy,
    status: 'AWAITING_SUPPLIER',
    claimed: data.claimed.amount,
    terms: data.terms,
    answered: false,
    mayEscalate: new Set(),
    offers: [],
    requests: [],
    evidence: 0,
    seals: new Map(),
    recused: new Set(),
  });
  freeze(model);
  setTimer(model, 'SupplierResponse', now + response * DAY, number);
  if (autoEscalation !== undefined) setTimer(model, 'AutoEscalation', now + autoEscalation * DAY, number);
  setTimer(model, 'Settlement', now + settlement * DAY, number);
  return true;
}

function freeze(model: Model): void {
  stopReleases(model);
  endTimers(model, ({ kind }) => kind === 'ClaimWindow');
}

function attemptOn(model: Model, dispute: ModelDispute, command: OrderCommand, by: Attempt): boolean {
  const { caller, now } = by;
  const { number, status } = dispute;
  const arbitrates = caller.role === 'arbitrator' || caller.role === 'appeal_arbitrator';
  const sits = bench(dispute) === caller.id;
  const talking = TALKING.includes(status);
  const standing = dispute.offers.findLast(({ open }) => open);
  const { type, data } = command;
  switch (type) {
    case 'AmendClaim':
      if (!TALKING.slice(0, 3).includes(status) || !mayClaim(model, dispute.ground, data)) return false;
      dispute.claimed = data.claimed.amount;
      dispute.terms = data.terms;
      return true;
    case 'RespondToDispute':
      return status === 'AWAITING_SUPPLIER' && respond(model, dispute, data, now);
    case 'ProposeSettlement':
      if (!talking || (caller.role === 'supplier' && status === 'AWAITING_SUPPLIER')) return false;
      return propose(model, dispute, caller.role, data, now);
    case 'AcceptSettlement':
      if (!talking || standing === undefined || standing.by === caller.role) return false;
      if (dispute.offers[data.offer - 1] !== standing || standing.amount > capOf(model)) return false;
      close(model, dispute, 'SETTLED', standing.amount, now);
      return true;
    case 'RejectSettlement':
      if (!talking || standing === undefined || standing.by === caller.role) return false;
      if (dispute.offers[data.offer - 1] !== standing) return false;
      standing.open = false;
      endTimers(model, (timer) => timer.kind === 'OfferExpiry' && timer.dispute === number);
      return true;
    case 'PostMessage':
      return (talking || status === 'DETERMINED' || status === 'UNDER_APPEAL') && (!arbitrates || sits);
    case 'SubmitEvidence':
      if ((!talking && status !== 'UNDER_APPEAL') || (arbitrates && !sits)) return false;
      return submit(model, dispute, data, caller.role);
    case 'ChangeEvidenceSeal': {
      if (!SITTING.includes(status) || !sits || data.evidence > dispute.evidence) return false;
      const seal = data.sealedTo?.join();
      if (dispute.seals.get(data.evidence) === seal) return false;
      dispute.seals.set(data.evidence, seal);
      return true;
    }
    case 'RequestEvidence':
      if (!SITTING.includes(status) || !sits) return false;
      dispute.requests.push({ from: data.from, kinds: data.kinds, open: true });
      if (status !== 'UNDER_APPEAL') dispute.status = 'EVIDENCE_PENDING';
      setTimer(model, 'Evidence', now + DAYS.evidence * DAY, number, String(dispute.requests.length));
      return true;
    case 'EscalateDispute':
      if (!TALKING.slice(0, 2).includes(status) || !dispute.mayEscalate.has(caller.role)) return false;
      escalate(model, dispute, now);
      return true;
    case 'AssignArbitrator':
      return assign(dispute, data.arbitrator, data.conflicts ?? []);
    case 'RecuseArbitrator':
      if (!SITTING.includes(status) || bench(dispute) === undefined || (arbitrates && !sits)) return false;
      dispute.recused.add(bench(dispute)!);
      if (status === 'UNDER_APPEAL') dispute.appealArbitrator = undefined;
      else [dispute.arbitrator, dispute.status] = [undefined, 'ESCALATED'];
      return true;
    case 'CommissionInspection':
      if (!SITTING.includes(status) || !sits || data.inspectorId !== 'I1') return false;
      if (model.inspections.some(({ id }) => id === data.inspectionId)) return false;
      if (data.stage === 'PRE_SHIPMENT' && model.shipments.length > 0) return false;
      model.inspections.push({
        id: data.inspectionId,
        stage: data.stage,
        by: 'THIRD_PARTY',
        inspector: 'I1',
        accepted: true,
      });
      return true;
    case 'IssueDetermination':
      return status === 'UNDER_DETERMINATION' && sits && determine(model, dispute, data, by);
    case 'DecideAppeal':
      return status === 'UNDER_APPEAL' && sits && decideAppeal(model, dispute, data, by);
    case 'LodgeAppeal':
      if (status !== 'DETERMINED') return false;
      dispute.status = 'UNDER_APPEAL';
      endTimers(model, (timer) => timer.kind === 'Appeal' && timer.dispute === number);
      setTimer(model, 'DeterminationDue', now + DAYS.determination * DAY, number);
      return true;
    case 'WithdrawDispute':
      if (!talking) return false;
      close(model, dispute, 'WITHDRAWN', 0, now);
      return true;
    case 'ReopenDispute':
      return reopen(model, dispute, data.statement, now);
    default:
      return false;
  }
}

function respond(
  model: Model,
  dispute: ModelDispute,
  data: OrderCommandOf<'RespondToDispute'>['data'],
  now: number,
): boolean {
  if (data.response === 'REJECT' && data.reasonCodes.length === 0) return false;
  if (data.response === 'COUNTER' && !mayOffer(model, dispute, data.offer, now)) return false;
  dispute.status = 'NEGOTIATING';
  dispute.answered = true;
  endTimers(model, (timer) => timer.kind === 'SupplierResponse' && timer.dispute === dispute.number);
  if (data.response === 'REJECT') dispute.mayEscalate.add('buyer');
  if (data.response === 'COUNTER') propose(model, dispute, 'supplier', data.offer, now);
  if (data.response === 'ACCEPT') {
    const money = holdsRefund([dispute.desired]) ? dispute.claimed : 0;
    close(model, dispute, 'SETTLED', money, now);
  }
  return true;
}

type Offer = Omit<OrderCommandOf<'ProposeSettlement'>['data'], 'dispute'>;

function mayOffer(
  model: Model,
  { claimed }: ModelDispute,
  { amount, remedies, expiresAt }: Offer,
  now: number,
): boolean {
  const cap = capOf(model);
  return (
    amount.amount <= cap &&
    fits(remedies, amount.amount, Math.min(claimed, cap)) &&
    (expiresAt === undefined || Date.parse(expiresAt) > now)
  );
}

function propose(model: Model, dispute: ModelDispute, by: string, offer: Offer, now: number): boolean {
  if (!mayOffer(model, dispute, offer, now)) return false;
  for (const earlier of dispute.offers) earlier.open = false;
  endTimers(model, (timer) => timer.kind === 'OfferExpiry' && timer.dispute === dispute.number);
  dispute.offers.push({ by, amount: offer.amount.amount, remedies: offer.remedies, open: true });
  const due = offer.expiresAt === undefined ? now + DAYS.offer * DAY : Date.parse(offer.expiresAt);
  setTimer(model, 'OfferExpiry', due, dispute.number, String(dispute.offers.length));
  return true;
}

function submit(
  model: Model,
  dispute: ModelDispute,
  data: OrderCommandOf<'SubmitEvidence'>['data'],
  role: string,
): boolean {
  if (data.size === 0 || !(data.terms ?? []).every((term) => termsOf(model).includes(term))) return false;
  if (data.request !== undefined) {
    const asked = dispute.requests[data.request - 1];
    if (asked?.open !== true || asked.from !== role) return false;
    if (asked.kinds.length > 0 && !asked.kinds.includes(data.kind)) return false;
    asked.open = false;
    endTimers(
      model,
      (timer) =>
        timer.kind === 'Evidence' &&
        timer.dispute === dispute.number &&
        timer.subject === String(data.request),
    );
    settleStatus(dispute);
  }
  dispute.evidence += 1;
  return true;
}

/** Rules 26 and 28. */
function assign(dispute: ModelDispute, arbitrator: string, conflicts: readonly string[]): boolean {
  const { status, recused, determinedBy, requests } = dispute;
  if ((status !== 'ESCALATED' && status !== 'UNDER_APPEAL') || bench(dispute) !== undefined) return false;
  const parties = ['B1', 'S1'];
  if (
    parties.includes(arbitrator) ||
    conflicts.some((party) => parties.includes(party)) ||
    recused.has(arbitrator)
  )
    return false;
  if (status === 'UNDER_APPEAL') {
    if (arbitrator === determinedBy) return false;
    dispute.appealArbitrator = arbitrator;
    return true;
  }
  dispute.arbitrator = arbitrator;
  dispute.status = requests.some(({ open }) => open) ? 'EVIDENCE_PENDING' : 'UNDER_DETERMINATION';
  return true;
}

type Ruling = OrderCommandOf<'IssueDetermination'>['data'];

/** The award that a ruling comes to; undefined when it breaks a rule. */
function awardOf(
  model: Model,
  dispute: ModelDispute,
  ruling: Ruling,
  { revision }: Attempt,
): number | undefined {
  const { liability, remedies, reasonCodes, evidence, terms, fileRevision } = ruling;
  const cap = capOf(model);
  const award = Math.min(Math.floor((dispute.claimed * liability) / 10_000), cap);
  const grounded = reasonCodes.length > 0 && evidence.length + terms.length > 0;
  const onFile =
    terms.every((term) => termsOf(model).includes(term)) &&
    evidence.every((number) => number <= dispute.evidence);
  const seen = BigInt(fileRevision) <= revision;
  const told = fits(remedies, award, Math.min(dispute.claimed, cap));
  return grounded && onFile && seen && told && (award === 0 || hasMerit(model, dispute)) ? award : undefined;
}

function determine(model: Model, dispute: ModelDispute, ruling: Ruling, by: Attempt): boolean {
  const award = awardOf(model, dispute, ruling, by);
  if (award === undefined) return false;
  dispute.award = award;
  dispute.determinedBy = by.caller.id;
  dispute.status = 'DETERMINED';
  endTimers(model, (timer) => timer.dispute === dispute.number);
  const { appeal } = model.preset;
  if (appeal === undefined) carryOut(model, dispute, by.now);
  else setTimer(model, 'Appeal', by.now + appeal * DAY, dispute.number);
  return true;
}

function decideAppeal(model: Model, dispute: ModelDispute, ruling: Ruling, by: Attempt): boolean {
  const award = awardOf(model, dispute, ruling, by);
  if (award === undefined) return false;
  dispute.award = award;
  carryOut(model, dispute, by.now);
  return true;
}

/** Rule 31. */
function reopen(model: Model, dispute: ModelDispute, statement: string, now: number): boolean {
  const { ground, claimed, terms, outcome, status, number } = dispute;
  if (status !== 'CLOSED' || (outcome !== 'LAPSED' && outcome !== 'NO_EVIDENCE') || isOver(model))
    return false;
  const claim = { claimed: { amount: claimed, currency: 'USD' }, statement, terms };
  if (!mayOpen(model, ground, now) || !mayClaim(model, ground, claim)) return false;
  dispute.status = 'ESCALATED';
  dispute.outcome = undefined;
  dispute.arbitrator = undefined;
  freeze(model);
  setTimer(model, 'DeterminationDue', now + DAYS.determination * DAY, number);
  return true;
}
