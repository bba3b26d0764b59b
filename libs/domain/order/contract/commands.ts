import type { Terms } from './terms.js';

export type ContractCommand =
  | {
      readonly type: 'DraftOrder';
      readonly data: {
        readonly orderId: string;
        readonly buyer: { readonly id: string; readonly name: string; readonly country: string };
        readonly supplierId: string;
        readonly policyId: string;
        readonly category: string;
        readonly terms: Terms;
        readonly reference?: string;
      };
    }
  | { readonly type: 'ProposeTerms'; readonly data: { readonly terms: Terms } }
  /** `termsHash` names the terms that the confirming party has read: others are refused. */
  | { readonly type: 'ConfirmContract'; readonly data: { readonly termsHash: string } }
  | {
      readonly type: 'RequestShipDateRevision';
      readonly data: { readonly shipDate: string; readonly reason?: string };
    }
  | { readonly type: 'AgreeShipDateRevision'; readonly data: { readonly revision: number } }
  | {
      readonly type: 'DeclineShipDateRevision';
      readonly data: { readonly revision: number; readonly reason?: string };
    }
  | { readonly type: 'CancelOrder'; readonly data: { readonly note?: string } }
  | { readonly type: 'CompleteOrder'; readonly data: Record<string, never> }
  | { readonly type: 'LeaveFeedback'; readonly data: { readonly rating: number; readonly text: string } };
