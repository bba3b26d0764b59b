import type { Money } from '../../kernel/money.js';

export type SupplierCommand =
  | {
      readonly type: 'EnrolSupplier';
      readonly data: { readonly supplierId: string; readonly name: string; readonly country: string };
    }
  | {
      readonly type: 'AssessSupplier';
      readonly data: {
        readonly tradeHistory: boolean;
        readonly qualifications: boolean;
        readonly legalStatus: boolean;
        readonly note?: string;
      };
    }
  | { readonly type: 'SetAssuranceLimit'; readonly data: { readonly limit: Money } }
  | { readonly type: 'SuspendSupplier'; readonly data: { readonly note?: string } }
  | { readonly type: 'ReinstateSupplier'; readonly data: { readonly note?: string } }
  /** Sent by the engine, never by a caller: keeps the supplier's coverage in step with its orders. */
  | {
      readonly type: 'ReserveCoverage';
      readonly data: {
        readonly orderId: string;
        readonly amount: Money;
        readonly kind: 'ORDER' | 'RECOVERY';
      };
    }
  | {
      readonly type: 'ReleaseCoverage';
      readonly data: {
        readonly orderId: string;
        readonly amount?: Money;
        readonly kind: 'ORDER' | 'RECOVERY';
      };
    }
  | { readonly type: 'SuspendForRecovery'; readonly data: { readonly orderId: string } };
