import type { Order } from '../../libs/domain/order/state.js';
import type { Party } from '../../libs/domain/vocabulary.js';
import type { Instant } from '../../libs/kernel/instant.js';
import type { Money } from '../../libs/kernel/money.js';
import type { Projection } from '../../libs/projection/projection.js';
import { factOf, type Fact, type OrderEventType } from '../order-facts.js';
import { orderIdOf } from '../order-stream.js';

/** An order as it stands in lists, and what it adds to its supplier's record. */
export interface OrderRow {
  readonly orderId: string;
  readonly reference?: string;
  readonly buyer: Order['buyer'];
  readonly supplierId: string;
  readonly supplierName?: string;
  readonly status: Order['status'];
  readonly category: string;
  readonly product: string;
  readonly orderValue: Money;
  readonly coveredAmount: Money;
  readonly shipDate: string;
  readonly policyId: string;
  readonly policyVersion?: number;
  readonly draftedAt: Instant;
  /** When the last event took effect that the row shows. */
  readonly changedAt: Instant;
  readonly openDisputes: readonly number[];
  /** Minor units of the order's currency, all of these. */
  readonly refunded: number;
  readonly owedBySupplier: number;
  readonly feedback: readonly { readonly by: Party; readonly rating: number }[];
  /** Paid of the initial payment, and how much that is: an order is PAID once all of it came (rule 9). */
  readonly initialPaid: number;
  readonly initialDue: number;
}

const types = [
  'OrderDrafted',
  'TermsProposed',
  'ContractConfirmed',
  'ShipDateRevisionAgreed',
  'OrderCancelled',
  'OrderCompleted',
  'FeedbackLeft',
  'PaymentReceived',
  'ShipmentRecorded',
  'ReceiptConfirmed',
  'DisputeOpened',
  'DisputeClosed',
  'DisputeReopened',
  'RefundIssued',
  'RecoveryDemanded',
  'RecoveryReceived',
  'RecoveryWrittenOff',
] as const satisfies readonly OrderEventType[];
type OrderFact = Fact<(typeof types)[number]>;

/** A document `<orderId>` for each order. */
export const orders: Projection<OrderRow> = {
  name: 'orders',
  version: 1,
  types,
  anew: ['OrderDrafted'],
  key: (envelope) => [orderIdOf(envelope)],
  evolve(row, envelope) {
    const fact = factOf(envelope) as OrderFact;
    if (fact.type === 'OrderDrafted') return drafted(fact);
    return row === undefined ? null : { ...row, ...changeOf(row, fact), changedAt: fact.at };
  },
  columns: [
    { name: 'buyer', type: 'text', value: ({ buyer }) => buyer.id },
    { name: 'supplier', type: 'text', value: ({ supplierId }) => supplierId },
    { name: 'status', type: 'text', indexed: false, value: ({ status }) => status },
    { name: 'value', type: 'integer', indexed: false, value: ({ orderValue }) => orderValue.amount },
    { name: 'changed_at', type: 'text', value: ({ changedAt }) => changedAt },
  ],
};

function drafted({ data, at }: Fact<'OrderDrafted'>): OrderRow {
  const { orderId, reference, buyer, supplierId, category, policyId, terms } = data;
  return {
    orderId,
    reference,
    buyer,
    supplierId,
    status: 'DRAFT',
    category,
    policyId,
    draftedAt: at,
    changedAt: at,
    openDisputes: [],
    refunded: 0,
    owedBySupplier: 0,
    feedback: [],
    initialPaid: 0,
    ...agreed(terms),
  };
}

const agreed = (terms: Fact<'TermsProposed'>['data']['terms']) => ({
  product: terms.product,
  orderValue: terms.orderValue,
  coveredAmount: terms.coveredAmount,
  shipDate: terms.shipDate,
  initialDue: terms.initialPayment.amount,
});

function changeOf(row: OrderRow, fact: Exclude<OrderFact, { type: 'OrderDrafted' }>): Partial<OrderRow> {
  switch (fact.type) {
    case 'TermsProposed':
      return agreed(fact.data.terms);
    case 'ContractConfirmed': {
      const { policyVersion, supplier } = fact.data;
      return { status: 'CONFIRMED', policyVersion, supplierName: supplier.name };
    }
    case 'ShipDateRevisionAgreed':
      return { shipDate: fact.data.shipDate };
    case 'OrderCancelled':
      return { status: 'CANCELLED' };
    case 'OrderCompleted':
      return { status: 'COMPLETED' };
    case 'FeedbackLeft':
      return { feedback: [...row.feedback, { by: fact.data.by, rating: fact.data.rating }] };
    case 'PaymentReceived': {
      const initialPaid = row.initialPaid + (fact.data.milestone === 'INITIAL' ? fact.data.amount.amount : 0);
      const isPaid = row.status === 'CONFIRMED' && initialPaid >= row.initialDue;
      return { initialPaid, status: isPaid ? 'PAID' : row.status };
    }
    case 'ShipmentRecorded':
      return { status: row.status === 'PAID' ? 'SHIPPED' : row.status };
    case 'ReceiptConfirmed':
      return { status: 'RECEIVED' };
    case 'DisputeOpened':
    case 'DisputeReopened':
      return { openDisputes: [...row.openDisputes, fact.data.dispute] };
    case 'DisputeClosed':
      return { openDisputes: row.openDisputes.filter((open) => open !== fact.data.dispute) };
    case 'RefundIssued':
      return { refunded: row.refunded + fact.data.amount.amount };
    case 'RecoveryDemanded':
      return { owedBySupplier: row.owedBySupplier + fact.data.amount.amount };
    case 'RecoveryReceived':
    case 'RecoveryWrittenOff':
      return { owedBySupplier: row.owedBySupplier - fact.data.amount.amount };
    default:
      return fact satisfies never;
  }
}
