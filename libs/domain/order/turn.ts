import type { Instant } from '../../kernel/instant.js';
import { money, type Money } from '../../kernel/money.js';
import type { Decided } from '../decision.js';
import { evolveOrder } from './evolve.js';
import type { OrderEvent } from './events.js';
import type { Order } from './state.js';

/** One step of deciding: the order as it stands after each event that the step has emitted. */
export interface Turn {
  readonly order: Order;
  /** When what is emitted takes effect. */
  readonly at: Instant;
  readonly events: readonly Decided<OrderEvent>[];
  emit(event: OrderEvent): void;
  /** The same step, taking effect at another instant: what an expired deadline causes counts from its due instant. */
  as(at: Instant): Turn;
}

export function turnOf(start: Order, at: Instant): Turn {
  const events: Decided<OrderEvent>[] = [];
  let order = start;
  const turn = (instant: Instant): Turn => ({
    get order() {
      return order;
    },
    at: instant,
    events,
    emit(event) {
      events.push({ event, occurredAt: instant });
      order = evolveOrder(order, event);
    },
    as: turn,
  });
  return turn(at);
}

export const moneyOf = (order: Order, amount: number): Money => money(amount, order.currency);
