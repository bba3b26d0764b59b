import { canonicalJson } from '../../../kernel/canonical-json.js';
import type { Order } from '../state.js';
import { OPENING_FUNDS } from '../funds/ledger.js';
import type { ContractEvent } from './events.js';
import type { Terms } from './terms.js';

/** Text whose SHA-256 is the terms' hash (rule 4): canonical JSON, so that anybody can compute it again. */
export const termsText = (terms: Terms): string => canonicalJson(terms);

export function draftedOrder({ data }: Extract<ContractEvent, { type: 'OrderDrafted' }>): Order {
  return {
    orderId: data.orderId,
    currency: data.currency,
    category: data.category,
    buyer: data.buyer,
    supplierId: data.supplierId,
    policyId: data.policyId,
    reference: data.reference,
    status: 'DRAFT',
    contract: {
      terms: data.terms,
      proposedBy: data.draftedBy,
      proposals: 1,
      draftedBy: data.draftedBy,
      shipDate: data.terms.shipDate,
      shipDateRevisions: [],
      feedback: [],
    },
    funds: OPENING_FUNDS,
    fulfilment: { shipments: [], waived: [] },
    inspections: [],
    disputes: [],
    recoveries: [],
    deadlines: [],
  };
}

export function evolveContract(order: Order, event: ContractEvent): Order {
  const { contract } = order;
  switch (event.type) {
    case 'OrderDrafted':
      return order;
    case 'TermsProposed': {
      const { terms, by, proposal } = event.data;
      return {
        ...order,
        contract: { ...contract, terms, proposedBy: by, proposals: proposal, shipDate: terms.shipDate },
      };
    }
    case 'ContractConfirmed': {
      const { data } = event;
      return {
        ...order,
        status: 'CONFIRMED',
        contract: {
          ...contract,
          confirmed: {
            at: data.confirmedAt,
            by: data.by,
            termsHash: data.termsHash,
            policyVersion: data.policyVersion,
            policy: data.policy,
            supplier: {
              name: data.supplier.name,
              country: data.supplier.country,
              limit: data.supplier.limit.amount,
            },
            coveredAmount: data.coveredAmount.amount,
            weaknesses: data.weaknesses,
          },
        },
      };
    }
    case 'ShipDateRevisionRequested': {
      const { revision, shipDate } = event.data;
      return withRevisions(order, [
        ...contract.shipDateRevisions,
        { revision, shipDate, state: 'REQUESTED' },
      ]);
    }
    case 'ShipDateRevisionAgreed': {
      const { revision, shipDate } = event.data;
      const agreed = withRevisions(order, settled(order, revision, 'AGREED'));
      return { ...agreed, contract: { ...agreed.contract, shipDate } };
    }
    case 'ShipDateRevisionDeclined':
      return withRevisions(order, settled(order, event.data.revision, 'DECLINED'));
    case 'OrderCancelled':
      return { ...order, status: 'CANCELLED' };
    case 'OrderCompleted':
      return { ...order, status: 'COMPLETED' };
    case 'FeedbackLeft':
      return { ...order, contract: { ...contract, feedback: [...contract.feedback, event.data.by] } };
    default: {
      const _: never = event;
      return order;
    }
  }
}

type Revisions = Order['contract']['shipDateRevisions'];

const withRevisions = (order: Order, shipDateRevisions: Revisions): Order => ({
  ...order,
  contract: { ...order.contract, shipDateRevisions },
});

const settled = (order: Order, revision: number, state: 'AGREED' | 'DECLINED'): Revisions =>
  order.contract.shipDateRevisions.map((known) =>
    known.revision === revision ? { ...known, state } : known,
  );
