import type { Terms } from '../../../libs/domain/order/contract/terms.js';
import type { PolicyParameters } from '../../../libs/domain/policy/parameters.js';
import type { EvidenceKind, Party } from '../../../libs/domain/vocabulary.js';
import type { Instant } from '../../../libs/kernel/instant.js';
import type { Money } from '../../../libs/kernel/money.js';
import { disputeFactsOf, factsOf, inOrderCurrency, type DisputeHistory } from '../history.js';

export interface Parties {
  readonly buyer: { readonly id: string; readonly name: string; readonly country: string };
  readonly supplier: {
    readonly id: string;
    /** The rest is the supplier's standing when the contract was confirmed. */
    readonly name?: string;
    readonly country?: string;
    readonly qualified?: boolean;
    readonly limit?: Money;
  };
}

/** What was agreed, frozen when the contract was confirmed (rule 4). */
export interface CaseContract {
  readonly reference?: string;
  readonly category: string;
  readonly draftedBy: Party;
  readonly terms: Terms;
  readonly confirmed?: {
    readonly revision: string;
    readonly at: Instant;
    readonly by: Party;
    readonly termsHash: string;
    readonly coveredAmount: Money;
    /** Rule 6: what the parties were warned of. */
    readonly weaknesses: readonly { readonly code: string; readonly message: string }[];
  };
  readonly policy: {
    readonly id: string;
    /** Absent until the contract was confirmed: nothing is frozen before. */
    readonly version?: number;
    readonly parameters?: PolicyParameters;
  };
  /** The specification with what bears on each of its terms. */
  readonly specification: readonly SpecifiedTerm[];
}

export interface SpecifiedTerm {
  readonly id: string;
  readonly aspect: string;
  readonly text: string;
  readonly measurable: boolean;
  readonly claimed: boolean;
  /** Rule 17: the buyer accepted that it is not met. */
  readonly waived: boolean;
  /** Numbers of the dispute's evidence that names it. */
  readonly evidence: readonly { readonly evidence: number; readonly kind: EvidenceKind }[];
  /** What inspections found about it, oldest first. */
  readonly findings: readonly {
    readonly inspectionId: string;
    readonly conforms: boolean;
    readonly note?: string;
  }[];
}

export function partiesOf(history: DisputeHistory): Parties {
  const { buyer, supplierId } = history.order;
  const standing = factsOf(history, 'ContractConfirmed').at(-1)?.data.supplier;
  return {
    buyer,
    supplier: {
      id: supplierId,
      name: standing?.name,
      country: standing?.country,
      qualified: standing?.qualified,
      limit: standing?.limit,
    },
  };
}

export function contractOf(history: DisputeHistory): CaseContract {
  const { category, contract, policyId, reference } = history.order;
  const { confirmed, draftedBy, terms } = contract;
  return {
    reference,
    category,
    draftedBy,
    terms,
    confirmed: confirmed && {
      revision: factsOf(history, 'ContractConfirmed').at(-1)?.revision ?? '',
      at: confirmed.at,
      by: confirmed.by,
      termsHash: confirmed.termsHash,
      coveredAmount: inOrderCurrency(history, confirmed.coveredAmount),
      weaknesses: confirmed.weaknesses,
    },
    policy: { id: policyId, version: confirmed?.policyVersion, parameters: confirmed?.policy },
    specification: terms.specification.map((term) => specified(history, term)),
  };
}

function specified(history: DisputeHistory, term: Terms['specification'][number]): SpecifiedTerm {
  const { dispute, order } = history;
  return {
    id: term.id,
    aspect: term.aspect,
    text: term.text,
    measurable: term.measurable,
    claimed: dispute.terms.includes(term.id),
    waived: order.fulfilment.waived.includes(term.id),
    evidence: disputeFactsOf(history, 'EvidenceSubmitted')
      .filter(({ data }) => data.terms.includes(term.id))
      .map(({ data: { evidence, kind } }) => ({ evidence, kind })),
    findings: order.inspections.flatMap(({ inspectionId, report }) =>
      (report?.findings ?? [])
        .filter((finding) => finding.term === term.id)
        .map(({ conforms, note }) => ({ inspectionId, conforms, note })),
    ),
  };
}
