import type { Order } from '../../../../libs/domain/order/state.js';
import type { CaseFile } from '../../../../projections/case-file/case-file.js';
import type { OrderDocument } from '../../api/documents.js';

/** What forms must know of an order so that they ask for nothing that the rules refuse. Amounts in minor units. */
export interface FormContext {
  readonly orderId: string;
  readonly dispute: number | undefined;
  readonly revision: string;
  readonly currency: string;
  /** Rule 20; undefined where the page does not know it. */
  readonly cap: number | undefined;
  readonly claimed: number | undefined;
  readonly terms: readonly Option[];
  readonly evidence: readonly Option[];
  readonly openOffers: readonly (Option & { readonly by: string })[];
  readonly openRequests: readonly (Option & { readonly from: string })[];
  readonly openRevisions: readonly Option[];
  readonly openDeadlines: readonly Option[];
  readonly failedRefunds: readonly Option[];
  readonly recoveries: readonly Option[];
  readonly unreportedInspections: readonly Option[];
  readonly termsHash: string | undefined;
}

export interface Option {
  readonly value: string;
  readonly label: string;
}

/** Terms that every contract has, beside its specification. */
export const TERMS_OF_EVERY_CONTRACT = ['SHIP_DATE', 'QUANTITY'] as const;

type Words = (code: string) => string;

export function contextOfCase(file: CaseFile, word: Words): FormContext {
  return {
    orderId: file.orderId,
    dispute: file.dispute,
    revision: file.revision,
    currency: file.money.currency,
    cap: file.cap.now.cap.amount,
    claimed: file.claim.claimed.amount,
    terms: termOptions(file.contract.specification, word),
    evidence: file.evidence.map(({ evidence, kind, fileName }) => ({
      value: String(evidence),
      label: `${evidence} · ${word(kind)} · ${fileName}`,
    })),
    openOffers: file.negotiation.offers
      .filter(({ state }) => state === 'OPEN')
      .map(({ offer, by }) => ({ value: String(offer), label: `${offer} · ${word(by)}`, by })),
    openRequests: file.requests
      .filter(({ state }) => state === 'OPEN')
      .map(({ request, from, question }) => ({
        value: String(request),
        label: `${request} · ${question}`,
        from,
      })),
    openRevisions: revisionOptions(file.goods.promised.revisions),
    openDeadlines: file.deadlines
      .filter(({ state }) => state === 'OPEN')
      .map((one) => deadlineOption(one, word)),
    failedRefunds: file.money.refunds
      .filter(({ state }) => state === 'FAILED')
      .map(({ refundId }) => same(refundId)),
    recoveries: file.money.recoveries
      .filter(({ state }) => state === 'OWED' || state === 'OVERDUE')
      .map(({ recoveryId }) => same(recoveryId)),
    unreportedInspections: file.goods.inspections
      .filter(({ report }) => report === undefined)
      .map(({ inspectionId }) => same(inspectionId)),
    termsHash: file.contract.confirmed?.termsHash,
  };
}

export function contextOfOrder(order: OrderDocument, word: Words): FormContext {
  return {
    orderId: order.orderId,
    dispute: undefined,
    revision: order.revision,
    currency: order.currency,
    cap: capOf(order),
    claimed: undefined,
    terms: termOptions(order.contract.terms.specification, word),
    evidence: [],
    openOffers: [],
    openRequests: [],
    openRevisions: revisionOptions(order.contract.shipDateRevisions),
    openDeadlines: order.deadlines
      .filter(({ state }) => state === 'OPEN')
      .map((one) => deadlineOption(one, word)),
    failedRefunds: order.funds.refunds
      .filter(({ state }) => state === 'FAILED')
      .map(({ refundId }) => same(refundId)),
    recoveries: order.recoveries.map(({ recoveryId }) => same(recoveryId)),
    unreportedInspections: order.inspections
      .filter(({ report }) => report === undefined)
      .map(({ inspectionId }) => same(inspectionId)),
    termsHash: order.contract.termsHash,
  };
}

/** For a hint only: the engine has the last word. Undefined before confirmation. */
function capOf({ contract: { confirmed }, funds }: Order): number | undefined {
  if (confirmed === undefined) return undefined;
  const eligible = funds.payments.reduce(
    (sum, { eligible: yes, amount, chargedBack }) => (yes ? sum + amount - chargedBack : sum),
    0,
  );
  return Math.max(0, Math.min(confirmed.coveredAmount, confirmed.supplier.limit, eligible) - funds.refunded);
}

const same = (value: string): Option => ({ value, label: value });

const termOptions = (
  specification: readonly { readonly id: string; readonly text: string }[],
  word: Words,
): Option[] => [
  ...specification.map(({ id, text }) => ({ value: id, label: `${id} · ${text.slice(0, 80)}` })),
  ...TERMS_OF_EVERY_CONTRACT.map((id) => ({ value: id, label: word(id) })),
];

const revisionOptions = (revisions: Order['contract']['shipDateRevisions']): Option[] =>
  revisions
    .filter(({ state }) => state === 'REQUESTED')
    .map(({ revision, shipDate }) => ({ value: String(revision), label: `${revision} · ${shipDate}` }));

const deadlineOption = (
  { deadline, kind, dueAt }: { deadline: string; kind: string; dueAt: string },
  word: Words,
): Option => ({
  value: deadline,
  label: `${word(kind)} · ${dueAt.slice(0, 16).replace('T', ' ')} UTC`,
});
