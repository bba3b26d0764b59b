import { inspectorEventSchemas, type InspectorEvent } from './inspector/events.js';
import { orderEventSchemas, type OrderEvent } from './order/events.js';
import { policyEventSchemas, type PolicyEvent } from './policy/events.js';
import type { EventSchema } from './schema.js';
import type { StreamKindName } from './streams.js';
import { supplierEventSchemas, type SupplierEvent } from './supplier/events.js';

/** Every event of every stream. */
export type DomainEvent = OrderEvent | SupplierEvent | PolicyEvent | InspectorEvent;

/** Released schemas by the kind of stream that holds them; an event type belongs to one kind only. */
export const schemasByStream: Readonly<Record<StreamKindName, readonly EventSchema[]>> = {
  order: orderEventSchemas,
  supplier: supplierEventSchemas,
  policy: policyEventSchemas,
  inspector: inspectorEventSchemas,
};

/** All of them: what the codec is given. */
export const eventSchemas: readonly EventSchema[] = Object.values(schemasByStream).flat();
