import type { Party } from '../../vocabulary.js';
import type { Dispute, EvidenceRequest, Order, Ruled, SettlementOffer } from '../state.js';
import type { DisputeEvent } from './events.js';

export const evolveDispute = (order: Order, event: DisputeEvent): Order => ({
  ...order,
  disputes: evolveDisputes(order.disputes, event),
});

/** Needs nothing else of the order, so that a read model can follow a dispute by itself. */
export const evolveDisputes = (disputes: Order['disputes'], event: DisputeEvent): Order['disputes'] =>
  event.type === 'DisputeOpened'
    ? [...disputes, opened(event.data)]
    : withNumber(disputes, event.data.dispute, (dispute) => evolveOne(dispute, event));

/** The order with one of its disputes changed. */
export const withDispute = (order: Order, number: number, change: (dispute: Dispute) => Dispute): Order => ({
  ...order,
  disputes: withNumber(order.disputes, number, change),
});

const withNumber = (disputes: Order['disputes'], number: number, change: (dispute: Dispute) => Dispute) =>
  disputes.map((dispute) => (dispute.dispute === number ? change(dispute) : dispute));

function opened(data: Extract<DisputeEvent, { type: 'DisputeOpened' }>['data']): Dispute {
  return {
    dispute: data.dispute,
    ground: data.ground,
    status: 'AWAITING_SUPPLIER',
    openedAt: data.openedAt,
    claimed: data.claimed.amount,
    terms: data.terms,
    desiredRemedy: data.desiredRemedy,
    mayEscalate: [],
    offers: [],
    messages: 0,
    evidence: [],
    requests: [],
    recused: [],
    reopened: 0,
  };
}

