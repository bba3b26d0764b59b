import type { OrderEvent, OrderEventOf } from '../libs/domain/order/events.js';
import { orderStream } from '../libs/domain/streams.js';
import type { Envelope } from '../libs/event-store/envelope.js';
import type { Condition } from '../libs/projection/query.js';

const PREFIX = orderStream('').length;

/** The order whose stream the event is of. */
export const orderIdOf = ({ stream }: Pick<Envelope, 'stream'>): string => stream.slice(PREFIX);

/** An event of an order: the codec has checked it, and the projection's types let no other in. */
export const orderEventOf = <T extends OrderEvent['type'] = OrderEvent['type']>({
  event,
}: Pick<Envelope, 'event'>): OrderEventOf<T> => event as OrderEventOf<T>;

/** Id of the document that an order's event has to itself. Those of one order sort by revision. */
export const entryIdOf = (envelope: Pick<Envelope, 'stream' | 'revision'>): string =>
  `${orderIdOf(envelope)}/${String(envelope.revision).padStart(6, '0')}`;

/** Documents `<orderId>/…` of one order: found by their ids; those of an order whose id goes on with a slash are others. */
export const documentsOfOrder = (orderId: string): Condition[] => [
  { column: 'id', op: 'prefix', value: `${orderId}/` },
  { column: 'order_id', op: 'eq', value: orderId },
];
