import { orderEventSchemas } from '../../libs/domain/order/events.js';
import type { Projection } from '../../libs/projection/projection.js';
import { factOf, type Fact } from '../order-facts.js';
import { entryIdOf, orderIdOf } from '../order-stream.js';

const types = orderEventSchemas.map(({ type }) => type);

/** One of the facts that an order's case files are made of. */
export interface CaseFact {
  readonly orderId: string;
  readonly fact: Fact;
}

/**
 * Everything that the case files of an order are made of: its facts, a document `<orderId>/<revision>` each, so that a new
 * one costs the same however long the case. Nothing is stored that can be told from them: money, states and caps come from
 * the domain's own fold when the file is opened (case-file.ts), and a case file as of any revision is the same function
 * of fewer facts.
 */
export const caseFile: Projection<CaseFact> = {
  name: 'case-file',
  version: 2,
  types,
  anew: types,
  key: (envelope) => [entryIdOf(envelope)],
  evolve: (_, envelope) => ({ orderId: orderIdOf(envelope), fact: factOf(envelope) }),
  columns: [{ name: 'order_id', type: 'text', indexed: false, value: ({ orderId }) => orderId }],
};
