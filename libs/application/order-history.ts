import type { OrderEvent } from '../domain/order/events.js';
import { evolveOrder } from '../domain/order/evolve.js';
import type { Order } from '../domain/order/state.js';
import { orderStream } from '../domain/streams.js';
import type { RunnerServices } from './runner-services.js';
import type { StreamState } from './runner-services.js';

/** Up to which event a history is folded. */
export type AsOf =
  | { readonly revision: bigint }
  /** Everything that had taken effect at that instant, for expired deadlines their due instants. */
  | { readonly at: string };

/**
 * An order as it was (rule: an auditor replays one stream). Undefined when it did not exist then, or has not come so
 * far. Effects never go back in time along a stream, so the state as of an instant is that of a first part of it.
 */
export async function orderAsOf(
  { store, codec }: Pick<RunnerServices, 'store' | 'codec'>,
  orderId: string,
  asOf: AsOf,
): Promise<(StreamState<Order> & { readonly state: Order }) | undefined> {
  const to = 'revision' in asOf ? asOf.revision : undefined;
  let found: (StreamState<Order> & { readonly state: Order }) | undefined;
  for await (const recorded of store.readStream(orderStream(orderId), { to })) {
    const { event, revision, position, metadata } = codec.decode(recorded);
    if ('at' in asOf && metadata.occurredAt > asOf.at) break;
    found = { state: evolveOrder(found?.state, event as OrderEvent), revision, position };
  }
  return to !== undefined && found?.revision !== to ? undefined : found;
}