function evolveOne(dispute: Dispute, event: Exclude<DisputeEvent, { type: 'DisputeOpened' }>): Dispute {
  switch (event.type) {
    case 'ClaimAmended':
      return { ...dispute, claimed: event.data.claimed.amount, terms: event.data.terms };
    case 'SupplierResponded': {
      const { response } = event.data;
      // Rule 24: after a refusal the buyer need not wait.
      return {
        ...(response === 'REJECT' ? allowed(dispute, 'buyer') : dispute),
        status: 'NEGOTIATING',
        response,
      };
    }
    case 'SettlementProposed': {
      const { offer, by, remedies, amount, expiresAt } = event.data;
      // Rule 25: a new offer supersedes.
      const earlier = dispute.offers.map((known) =>
        known.state === 'OPEN' ? { ...known, state: 'SUPERSEDED' as const } : known,
      );
      return {
        ...dispute,
        offers: [...earlier, { offer, by, remedies, amount: amount.amount, expiresAt, state: 'OPEN' }],
      };
    }
    case 'SettlementAccepted':
      return { ...dispute, offers: offersWith(dispute, event.data.offer, 'ACCEPTED') };
    case 'SettlementRejected':
      return { ...dispute, offers: offersWith(dispute, event.data.offer, 'REJECTED') };
    case 'MessagePosted':
      return { ...dispute, messages: event.data.message };
    case 'EvidenceSubmitted': {
      const { evidence, by, author, kind, sha256, size, request, sealedTo } = event.data;
      const requests = request === null ? dispute.requests : requestsWith(dispute, request, 'ANSWERED');
      return answered({
        ...dispute,
        requests,
        evidence: [...dispute.evidence, { evidence, by, author, kind, sha256, size, request, sealedTo }],
      });
    }
    case 'EvidenceSealChanged': {
      const { evidence, sealedTo } = event.data;
      return {
        ...dispute,
        evidence: dispute.evidence.map((known) =>
          known.evidence === evidence ? { ...known, sealedTo } : known,
        ),
      };
    }
    case 'EvidenceRequested': {
      const { request, from, kinds } = event.data;
      const status = dispute.status === 'UNDER_DETERMINATION' ? 'EVIDENCE_PENDING' : dispute.status;
      return { ...dispute, status, requests: [...dispute.requests, { request, from, kinds, state: 'OPEN' }] };
    }
    case 'DisputeEscalated':
      return {
        ...dispute,
        status: 'ESCALATED',
        escalation: { reason: event.data.reason, at: event.data.escalatedAt },
      };
    case 'ArbitratorAssigned': {
      const { arbitrator, appeal } = event.data;
      return appeal && dispute.appeal !== undefined
        ? { ...dispute, appeal: { ...dispute.appeal, arbitrator } }
        : {
            ...dispute,
            arbitrator,
            status: openRequests(dispute) ? 'EVIDENCE_PENDING' : 'UNDER_DETERMINATION',
          };
    }
    case 'ArbitratorRecused': {
      const recused = [...dispute.recused, event.data.arbitrator];
      return dispute.status === 'UNDER_APPEAL' && dispute.appeal !== undefined
        ? { ...dispute, recused, appeal: { ...dispute.appeal, arbitrator: undefined } }
        : { ...dispute, recused, arbitrator: undefined, status: 'ESCALATED' };
    }
    case 'DeterminationIssued': {
      const { data } = event;
      return {
        ...dispute,
        status: 'DETERMINED',
        determination: { ...ruled(data, data.issuedAt), finalAt: data.finalAt },
      };
    }
    case 'AppealLodged':
      return { ...dispute, status: 'UNDER_APPEAL', appeal: { by: event.data.by, at: event.data.lodgedAt } };
    case 'AppealDecided':
      return dispute.appeal === undefined
        ? dispute
        : { ...dispute, appeal: { ...dispute.appeal, decision: ruled(event.data, event.data.decidedAt) } };
    case 'DisputeWithdrawn':
      return dispute;
    case 'DisputeReopened':
      return {
        ...dispute,
        status: 'ESCALATED',
        closed: undefined,
        arbitrator: undefined,
        reopened: dispute.reopened + 1,
      };
    case 'DisputeClosed': {
      const { outcome, closedAt, award } = event.data;
      return {
        ...dispute,
        status: 'CLOSED',
        closed: { outcome, at: closedAt, award: award.amount },
        offers: dispute.offers.map((offer) =>
          offer.state === 'OPEN' ? { ...offer, state: 'SUPERSEDED' as const } : offer,
        ),
      };
    }
    default: {
      const _: never = event;
      return dispute;
    }
  }
}

/** Rule 24: the party may escalate by hand from now on; whoever could before still can. */
export const allowed = (dispute: Dispute, party: Party): Dispute =>
  dispute.mayEscalate.includes(party)
    ? dispute
    : { ...dispute, mayEscalate: [...dispute.mayEscalate, party] };

export const offersWith = (
  dispute: Dispute,
  offer: number,
  state: SettlementOffer['state'],
): Dispute['offers'] => dispute.offers.map((known) => (known.offer === offer ? { ...known, state } : known));

export const requestsWith = (
  dispute: Dispute,
  request: number,
  state: EvidenceRequest['state'],
): Dispute['requests'] =>
  dispute.requests.map((known) => (known.request === request ? { ...known, state } : known));

const openRequests = (dispute: Dispute): boolean => dispute.requests.some(({ state }) => state === 'OPEN');

/** UNDER_DETERMINATION ⇄ EVIDENCE_PENDING: pending as long as a request is open. */
export const answered = (dispute: Dispute): Dispute =>
  dispute.status === 'EVIDENCE_PENDING' && !openRequests(dispute)
    ? { ...dispute, status: 'UNDER_DETERMINATION' }
    : dispute;

function ruled(
  data: Extract<DisputeEvent, { type: 'DeterminationIssued' | 'AppealDecided' }>['data'],
  at: string,
): Ruled {
  const { by, liability, award, cap, remedies, reasonCodes, fileRevision } = data;
  return { by, liability, award: award.amount, cap, remedies, reasonCodes, fileRevision, at };
}
