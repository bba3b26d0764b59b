import { formatMoney } from '../../../kernel/money.js';
import { inWords, quoted, saying, told, type Told } from '../../prose.js';
import type { FundsEvent } from './events.js';

const withReference = (reference: string | undefined): string =>
  reference === undefined ? '' : ` (reference ${reference})`;

const inDispute = (dispute: number | null): string => (dispute === null ? '' : ` in dispute ${dispute}`);

export function narrateFunds({ type, data }: FundsEvent, who: string): Told {
  switch (type) {
    case 'PaymentReceived':
      return told(
        `${who} recorded payment ${data.paymentId}: ${formatMoney(data.amount)} by ${inWords(data.method)} from ` +
          `${data.payerAccountName} (${data.payerCountry}), ${inWords(data.milestone)} payment, covered.`,
        8,
        9,
      );
    case 'PaymentMarkedIneligible':
      return told(
        `${who} recorded payment ${data.paymentId}: ${formatMoney(data.amount)} by ${inWords(data.method)} from ` +
          `${data.payerAccountName} (${data.payerCountry}). It is not covered: ` +
          // Sentences of their own.
          data.reasons.map(({ message }) => message).join(' '),
        8,
      );
    case 'FundsFrozen':
      return told(`${formatMoney(data.held)} held were frozen while dispute ${data.dispute} is open.`, 10);
    case 'FundsUnfrozen':
      return told(`Dispute ${data.dispute} no longer freezes the ${formatMoney(data.held)} held.`, 10);
    case 'ReleaseInstructed':
      return told(
        `The payment service was instructed to release ${formatMoney(data.amount)} to ${data.payee} ` +
          `(${data.releaseId}): ${inWords(data.reason)}.`,
        13,
      );
    case 'FundsReleased':
      return told(
        `${formatMoney(data.amount)} were released to the supplier (${data.releaseId})${withReference(data.reference)}.`,
        12,
        13,
      );
    case 'RefundInstructed':
      return told(
        `The payment service was instructed to refund ${formatMoney(data.amount)} to ${data.payee}${inDispute(data.dispute)} ` +
          `(${data.refundId}, attempt ${data.attempt}): ${inWords(data.reason)}.`,
        11,
        13,
      );
    case 'RefundIssued':
      return told(
        `${formatMoney(data.amount)} were refunded to the buyer (${data.refundId})${withReference(data.reference)}` +
          (data.advanced.amount === 0
            ? '.'
            : `; ${formatMoney(data.advanced)} of it was advanced by the platform.`),
        11,
        12,
      );
    case 'RefundFailed':
      return told(
        `The refund of ${formatMoney(data.amount)} failed (${data.refundId}, attempt ${data.attempt}): ${quoted(data.reason)}.`,
        13,
      );
    case 'FeeCharged':
      return told(
        `A fee of ${formatMoney(data.amount)} (${inWords(data.kind)}) was charged to the ${data.chargedTo}` +
          `${withReference(data.reference)}.`,
        data.kind === 'INSPECTION' ? 29 : 8,
      );
    case 'ChargebackReported':
      return told(
        `${who} reported that the payer’s bank took back ${formatMoney(data.amount)} of payment ${data.paymentId}` +
          `${saying(data.reason)}.`,
        32,
      );
    default:
      return type satisfies never;
  }
}
