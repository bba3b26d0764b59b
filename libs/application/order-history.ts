import type { Caller } from '../domain/decision.js';
import type { OrderEvent } from '../domain/order/events.js';
import { evolveOrder } from '../domain/order/evolve.js';
import type { Happened } from '../domain/order/explanation/history.js';
import type { Order } from '../domain/order/state.js';
import { orderStream } from '../domain/streams.js';
import type { Envelope } from '../event-store/envelope.js';
import type { RunnerServices, StreamState } from './runner-services.js';

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
  services: Pick<RunnerServices, 'store' | 'codec'>,
  orderId: string,
  asOf: AsOf,
): Promise<(StreamState<Order> & { readonly state: Order }) | undefined> {
  let found: (StreamState<Order> & { readonly state: Order }) | undefined;
  for await (const { event, revision, position } of envelopes(services, orderId, asOf)) {
    found = { state: evolveOrder(found?.state, event as OrderEvent), revision, position };
  }
  return found !== undefined && reaches(asOf, found.revision) ? found : undefined;
}

/** What had happened to an order by then, or until now. Undefined like `orderAsOf`. */
export async function happenedTo(
  services: Pick<RunnerServices, 'store' | 'codec'>,
  orderId: string,
  asOf?: AsOf,
): Promise<readonly Happened[] | undefined> {
  const happened: Happened[] = [];
  for await (const { event, revision, metadata } of envelopes(services, orderId, asOf)) {
    happened.push({
      event: event as OrderEvent,
      revision: String(revision),
      at: metadata.occurredAt,
      // Whatever a store holds, its actor was a caller when it was written.
      by: metadata.actor as Caller,
    });
  }
  const last = happened.at(-1);
  return last !== undefined && reaches(asOf, BigInt(last.revision)) ? happened : undefined;
}

async function* envelopes(
  { store, codec }: Pick<RunnerServices, 'store' | 'codec'>,
  orderId: string,
  asOf?: AsOf,
): AsyncGenerator<Envelope> {
  const to = asOf !== undefined && 'revision' in asOf ? asOf.revision : undefined;
  for await (const recorded of store.readStream(orderStream(orderId), { to })) {
    const envelope = codec.decode(recorded);
    if (asOf !== undefined && 'at' in asOf && envelope.metadata.occurredAt > asOf.at) return;
    yield envelope;
  }
}

const reaches = (asOf: AsOf | undefined, revision: bigint): boolean =>
  asOf === undefined || !('revision' in asOf) || asOf.revision === revision;
