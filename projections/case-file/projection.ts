import { orderEventSchemas } from '../../libs/domain/order/events.js';
import type { Projection } from '../../libs/projection/projection.js';
import { orderEventOf, orderIdOf, pageIdOf } from '../order-stream.js';
import { factOf, type Fact } from '../order-facts.js';

/** Some of an order's facts, in order of revision. */
export interface CaseFilePage {
  readonly orderId: string;
  readonly facts: readonly Fact[];
}

/** What fixes the contract is large and seldom changes: it has a page of its own. */
const BULKY: ReadonlySet<string> = new Set(['OrderDrafted', 'TermsProposed', 'ContractConfirmed']);

/**
 * Everything that the case files of an order are made of: its facts, by pages, so that each costs the same to add,
 * however long the case. Nothing is stored that can be told from them: money, states and caps come from the domain's own
 * fold when the file is opened (case-file.ts), and a case file as of any revision is the same function of fewer facts.
 */
export const caseFile: Projection<CaseFilePage> = {
  name: 'case-file',
  version: 1,
  types: orderEventSchemas.map(({ type }) => type),
  key: (envelope) => [
    BULKY.has(orderEventOf(envelope).type) ? `${orderIdOf(envelope)}/contract` : pageIdOf(envelope),
  ],
  evolve: (page, envelope) => ({
    orderId: orderIdOf(envelope),
    facts: [...(page?.facts ?? []), factOf(envelope)],
  }),
  columns: [{ name: 'order_id', type: 'text', indexed: false, value: ({ orderId }) => orderId }],
};
