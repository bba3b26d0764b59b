import { contractEventSchemas } from './contract/events.js';
import { draftedOrder, evolveContract } from './contract/evolve.js';
import { deadlineEventSchemas } from './deadlines/events.js';
import { evolveDeadlines } from './deadlines/evolve.js';
import { disputeEventSchemas } from './dispute/events.js';
import { evolveDispute } from './dispute/evolve.js';
import type { OrderEvent } from './events.js';
import { fulfilmentEventSchemas } from './fulfilment/events.js';
import { evolveFulfilment } from './fulfilment/evolve.js';
import { fundsEventSchemas } from './funds/events.js';
import { evolveFunds } from './funds/evolve.js';
import { inspectionEventSchemas } from './inspection/events.js';
import { evolveInspection } from './inspection/evolve.js';
import { recoveryEventSchemas } from './recovery/events.js';
import { evolveRecovery } from './recovery/evolve.js';
import type { Order } from './state.js';

type Evolve = (order: Order, event: never) => Order;

const parts: readonly (readonly [readonly { readonly type: string }[], Evolve])[] = [
  [contractEventSchemas, evolveContract],
  [fundsEventSchemas, evolveFunds],
  [fulfilmentEventSchemas, evolveFulfilment],
  [inspectionEventSchemas, evolveInspection],
  [disputeEventSchemas, evolveDispute],
  [recoveryEventSchemas, evolveRecovery],
  [deadlineEventSchemas, evolveDeadlines],
];

const partOf = new Map<string, Evolve>(
  parts.flatMap(([schemas, evolve]) => schemas.map(({ type }) => [type, evolve] as const)),
);

/** The order after the event. Never throws and never decides; an event of another stream leaves the order as it is. */
export function evolveOrder(order: Order | undefined, event: OrderEvent): Order {
  if (event.type === 'OrderDrafted') return draftedOrder(event);
  const evolve = partOf.get(event.type);
  return order === undefined || evolve === undefined ? (order as Order) : evolve(order, event as never);
}
