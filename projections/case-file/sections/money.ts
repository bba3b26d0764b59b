import { balances } from '../../../libs/domain/order/funds/ledger.js';
import type { Recovery, Refund, Release } from '../../../libs/domain/order/state.js';
import type { Milestone } from '../../../libs/domain/vocabulary.js';
import type { Instant } from '../../../libs/kernel/instant.js';
import type { Money } from '../../../libs/kernel/money.js';
import type { Fact } from '../../order-facts.js';
import { factsOf, inOrderCurrency, type History } from '../history.js';

/** Rule 12: received = held + released + refunded + chargedBack; `balanced` says that it holds. */
export interface MoneyTable {
  readonly currency: string;
  /** Paid by methods that are covered. */
  readonly received: Money;
  readonly held: Money;
  readonly released: Money;
  readonly refunded: Money;
  readonly chargedBack: Money;
  /** Part of what was refunded that the platform paid (rule 11). */
  readonly advanced: Money;
  readonly balanced: boolean;
  /** Disputes that freeze what is held (rule 10). */
  readonly frozenBy: readonly number[];
  readonly payments: readonly CasePayment[];
  readonly refunds: readonly CaseRefund[];
  readonly releases: readonly CaseRelease[];
  readonly fees: readonly (Cited & {
    readonly feeId: string;
    readonly kind: string;
    readonly amount: Money;
    readonly chargedTo: string;
    readonly reference?: string;
  })[];
  readonly chargebacks: readonly (Cited & {
    readonly chargebackId: string;
    readonly paymentId: string;
    readonly amount: Money;
    readonly reason?: string;
  })[];
  /** What the supplier owes the platform (rule 30). */
  readonly recoveries: readonly CaseRecovery[];
}

/** Where it is written. */
interface Cited {
  readonly revision: string;
  readonly at: Instant;
}

export interface CasePayment extends Cited {
  readonly paymentId: string;
  readonly milestone: Milestone;
  readonly method: string;
  readonly amount: Money;
  readonly paidAt: Instant;
  readonly payer: { readonly accountName: string; readonly country: string };
  readonly reference?: string;
  readonly eligible: boolean;
  /** Why it is not covered (rule 8). */
  readonly reasons: readonly { readonly code: string; readonly message: string }[];
  readonly chargedBack: Money;
}

export interface CaseRefund {
  readonly refundId: string;
  readonly dispute: number | null;
  readonly amount: Money;
  readonly state: Refund['state'];
  /** Every instruction with what came of it, oldest first. */
  readonly attempts: readonly (Cited & {
    readonly attempt: number;
    readonly reason: string;
    readonly outcome?: Cited & { readonly issued: boolean; readonly note?: string };
  })[];
}

export interface CaseRelease extends Cited {
  readonly releaseId: string;
  readonly amount: Money;
  readonly state: Release['state'];
  readonly reason: string;
  readonly released?: Cited & { readonly reference?: string };
}

export interface CaseRecovery extends Cited {
  readonly recoveryId: string;
  readonly dispute: number | null;
  readonly amount: Money;
  readonly outstanding: Money;
  readonly state: Recovery['state'];
  readonly dueAt: Instant;
}

export function moneyOf(history: History): MoneyTable {
  const { currency, funds } = history.order;
  const amount = (minorUnits: number) => inOrderCurrency(history, minorUnits);
  return {
    currency,
    received: amount(funds.received),
    held: amount(funds.held),
    released: amount(funds.released),
    refunded: amount(funds.refunded),
    chargedBack: amount(funds.chargedBack),
    advanced: amount(funds.advanced),
    balanced: balances(funds),
    frozenBy: funds.frozenBy,
    payments: factsOf(history, 'PaymentReceived', 'PaymentMarkedIneligible').map((fact) =>
      payment(history, fact),
    ),
    refunds: funds.refunds.map((refund) => ({
      refundId: refund.refundId,
      dispute: refund.dispute,
      amount: amount(refund.amount),
      state: refund.state,
      attempts: attempts(history, refund.refundId),
    })),
    releases: factsOf(history, 'ReleaseInstructed').map((fact) => release(history, fact)),
    fees: factsOf(history, 'FeeCharged').map(
      ({ revision, at, data: { feeId, kind, amount: fee, chargedTo, reference } }) => ({
        revision,
        at,
        feeId,
        kind,
        amount: fee,
        chargedTo,
        reference,
      }),
    ),
    chargebacks: factsOf(history, 'ChargebackReported').map(({ revision, at, data }) => ({
      revision,
      at,
      chargebackId: data.chargebackId,
      paymentId: data.paymentId,
      amount: data.amount,
      reason: data.reason,
    })),
    recoveries: factsOf(history, 'RecoveryDemanded').map((fact) => recovery(history, fact)),
  };
}

function payment(
  history: History,
  { revision, at, type, data }: Fact<'PaymentReceived' | 'PaymentMarkedIneligible'>,
): CasePayment {
  const known = history.order.funds.payments.find(({ paymentId }) => paymentId === data.paymentId);
  return {
    revision,
    at,
    paidAt: data.paidAt,
    paymentId: data.paymentId,
    milestone: data.milestone,
    method: data.method,
    amount: data.amount,
    payer: { accountName: data.payerAccountName, country: data.payerCountry },
    reference: data.reference,
    eligible: type === 'PaymentReceived',
    reasons: 'reasons' in data ? data.reasons : [],
    chargedBack: { amount: known?.chargedBack ?? 0, currency: data.amount.currency },
  };
}

function attempts(history: History, id: string): CaseRefund['attempts'] {
  const outcomes = factsOf(history, 'RefundIssued', 'RefundFailed').filter(
    ({ data }) => data.refundId === id,
  );
  return factsOf(history, 'RefundInstructed')
    .filter(({ data }) => data.refundId === id)
    .map(({ revision, at, data: { attempt, reason } }) => {
      const outcome = outcomes.find(({ data }) => data.attempt === attempt);
      return {
        revision,
        at,
        attempt,
        reason,
        outcome: outcome && {
          revision: outcome.revision,
          at: outcome.at,
          issued: outcome.type === 'RefundIssued',
          note: outcome.type === 'RefundIssued' ? outcome.data.reference : outcome.data.reason,
        },
      };
    });
}

function release(history: History, { revision, at, data }: Fact<'ReleaseInstructed'>): CaseRelease {
  const { releaseId, amount, reason } = data;
  const done = factsOf(history, 'FundsReleased').find((fact) => fact.data.releaseId === releaseId);
  const known = history.order.funds.releases.find((one) => one.releaseId === releaseId);
  return {
    revision,
    at,
    releaseId,
    amount,
    state: known?.state ?? 'INSTRUCTED',
    reason,
    released: done && { revision: done.revision, at: done.at, reference: done.data.reference },
  };
}

function recovery(history: History, { revision, at, data }: Fact<'RecoveryDemanded'>): CaseRecovery {
  const known = history.order.recoveries.find(({ recoveryId }) => recoveryId === data.recoveryId);
  return {
    revision,
    at,
    recoveryId: data.recoveryId,
    dispute: data.dispute,
    amount: data.amount,
    outstanding: inOrderCurrency(history, known?.outstanding ?? data.amount.amount),
    state: known?.state ?? 'OWED',
    dueAt: data.dueAt,
  };
}
