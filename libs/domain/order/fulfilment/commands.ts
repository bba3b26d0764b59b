import type { Instant } from '../../../kernel/instant.js';

export type FulfilmentCommand =
  | {
      readonly type: 'RecordShipment';
      readonly data: {
        readonly shipmentId: string;
        readonly shippedAt?: Instant;
        readonly carrier: string;
        readonly trackingNumber?: string;
        readonly quantity?: number;
      };
    }
  | {
      readonly type: 'RecordCustomsClearance';
      readonly data: { readonly clearedAt?: Instant; readonly reference?: string };
    }
  | { readonly type: 'ConfirmReceipt'; readonly data: { readonly quantity?: number } }
  | {
      readonly type: 'WaiveNonconformity';
      readonly data: {
        readonly terms: readonly string[];
        readonly statement: string;
        readonly inspectionId?: string;
      };
    };
