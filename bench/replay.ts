import type { OrderEvent } from '../libs/domain/order/events.js';
import { evolveOrder } from '../libs/domain/order/evolve.js';
import type { Order } from '../libs/domain/order/state.js';
import type { EventStore } from '../libs/event-store/port.js';
import { codec, type Writing } from './log.js';
import { send } from './seed.js';
import { median } from './statistics.js';

const EVENTS = 1_000;
const RUNS = 50;

/** Makes an order's history long enough to be replayed. */
export async function lengthen({ store, application }: Writing, orderId: string): Promise<void> {
  const stream = `order-${orderId}`;
  while ((await count(store, stream)) < EVENTS) {
    const agent = { role: 'agent', id: 'agent-bench' } as const;
    await send(application, orderId, agent, {
      type: 'PostMessage',
      data: { dispute: 1, text: 'Where are the goods that were promised for the opening?' },
    });
  }
}

/** Milliseconds to read, decode and fold one order of 1,000 events from the log, at the median. */
export async function replay(store: EventStore, orderId: string): Promise<{ ms: number; events: number }> {
  const stream = `order-${orderId}`;
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const started = performance.now();
    let order: Order | undefined;
    for await (const event of store.readStream(stream)) {
      order = evolveOrder(order, codec.decode(event).event as OrderEvent);
    }
    times.push(performance.now() - started);
  }
  return { ms: Number(median(times).toFixed(2)), events: EVENTS };
}

async function count(store: EventStore, stream: string): Promise<number> {
  for await (const { revision } of store.readStream(stream, { direction: 'backwards', limit: 1 }))
    return Number(revision) + 1;
  return 0;
}
