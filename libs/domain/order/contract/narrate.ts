import { formatMoney } from '../../../kernel/money.js';
import { inWords, quoted, saying, told, type Told } from '../../prose.js';
import type { ContractEvent } from './events.js';
import type { Terms } from './terms.js';

const termsInShort = (terms: Terms): string =>
  `${terms.quantity.count} ${terms.quantity.unit} of ${terms.product} for ${formatMoney(terms.orderValue)}, ` +
  `${formatMoney(terms.coveredAmount)} of it covered (${inWords(terms.coverageType)}), to be shipped by ${terms.shipDate}`;

const PARTY = { buyer: 'The buyer', supplier: 'The supplier' } as const;

const COMPLETED = {
  CLAIM_WINDOW_CLOSED: 'The order was completed: the time to claim has passed.',
  BUYER_SATISFIED: 'The order was completed: the buyer is satisfied.',
  FULLY_REFUNDED: 'The order was completed: all of it was refunded.',
} as const;

const CANCELLED = {
  PAYMENT_OVERDUE: 'the initial payment did not come in time',
  DRAFT_ABANDONED: 'the draft was abandoned',
  BEFORE_PAYMENT: 'nothing had been paid yet',
} as const;

export function narrateContract({ type, data }: ContractEvent, who: string): Told {
  switch (type) {
    case 'OrderDrafted':
      return told(
        `${who} drafted an order between buyer ${data.buyer.name} (${data.buyer.id}, ${data.buyer.country}) and supplier ` +
          `${data.supplierId} under policy ${data.policyId}: ${termsInShort(data.terms)}.`,
        4,
        5,
      );
    case 'TermsProposed':
      return told(
        `${who} proposed other terms (proposal ${data.proposal}): ${termsInShort(data.terms)}.`,
        4,
        5,
      );
    case 'ContractConfirmed':
      return told(
        `${who} confirmed the contract under policy ${data.policyId}, version ${data.policyVersion}: ` +
          `${formatMoney(data.coveredAmount)} covered, supplier ${data.supplier.name} with a limit of ${formatMoney(data.supplier.limit)}` +
          (data.weaknesses.length === 0
            ? '.'
            : `; warned that ${data.weaknesses.map(({ code }) => inWords(code)).join(', ')}.`),
        ...(data.weaknesses.length === 0 ? [4] : [4, 6]),
      );
    case 'ShipDateRevisionRequested':
      return told(
        `${who} asked to move the ship date to ${data.shipDate} (revision ${data.revision})` +
          `${saying(data.reason)}.`,
        7,
      );
    case 'ShipDateRevisionAgreed':
      return told(`${who} agreed to ship date ${data.shipDate} (revision ${data.revision}).`, 7);
    case 'ShipDateRevisionDeclined':
      return told(
        `${who} declined to move the ship date (revision ${data.revision})${saying(data.reason)}.`,
        7,
      );
    case 'OrderCancelled':
      return told(
        `${data.by === null ? 'The order was cancelled' : `${PARTY[data.by]} cancelled the order`}: ${CANCELLED[data.reason]}` +
          `${data.note === undefined ? '' : ` (${quoted(data.note)})`}.`,
        4,
      );
    case 'OrderCompleted':
      return told(COMPLETED[data.reason], data.reason === 'FULLY_REFUNDED' ? 11 : 22);
    case 'FeedbackLeft':
      return told(`${who} gave ${data.rating} of 5: ${quoted(data.text)}.`);
    default:
      return type satisfies never;
  }
}
