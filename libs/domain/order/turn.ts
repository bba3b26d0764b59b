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

export const turnOf = (order: Order, at: Instant): Turn => new Step({ order, events: [] }, at);

/** A class, because every command and every answer takes a turn: a getter of an object literal is made anew each time. */
class Step implements Turn {
  constructor(
    private readonly made: { order: Order; readonly events: Decided<OrderEvent>[] },
    readonly at: Instant,
  ) {}

  get order(): Order {
    return this.made.order;
  }

  get events(): readonly Decided<OrderEvent>[] {
    return this.made.events;
  }

  emit(event: OrderEvent): void {
    this.made.events.push({ event, occurredAt: this.at });
    this.made.order = evolveOrder(this.made.order, event);
  }

  as(at: Instant): Turn {
    return new Step(this.made, at);
  }
}

export const moneyOf = (order: Order, amount: number): Money => money(amount, order.currency);
