import { evidenceNow } from '../../../libs/domain/order/dispute/seal.js';
import type { EvidenceRequest } from '../../../libs/domain/order/state.js';
import type { EvidenceKind, Party } from '../../../libs/domain/vocabulary.js';
import type { Instant } from '../../../libs/kernel/instant.js';
import type { Fact } from '../../order-facts.js';
import { disputeFactsOf, type DisputeHistory } from '../history.js';

/** One file of the case, as its event describes it. The file itself lies under its hash. */
export interface Exhibit {
  readonly revision: string;
  readonly evidence: number;
  readonly kind: EvidenceKind;
  readonly by: string;
  readonly author: string;
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
  readonly mediaType: string;
  readonly fileName: string;
  readonly description?: string;
  /** Contract terms that it bears on. */
  readonly terms: readonly string[];
  /** The request that it answers. */
  readonly request: number | null;
  readonly submittedAt: Instant;
  /** The parties that may see it; absent: both. */
  readonly sealedTo?: readonly Party[];
}

export interface CaseRequest {
  readonly revision: string;
  readonly at: Instant;
  readonly request: number;
  readonly from: Party;
  readonly by: string;
  readonly kinds: readonly EvidenceKind[];
  readonly question: string;
  readonly dueAt: Instant;
  readonly state: EvidenceRequest['state'];
  /** Numbers of the evidence that answers it. */
  readonly answers: readonly number[];
}

export const exhibitsOf = (history: DisputeHistory): Exhibit[] =>
  disputeFactsOf(history, 'EvidenceSubmitted').map((fact) => exhibit(history, fact));

const exhibit = (
  { order }: DisputeHistory,
  { revision, data: { dispute, ...described } }: Fact<'EvidenceSubmitted'>,
): Exhibit => ({
  revision,
  ...described,
  sealedTo: evidenceNow(order, { dispute, evidence: described.evidence })?.sealedTo,
});

export function requestsOf(history: DisputeHistory): CaseRequest[] {
  const exhibits = exhibitsOf(history);
  return disputeFactsOf(history, 'EvidenceRequested').map(({ revision, at, data }) => ({
    revision,
    at,
    request: data.request,
    from: data.from,
    by: data.by,
    kinds: data.kinds,
    question: data.question,
    dueAt: dueNow(history, data) ?? data.dueAt,
    state: history.dispute.requests.find(({ request }) => request === data.request)?.state ?? 'OPEN',
    answers: exhibits.filter(({ request }) => request === data.request).map(({ evidence }) => evidence),
  }));
}

/** The request's own deadline may have been extended since. */
const dueNow = ({ order }: DisputeHistory, { dispute, request }: Fact<'EvidenceRequested'>['data']) =>
  order.deadlines.find(
    ({ kind, dispute: of, subject }) => kind === 'Evidence' && of === dispute && subject === String(request),
  )?.dueAt;
