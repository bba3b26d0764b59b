import type { EventOf } from '../schema.js';
import { contractEventSchemas } from './contract/events.js';
import { deadlineEventSchemas } from './deadlines/events.js';
import { disputeEventSchemas } from './dispute/events.js';
import { fulfilmentEventSchemas } from './fulfilment/events.js';
import { fundsEventSchemas } from './funds/events.js';
import { inspectionEventSchemas } from './inspection/events.js';
import { recoveryEventSchemas } from './recovery/events.js';

/** Every event of an `order-<orderId>` stream. */
export const orderEventSchemas = [
  ...contractEventSchemas,
  ...fundsEventSchemas,
  ...fulfilmentEventSchemas,
  ...inspectionEventSchemas,
  ...disputeEventSchemas,
  ...recoveryEventSchemas,
  ...deadlineEventSchemas,
] as const;

export type OrderEvent = EventOf<typeof orderEventSchemas>;
export type OrderEventOf<T extends OrderEvent['type']> = Extract<OrderEvent, { type: T }>;
