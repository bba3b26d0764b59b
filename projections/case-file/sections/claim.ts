import type { Order } from '../../../libs/domain/order/state.js';
import { enumerated, inWords, quoted } from '../../../libs/domain/prose.js';
import type { Ground, Remedy } from '../../../libs/domain/vocabulary.js';
import type { Instant } from '../../../libs/kernel/instant.js';
import { formatMoney, type Money } from '../../../libs/kernel/money.js';
import { disputeFactsOf, inOrderCurrency, type DisputeHistory } from '../history.js';

/** What the buyer claims, as it stands, and how it came to stand so. */
export interface Claim {
  /** The whole of it in one sentence. */
  readonly sentence: string;
  readonly ground: Ground;
  readonly claimed: Money;
  readonly desiredRemedy: Remedy;
  readonly statement: string;
  /** Ids of the contract terms that it is about. */
  readonly terms: readonly string[];
  readonly openedAt: Instant;
  /** Revision of the event that the claim stands on. */
  readonly revision: string;
  /** Oldest first; the last is what stands. */
  readonly versions: readonly {
    readonly revision: string;
    readonly at: Instant;
    readonly claimed: Money;
    readonly statement: string;
    readonly terms: readonly string[];
  }[];
  readonly reopened: readonly {
    readonly revision: string;
    readonly at: Instant;
    readonly statement: string;
  }[];
}

export function claimOf(history: DisputeHistory): Claim {
  const { dispute, order } = history;
  const versions = disputeFactsOf(history, 'DisputeOpened', 'ClaimAmended').map(({ revision, at, data }) => ({
    revision,
    at,
    claimed: data.claimed,
    statement: data.statement,
    terms: data.terms,
  }));
  const standing = versions.at(-1);
  const claimed = inOrderCurrency(history, dispute.claimed);
  const statement = standing?.statement ?? '';
  return {
    sentence:
      `${order.buyer.name} claims ${formatMoney(claimed)} from ${supplierName(order)} for ${inWords(dispute.ground)}` +
      (dispute.terms.length === 0 ? '' : ` (${enumerated(dispute.terms)})`) +
      ` and asks for ${inWords(dispute.desiredRemedy)}: ${quoted(statement)}.`,
    ground: dispute.ground,
    claimed,
    desiredRemedy: dispute.desiredRemedy,
    statement,
    terms: dispute.terms,
    openedAt: dispute.openedAt,
    revision: standing?.revision ?? '',
    versions,
    reopened: disputeFactsOf(history, 'DisputeReopened').map(({ revision, at, data }) => ({
      revision,
      at,
      statement: data.statement,
    })),
  };
}

/** By name once the contract was confirmed; until then only the id is known. */
export const supplierName = ({ contract, supplierId }: Order): string =>
  contract.confirmed?.supplier.name ?? supplierId;
