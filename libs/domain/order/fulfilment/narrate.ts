import { enumerated, momentOf, quoted, told, type Told } from '../../prose.js';
import type { FulfilmentEvent } from './events.js';

export function narrateFulfilment({ type, data }: FulfilmentEvent, who: string): Told {
  switch (type) {
    case 'ShipmentRecorded':
      return told(
        `${who} recorded shipment ${data.shipmentId}` +
          `${data.quantity === undefined ? '' : ` of ${data.quantity}`} with ${data.carrier} on ${momentOf(data.shippedAt)}` +
          `${data.late ? ', after the promised day' : ''}.`,
        15,
      );
    case 'CustomsCleared':
      return told(`${who} recorded that the goods cleared customs on ${momentOf(data.clearedAt)}.`, 22);
    case 'ReceiptConfirmed':
      return told(
        data.deemed
          ? `The goods were deemed received on ${momentOf(data.receivedAt)}: the buyer said nothing in time.`
          : `${who} confirmed receipt${data.quantity === undefined ? '' : ` of ${data.quantity}`} on ${momentOf(data.receivedAt)}.`,
        10,
        22,
      );
    case 'NonconformityWaived':
      return told(
        `${who} waived non-conformity of ${enumerated(data.terms)}: ${quoted(data.statement)}.`,
        17,
      );
    default:
      return type satisfies never;
  }
}
