import { sha256 } from '../../../kernel/sha256.js';
import type { Refusal } from '../../../kernel/problem.js';
import type { Party } from '../../vocabulary.js';
import type { OrderCommandOf } from '../commands.js';
import type { OrderContext } from '../context.js';
import { setDeadline } from '../deadlines/decide.js';
import type { OrderEventOf } from '../events.js';
import { cancelOrder, completeOrder } from '../completion.js';
import { brokenRules, faultsWhere, unplaced, wrongParty, wrongState } from '../refuse.js';
import type { Order } from '../state.js';
import { moneyOf, type Turn } from '../turn.js';
import { eligibilityFaults, limitFor, termFaults, weaknessesOf } from './eligibility.js';
import { termsText } from './evolve.js';
import { setShipmentDue } from './ship-date.js';
import type { Terms } from './terms.js';

export const termsHash = (terms: Terms): string => sha256(termsText(terms));

const otherParty = (party: Party): Party => (party === 'buyer' ? 'supplier' : 'buyer');

/** Rule 4: buyer or supplier drafts. The one command that needs no order. */
export function draftOrder(
  { data }: OrderCommandOf<'DraftOrder'>,
  context: OrderContext,
): Refusal | OrderEventOf<'OrderDrafted'> {
  const { caller } = context;
  if (caller.role !== 'buyer' && caller.role !== 'supplier') {
    return wrongParty('ORDER.NOT_A_PARTY', 'Only the buyer or the supplier drafts an order.', 4);
  }
  const own = caller.role === 'buyer' ? data.buyer.id : data.supplierId;
  if (own !== caller.id) return wrongParty('ORDER.NOT_A_PARTY', 'A party drafts only its own orders.', 4);
  const currency = data.terms.orderValue.currency;
  const refusal = brokenRules([
    ...faultsWhere(
      [
        data.buyer.id === data.supplierId,
        {
          code: 'ORDER.ONE_PARTY',
          message: 'Buyer and supplier must be two parties.',
          pointer: '/supplierId',
          rule: 4,
        },
      ],
      [
        context.policy === undefined,
        {
          code: 'POLICY.NOT_PUBLISHED',
          message: `No version of policy ${data.policyId} is published.`,
          pointer: '/policyId',
          rule: 4,
        },
      ],
    ),
    ...termFaults(data.terms, context, currency),
  ]);
  return refusal ?? { type: 'OrderDrafted', data: { ...data, draftedBy: caller.role, currency } };
}

export function proposeTerms(
  turn: Turn,
  { data }: OrderCommandOf<'ProposeTerms'>,
  context: OrderContext,
): Refusal | undefined {
  const { order } = turn;
  const refusal = brokenRules(termFaults(data.terms, context, order.currency));
  if (refusal) return refusal;
  turn.emit({
    type: 'TermsProposed',
    data: { by: context.caller.role as Party, proposal: order.contract.proposals + 1, terms: data.terms },
  });
  return undefined;
}

/** Rule 4: the party that did not propose the standing terms confirms them, and everything the order is judged by is frozen. */
export function confirmContract(
  turn: Turn,
  { data }: OrderCommandOf<'ConfirmContract'>,
  context: OrderContext,
): Refusal | undefined {
  const { order, at } = turn;
  const { terms } = order.contract;
  const { policy, supplier } = context;
  const hash = termsHash(terms);
  if (hash !== data.termsHash) {
    return wrongState('CONTRACT.TERMS_CHANGED', 'The terms that stand are not the ones that were read.', {
      standing: hash,
    });
  }
  if (policy === undefined) {
    return brokenRules([
      {
        code: 'POLICY.NOT_PUBLISHED',
        message: `No version of policy ${order.policyId} is published.`,
        rule: 4,
      },
    ]);
  }
  const refusal = brokenRules([
    ...eligibilityFaults(order, policy, supplier),
    ...unplaced(termFaults(terms, context, order.currency)),
  ]);
  if (refusal || supplier?.limit === undefined) return refusal;
  turn.emit({
    type: 'ContractConfirmed',
    data: {
      by: context.caller.role as Party,
      terms,
      termsHash: hash,
      policyId: policy.policyId,
      policyVersion: policy.version,
      policy: policy.parameters,
      supplier: {
        supplierId: supplier.supplierId,
        name: supplier.name,
        country: supplier.country,
        qualified: supplier.qualified,
        limit: moneyOf(order, limitFor(supplier)),
      },
      coveredAmount: terms.coveredAmount,
      weaknesses: weaknessesOf(terms, supplier),
      confirmedAt: at,
    },
  });
  setDeadline(turn, { kind: 'PaymentDue', rule: 9 }, policy.parameters.paymentDue);
  setShipmentDue(turn, 15);
  return undefined;
}

/** As long as nothing has been paid. */
export function cancelByHand(
  turn: Turn,
  { data }: OrderCommandOf<'CancelOrder'>,
  { caller: { role } }: OrderContext,
): Refusal | undefined {
  const reason = turn.order.status === 'DRAFT' ? 'DRAFT_ABANDONED' : 'BEFORE_PAYMENT';
  const by = role === 'buyer' || role === 'supplier' ? role : null;
  cancelOrder(turn, { by, reason, note: data.note });
  return undefined;
}

export function completeByBuyer(turn: Turn): Refusal | undefined {
  completeOrder(turn, 'BUYER_SATISFIED');
  return undefined;
}

export function leaveFeedback(
  turn: Turn,
  { data }: OrderCommandOf<'LeaveFeedback'>,
  context: OrderContext,
): Refusal | undefined {
  turn.emit({ type: 'FeedbackLeft', data: { by: context.caller.role as Party, ...data } });
  return undefined;
}

/** Rule 4: who has to answer the standing terms. */
export const confirmingParty = (order: Order): Party => otherParty(order.contract.proposedBy);
