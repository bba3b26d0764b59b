import type { PolicyParameters } from './parameters.js';

export type PolicyCommand =
  | {
      readonly type: 'DraftPolicy';
      readonly data: {
        readonly policyId: string;
        readonly title: string;
        readonly parameters: PolicyParameters;
      };
    }
  /** Needs another admin than the one who drafted. */
  | { readonly type: 'PublishPolicy'; readonly data: { readonly version: number } }
  | { readonly type: 'RetirePolicy'; readonly data: { readonly version: number; readonly reason?: string } };
