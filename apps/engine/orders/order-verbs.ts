import type { OrderCommand } from '../../../libs/domain/order/commands.js';
import {
  AgreeShipDateRevisionBody,
  CancelOrderBody,
  CompleteOrderBody,
  ConfirmContractBody,
  DeclineShipDateRevisionBody,
  DraftOrderBody,
  LeaveFeedbackBody,
  ProposeTermsBody,
  RequestShipDateRevisionBody,
} from '../bodies/contract.js';
import { ExtendDeadlineBody } from '../bodies/deadlines.js';
import {
  ConfirmReceiptBody,
  RecordCustomsClearanceBody,
  RecordShipmentBody,
  WaiveNonconformityBody,
} from '../bodies/fulfilment.js';
import {
  RecordFeeBody,
  RecordPaymentBody,
  RecordRefundBody,
  RecordReleaseBody,
  ReportChargebackBody,
  RetryRefundBody,
} from '../bodies/funds.js';
import { BookInspectionBody, ReportInspectionBody } from '../bodies/inspection.js';
import { RecordRecoveryBody, WriteOffRecoveryBody } from '../bodies/recovery.js';
import type { Verb } from '../http/verb.js';
import { SHA256, draftOrder, terms, usd } from './examples.js';

type OrderVerb = Verb<OrderCommand['type']>;

/** `POST /v1/orders` */
export const draftOrderVerb: OrderVerb = {
  command: 'DraftOrder',
  verb: 'draft',
  title: 'Draft an order',
  body: DraftOrderBody,
  example: draftOrder,
};

/** `POST /v1/orders/{orderId}/{verb}` */
export const orderVerbs: readonly OrderVerb[] = [
  {
    command: 'ProposeTerms',
    verb: 'propose-terms',
    title: 'Propose other terms',
    body: ProposeTermsBody,
    example: { terms },
  },
  {
    command: 'ConfirmContract',
    verb: 'confirm-contract',
    title: 'Confirm the contract',
    body: ConfirmContractBody,
    example: { termsHash: SHA256 },
  },
  {
    command: 'RequestShipDateRevision',
    verb: 'request-ship-date-revision',
    title: 'Ask for a later ship date',
    body: RequestShipDateRevisionBody,
    example: { shipDate: '2026-04-15', reason: 'The dye house closes for a week.' },
  },
  {
    command: 'AgreeShipDateRevision',
    verb: 'agree-ship-date-revision',
    title: 'Agree to the later ship date',
    body: AgreeShipDateRevisionBody,
    example: { revision: 1 },
  },
  {
    command: 'DeclineShipDateRevision',
    verb: 'decline-ship-date-revision',
    title: 'Decline the later ship date',
    body: DeclineShipDateRevisionBody,
    example: { revision: 1, reason: 'The season starts on 1 April.' },
  },
  {
    command: 'CancelOrder',
    verb: 'cancel',
    title: 'Cancel the order',
    body: CancelOrderBody,
    example: { note: 'Ordered twice by mistake.' },
  },
  {
    command: 'CompleteOrder',
    verb: 'complete',
    title: 'Complete the order',
    body: CompleteOrderBody,
    example: {},
  },
  {
    command: 'LeaveFeedback',
    verb: 'leave-feedback',
    title: 'Leave feedback',
    body: LeaveFeedbackBody,
    example: { rating: 5, text: 'Colour as agreed, cartons dry.' },
  },
  {
    command: 'RecordPayment',
    verb: 'record-payment',
    title: 'Record a payment',
    body: RecordPaymentBody,
    example: {
      paymentId: 'P-1',
      milestone: 'INITIAL',
      method: 'TELEGRAPHIC_TRANSFER',
      amount: usd(300_000),
      payerAccountName: 'Harbour Retail LLC',
      payerCountry: 'US',
      reference: 'SWIFT 20260301-17',
    },
  },
  {
    command: 'RecordRelease',
    verb: 'record-release',
    title: 'Record that a release was carried out',
    body: RecordReleaseBody,
    example: { releaseId: 'release-1', amount: usd(1_000_000) },
  },
  {
    command: 'RecordRefund',
    verb: 'record-refund',
    title: 'Record what came of a refund',
    body: RecordRefundBody,
    example: { refundId: 'refund-1', outcome: 'ISSUED', amount: usd(300_000), reference: 'SWIFT 20260420-3' },
  },
  {
    command: 'RetryRefund',
    verb: 'retry-refund',
    title: 'Try a failed refund again',
    body: RetryRefundBody,
    example: { refundId: 'refund-1' },
  },
  {
    command: 'RecordFee',
    verb: 'record-fee',
    title: 'Record a fee',
    body: RecordFeeBody,
    example: { feeId: 'F-1', kind: 'PAYMENT', amount: usd(4_000), chargedTo: 'buyer' },
  },
  {
    command: 'ReportChargeback',
    verb: 'report-chargeback',
    title: 'Report a chargeback',
    body: ReportChargebackBody,
    example: { chargebackId: 'C-1', paymentId: 'P-1', amount: usd(100_000), reason: 'Not as described' },
  },
  {
    command: 'RecordShipment',
    verb: 'record-shipment',
    title: 'Record a shipment',
    body: RecordShipmentBody,
    example: { shipmentId: 'SH-1', carrier: 'Ocean Star', trackingNumber: 'OSTU1234567', quantity: 5_000 },
  },
  {
    command: 'RecordCustomsClearance',
    verb: 'record-customs-clearance',
    title: 'Record the customs clearance',
    body: RecordCustomsClearanceBody,
    example: { reference: 'ENTRY 99-1' },
  },
  {
    command: 'ConfirmReceipt',
    verb: 'confirm-receipt',
    title: 'Confirm receipt',
    body: ConfirmReceiptBody,
    example: { quantity: 5_000 },
  },
  {
    command: 'WaiveNonconformity',
    verb: 'waive-nonconformity',
    title: 'Waive a non-conformity',
    body: WaiveNonconformityBody,
    example: { terms: ['weight'], statement: 'The lighter canvas will do for this order.' },
  },
  {
    command: 'BookInspection',
    verb: 'book-inspection',
    title: 'Book an inspection',
    body: BookInspectionBody,
    example: { inspectionId: 'IN-1', stage: 'PRE_SHIPMENT', by: 'THIRD_PARTY', inspectorId: 'I1' },
  },
  {
    command: 'ReportInspection',
    verb: 'report-inspection',
    title: 'Report an inspection',
    body: ReportInspectionBody,
    example: {
      inspectionId: 'IN-1',
      result: 'FAIL',
      findings: [{ term: 'colour', conforms: false, note: 'ΔE 4.2' }],
      reportHash: SHA256,
    },
  },
  {
    command: 'RecordRecovery',
    verb: 'record-recovery',
    title: 'Record what the supplier paid back',
    body: RecordRecoveryBody,
    example: { recoveryId: 'recovery-1', amount: usd(300_000) },
  },
  {
    command: 'WriteOffRecovery',
    verb: 'write-off-recovery',
    title: 'Write a recovery off',
    body: WriteOffRecoveryBody,
    example: { recoveryId: 'recovery-1', reason: 'The supplier is insolvent.' },
  },
  {
    command: 'ExtendDeadline',
    verb: 'extend-deadline',
    title: 'Extend a deadline',
    body: ExtendDeadlineBody,
    example: { deadline: 'SupplierResponse.1', to: '2026-04-20T00:00:00.000Z', reason: 'Public holidays' },
  },
];
