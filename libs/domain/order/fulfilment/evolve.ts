import type { Order } from '../state.js';
import type { FulfilmentEvent } from './events.js';

export function evolveFulfilment(order: Order, event: FulfilmentEvent): Order {
  const { fulfilment } = order;
  switch (event.type) {
    case 'ShipmentRecorded':
      return {
        ...order,
        status: order.status === 'PAID' ? 'SHIPPED' : order.status,
        fulfilment: { ...fulfilment, shipments: [...fulfilment.shipments, event.data] },
      };
    case 'CustomsCleared':
      return { ...order, fulfilment: { ...fulfilment, clearedAt: event.data.clearedAt } };
    case 'ReceiptConfirmed': {
      const { receivedAt, deemed, quantity } = event.data;
      return {
        ...order,
        status: 'RECEIVED',
        fulfilment: { ...fulfilment, received: { at: receivedAt, deemed, quantity } },
      };
    }
    case 'NonconformityWaived':
      return {
        ...order,
        fulfilment: { ...fulfilment, waived: [...new Set([...fulfilment.waived, ...event.data.terms])] },
      };
    default: {
      const _: never = event;
      return order;
    }
  }
}
