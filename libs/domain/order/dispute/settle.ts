import { formatMoney } from '../../../kernel/money.js';
import type { Fault, Refusal } from '../../../kernel/problem.js';
import { dueAfter } from '../../calendar/due.js';
import type { Party } from '../../vocabulary.js';
import type { OrderCommandOf } from '../commands.js';
import type { OrderContext } from '../context.js';
import { meetDeadlines, ofDispute, policyOf, setDeadlineAt } from '../deadlines/decide.js';
import { brokenRules, faultsWhere, wrongParty, wrongState } from '../refuse.js';
import type { Dispute, Order } from '../state.js';
import { moneyOf, type Turn } from '../turn.js';
import { awardCap } from './cap.js';
import { closeDispute } from './close.js';
import type { Offer } from './commands.js';
import { disputeOf } from './find.js';
import { remedyFaults } from './remedy.js';

/** Rule 25: offers, counter-offers, and what becomes of them. */

export function proposeSettlement(
  turn: Turn,
  { data }: OrderCommandOf<'ProposeSettlement'>,
  context: OrderContext,
): Refusal | undefined {
  const { order, at } = turn;
  const refusal = brokenRules(offerFaults(order, disputeOf(order, data.dispute), data, at));
  if (refusal) return refusal;
  propose(turn, data.dispute, context.caller.role as Party, data);
  return undefined;
}

/** What is wrong with an offer that is made at `now`; `at` is its place in the command. */
export function offerFaults(
  order: Order,
  { claimed }: Dispute,
  { amount, remedies, expiresAt }: Offer,
  now: string,
  at = '',
): Fault[] {
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
        expiresAt !== undefined && expiresAt <= now,
        {
          code: 'SETTLEMENT.EXPIRED',
          message: 'An offer expires after it is made.',
          pointer: `${at}/expiresAt`,
          rule: 25,
        },
      ],
    ),
    ...coverageFaults(order, amount.amount, `${at}/amount/amount`),
    ...remedyFaults(remedies, amount.amount, Math.min(claimed, cap.amount), at),
  ];
}

/** Rule 20 binds settlements too: the platform pays no more than the cap, as it stands then. */
export function coverageFaults(order: Order, amount: number, pointer?: string): Fault[] {
  const { cap } = awardCap(order);
  return faultsWhere([
    amount > cap.amount,
    {
      code: 'ABOVE_COVERAGE',
      message: `At most ${formatMoney(cap)} can be paid.`,
      pointer,
      rule: 20,
      facts: { ...awardCap(order) },
    },
  ]);
}

/** A new offer supersedes what is open, and may expire: when it says, or when the policy says. */
export function propose(
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
  const period = expiresAt === undefined ? (offerExpiry ?? undefined) : undefined;
  const deadline = { kind: 'OfferExpiry', dispute: number, subject: String(offer), rule: 25 } as const;
  setDeadlineAt(turn, deadline, expiry, { period });
}

/** Closes the dispute and instructs the money. The guard has made sure that the cap bears it. */
export function acceptSettlement(
  turn: Turn,
  { data }: OrderCommandOf<'AcceptSettlement'>,
  context: OrderContext,
): Refusal | undefined {
  const { order } = turn;
  const by = context.caller.role as Party;
  const offer = answerable(disputeOf(order, data.dispute), data.offer, by);
  if (!('remedies' in offer)) return offer;
  const { amount, remedies } = offer;
  turn.emit({
    type: 'SettlementAccepted',
    data: { ...data, by, remedies: [...remedies], amount: moneyOf(order, amount) },
  });
  closeDispute(turn, data.dispute, { outcome: 'SETTLED', award: amount, remedies, refund: 'SETTLEMENT' });
  return undefined;
}

export function rejectSettlement(
  turn: Turn,
  { data }: OrderCommandOf<'RejectSettlement'>,
  context: OrderContext,
): Refusal | undefined {
  const by = context.caller.role as Party;
  const offer = answerable(disputeOf(turn.order, data.dispute), data.offer, by);
  if (!('remedies' in offer)) return offer;
  turn.emit({ type: 'SettlementRejected', data: { ...data, by } });
  meetDeadlines(turn, 'SettlementRejected', ofDispute(data.dispute, 'OfferExpiry'));
  return undefined;
}

/** Only the counterparty answers, and only an offer that stands. */
function answerable({ offers }: Dispute, number: number, by: Party): Dispute['offers'][number] | Refusal {
  const offer = offers.find((known) => known.offer === number);
  if (offer === undefined) return wrongState('SETTLEMENT.NO_SUCH_OFFER', 'There is no such offer.');
  if (offer.by === by)
    return wrongParty('SETTLEMENT.OWN_OFFER', 'Only the counterparty answers an offer.', 25);
  return offer.state === 'OPEN'
    ? offer
    : wrongState('SETTLEMENT.OFFER_NOT_OPEN', `This offer is ${offer.state.toLowerCase()}.`);
}
