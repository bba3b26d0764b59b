import type { Instant } from '../../../kernel/instant.js';
import type { Money } from '../../../kernel/money.js';
import type { EvidenceKind, FindingCode, Ground, Party, ReasonCode, Remedy } from '../../vocabulary.js';

export interface Offer {
  readonly remedies: readonly Remedy[];
  /** The refund in it; zero where it holds none. */
  readonly amount: Money;
  readonly message?: string;
  readonly expiresAt?: Instant;
}

export interface Ruling {
  readonly dispute: number;
  /** Basis points: 10,000 is the whole. */
  readonly liability: number;
  readonly remedies: readonly Remedy[];
  readonly reasonCodes: readonly (ReasonCode | FindingCode)[];
  readonly evidence: readonly number[];
  readonly terms: readonly string[];
  /** Revision of the order that the arbitrator had seen, decimal text. */
  readonly fileRevision: string;
  readonly statement: string;
}

export type DisputeCommand =
  | {
      readonly type: 'OpenDispute';
      readonly data: {
        readonly ground: Ground;
        readonly claimed: Money;
        readonly statement: string;
        readonly terms: readonly string[];
        readonly desiredRemedy: Remedy;
      };
    }
  | {
      readonly type: 'AmendClaim';
      readonly data: {
        readonly dispute: number;
        readonly claimed: Money;
        readonly statement: string;
        readonly terms: readonly string[];
      };
    }
  | {
      readonly type: 'RespondToDispute';
      readonly data:
        | { readonly dispute: number; readonly response: 'ACCEPT'; readonly statement: string }
        | {
            readonly dispute: number;
            readonly response: 'REJECT';
            readonly statement: string;
            readonly reasonCodes: readonly ReasonCode[];
          }
        | {
            readonly dispute: number;
            readonly response: 'COUNTER';
            readonly statement: string;
            readonly offer: Offer;
          };
    }
  | { readonly type: 'ProposeSettlement'; readonly data: { readonly dispute: number } & Offer }
  | { readonly type: 'AcceptSettlement'; readonly data: { readonly dispute: number; readonly offer: number } }
  | {
      readonly type: 'RejectSettlement';
      readonly data: { readonly dispute: number; readonly offer: number; readonly reason?: string };
    }
  | { readonly type: 'PostMessage'; readonly data: { readonly dispute: number; readonly text: string } }
  | {
      readonly type: 'SubmitEvidence';
      readonly data: {
        readonly dispute: number;
        readonly kind: EvidenceKind;
        readonly sha256: string;
        readonly size: number;
        readonly mediaType: string;
        readonly fileName: string;
        readonly description?: string;
        readonly terms?: readonly string[];
        readonly request?: number;
        readonly sealedTo?: readonly Party[];
      };
    }
  | {
      readonly type: 'ChangeEvidenceSeal';
      readonly data: {
        readonly dispute: number;
        readonly evidence: number;
        /** Left out: both parties may see it, as everyone else may who sees the order. */
        readonly sealedTo?: readonly Party[];
        readonly reason: string;
      };
    }
  | {
      readonly type: 'RequestEvidence';
      readonly data: {
        readonly dispute: number;
        readonly from: Party;
        readonly kinds: readonly EvidenceKind[];
        readonly question: string;
      };
    }
  | { readonly type: 'EscalateDispute'; readonly data: { readonly dispute: number } }
  | {
      readonly type: 'AssignArbitrator';
      readonly data: {
        readonly dispute: number;
        readonly arbitrator: string;
        readonly conflicts?: readonly string[];
      };
    }
  | {
      readonly type: 'RecuseArbitrator';
      readonly data: { readonly dispute: number; readonly reason: string };
    }
  | { readonly type: 'IssueDetermination'; readonly data: Ruling }
  | { readonly type: 'LodgeAppeal'; readonly data: { readonly dispute: number; readonly statement: string } }
  | { readonly type: 'DecideAppeal'; readonly data: Ruling }
  | {
      readonly type: 'WithdrawDispute';
      readonly data: { readonly dispute: number; readonly reason?: string };
    }
  | {
      readonly type: 'ReopenDispute';
      readonly data: { readonly dispute: number; readonly statement: string };
    };
