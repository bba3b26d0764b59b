import { evolveOrder } from '../../libs/domain/order/evolve.js';
import type { Dispute, Order } from '../../libs/domain/order/state.js';
import { money, type Money } from '../../libs/kernel/money.js';
import { disputeOf, type Fact, type OrderEventType } from '../order-facts.js';

/** An order as its facts make it: the state that the domain folds from them, and the facts themselves. */
export interface History {
  readonly order: Order;
  /** In order of revision, without gaps, from the first. */
  readonly facts: readonly Fact[];
}

/** A history seen from one of the order's disputes. */
export interface DisputeHistory extends History {
  readonly dispute: Dispute;
}

/** Undefined when there is no order: no facts, or none that says how it began. */
export function historyOf(facts: readonly Fact[]): History | undefined {
  if (facts[0]?.type !== 'OrderDrafted') return undefined;
  const order = facts.reduce<Order | undefined>((state, fact) => evolveOrder(state, fact), undefined);
  return order && { order, facts };
}

/** Undefined when the order has no such dispute. */
export function disputeHistoryOf(history: History, number: number): DisputeHistory | undefined {
  const dispute = history.order.disputes.find((known) => known.dispute === number);
  return dispute && { ...history, dispute };
}

/** The facts of some types, oldest first. */
export const factsOf = <T extends OrderEventType>(
  { facts }: Pick<History, 'facts'>,
  ...types: readonly T[]
): Fact<T>[] =>
  facts.filter(({ type }) => (types as readonly string[]).includes(type)) as readonly Fact[] as Fact<T>[];

/** The same, of those that are about the dispute. */
export const disputeFactsOf = <T extends OrderEventType>(
  history: DisputeHistory,
  ...types: readonly T[]
): Fact<T>[] => factsOf(history, ...types).filter((fact) => disputeOf(fact) === history.dispute.dispute);

/** An amount of the order, which has one currency (rule 12). */
export const inOrderCurrency = ({ order }: History, amount: number): Money => money(amount, order.currency);
