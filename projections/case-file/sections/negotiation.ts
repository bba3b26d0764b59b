import type { SettlementOffer } from '../../../libs/domain/order/state.js';
import type { Party, ReasonCode, Remedy, Response } from '../../../libs/domain/vocabulary.js';
import type { Instant } from '../../../libs/kernel/instant.js';
import type { Money } from '../../../libs/kernel/money.js';
import { disputeFactsOf, type DisputeHistory } from '../history.js';

/** What the parties said to each other: the supplier's response, offers, messages. */
export interface Negotiation {
  readonly response?: {
    readonly revision: string;
    readonly at: Instant;
    readonly response: Response;
    readonly reasonCodes: readonly ReasonCode[];
    readonly statement: string;
  };
  /** Parties that may escalate by hand by now (rule 24). */
  readonly mayEscalate: readonly Party[];
  readonly offers: readonly CaseOffer[];
  readonly messages: readonly {
    readonly revision: string;
    readonly at: Instant;
    readonly message: number;
    readonly by: string;
    readonly author: string;
    readonly text: string;
  }[];
}

export interface CaseOffer {
  readonly revision: string;
  readonly at: Instant;
  readonly offer: number;
  readonly by: Party;
  readonly remedies: readonly Remedy[];
  readonly amount: Money;
  readonly message?: string;
  readonly expiresAt: Instant | null;
  readonly state: SettlementOffer['state'];
  /** Why it was rejected, where the other party said so. */
  readonly rejection?: string;
}

export function negotiationOf(history: DisputeHistory): Negotiation {
  const { dispute } = history;
  const response = disputeFactsOf(history, 'SupplierResponded').at(-1);
  const rejections = disputeFactsOf(history, 'SettlementRejected');
  return {
    response: response && {
      revision: response.revision,
      at: response.at,
      response: response.data.response,
      reasonCodes: response.data.reasonCodes,
      statement: response.data.statement,
    },
    mayEscalate: dispute.mayEscalate,
    offers: disputeFactsOf(history, 'SettlementProposed').map(({ revision, at, data }) => ({
      revision,
      at,
      offer: data.offer,
      by: data.by,
      remedies: data.remedies,
      amount: data.amount,
      message: data.message,
      expiresAt: data.expiresAt,
      state: dispute.offers.find(({ offer }) => offer === data.offer)?.state ?? 'SUPERSEDED',
      rejection: rejections.find((fact) => fact.data.offer === data.offer)?.data.reason,
    })),
    messages: disputeFactsOf(history, 'MessagePosted').map(({ revision, at, data }) => ({
      revision,
      at,
      message: data.message,
      by: data.by,
      author: data.author,
      text: data.text,
    })),
  };
}
