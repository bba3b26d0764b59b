import type { Caller } from '../domain/decision.js';
import { explain, type Explanation } from '../domain/order/explanation/explain.js';
import type { Order } from '../domain/order/state.js';
import { orderStream } from '../domain/streams.js';
import type { RecordedEvent } from '../event-store/port.js';
import type { OrderRunner } from './runners.js';
import type { RunnerServices, StreamState } from './runner-services.js';
import { happenedTo, orderAsOf, type AsOf } from './order-history.js';
import { maySee } from '../domain/order/visibility.js';

/** An order that exists. */
export type OrderReading = StreamState<Order> & { readonly state: Order };

/** An order's history, with the order as it is now: what of the history may be told depends on that. */
export interface OrderEvents {
  readonly order: Order;
  /** First to last. */
  readonly recorded: AsyncIterable<RecordedEvent>;
}

/** Orders and their histories from the log itself, each only for those who may see it. */
export interface OrderReads {
  /** Undefined for an order that does not exist, or did not then, or is none of the caller's business. */
  order(orderId: string, caller: Caller, asOf?: AsOf): Promise<OrderReading | undefined>;
  /** Events after a revision; undefined like `order`. */
  events(
    orderId: string,
    caller: Caller,
    range?: { readonly after?: bigint; readonly limit?: number },
  ): Promise<OrderEvents | undefined>;
  /** Why a dispute stands as it does, or did; undefined like `order`, and for a dispute that was not there. */
  explanation(
    orderId: string,
    dispute: number,
    caller: Caller,
    asOf?: AsOf,
  ): Promise<Explanation | undefined>;
}

export function orderReads(orders: OrderRunner, services: RunnerServices): OrderReads {
  const visible = async (orderId: string, caller: Caller): Promise<OrderReading | undefined> => {
    const { state, ...rest } = await orders.read(orderId);
    return state !== undefined && maySee(state, caller) ? { state, ...rest } : undefined;
  };
  return {
    async order(orderId, caller, asOf) {
      const now = await visible(orderId, caller);
      return now === undefined || asOf === undefined ? now : orderAsOf(services, orderId, asOf);
    },
    async events(orderId, caller, { after = -1n, limit } = {}) {
      const now = await visible(orderId, caller);
      if (now === undefined) return undefined;
      const recorded = services.store.readStream(orderStream(orderId), { from: after + 1n, limit });
      return { order: now.state, recorded };
    },
    async explanation(orderId, dispute, caller, asOf) {
      if ((await visible(orderId, caller)) === undefined) return undefined;
      const happened = await happenedTo(services, orderId, asOf);
      return happened && explain(happened, dispute);
    },
  };
}
