import type { Money } from '../../../kernel/money.js';
import type { Instant } from '../../../kernel/instant.js';
import type { Milestone, PaymentMethod } from '../../vocabulary.js';

export type FundsCommand =
  | {
      readonly type: 'RecordPayment';
      readonly data: {
        readonly paymentId: string;
        readonly milestone: Milestone;
        readonly method: PaymentMethod | 'OTHER';
        readonly amount: Money;
        readonly payerAccountName: string;
        readonly payerCountry: string;
        readonly paidAt?: Instant;
        readonly reference?: string;
      };
    }
  | {
      readonly type: 'RecordRelease';
      readonly data: { readonly releaseId: string; readonly amount: Money; readonly reference?: string };
    }
  | {
      readonly type: 'RecordRefund';
      readonly data:
        | {
            readonly refundId: string;
            readonly outcome: 'ISSUED';
            readonly amount: Money;
            readonly reference?: string;
          }
        | {
            readonly refundId: string;
            readonly outcome: 'FAILED';
            readonly amount: Money;
            readonly reason: string;
          };
    }
  /** Rule 13: a failed refund is instructed again. */
  | { readonly type: 'RetryRefund'; readonly data: { readonly refundId: string } }
  | {
      readonly type: 'RecordFee';
      readonly data: {
        readonly feeId: string;
        readonly kind: 'PAYMENT' | 'INSPECTION' | 'OTHER';
        readonly amount: Money;
        readonly chargedTo: 'buyer' | 'supplier' | 'platform';
        readonly reference?: string;
      };
    }
  | {
      readonly type: 'ReportChargeback';
      readonly data: {
        readonly chargebackId: string;
        readonly paymentId: string;
        readonly amount: Money;
        readonly reason?: string;
      };
    };
