import * as api from '../../api/generated/sdk.gen.js';
import type { CommandHeaders } from '../../api/send.js';

export interface Operation {
  (options: {
    readonly path: { readonly orderId: string; readonly dispute?: string };
    readonly body: object;
    readonly headers: CommandHeaders;
    readonly throwOnError: true;
  }): Promise<{ readonly data: unknown }>;
}

/** The generated client's call for each link. */
export const OPERATIONS = {
  'open-dispute': api.openDispute,
  'amend-claim': api.amendClaim,
  respond: api.respondToDispute,
  'propose-settlement': api.proposeSettlement,
  'accept-settlement': api.acceptSettlement,
  'reject-settlement': api.rejectSettlement,
  'post-message': api.postMessage,
  'submit-evidence': api.submitEvidence,
  'request-evidence': api.requestEvidence,
  escalate: api.escalateDispute,
  'recuse-arbitrator': api.recuseArbitrator,
  'commission-inspection': api.commissionInspection,
  'issue-determination': api.issueDetermination,
  'lodge-appeal': api.lodgeAppeal,
  'decide-appeal': api.decideAppeal,
  withdraw: api.withdrawDispute,
  reopen: api.reopenDispute,
  'confirm-contract': api.confirmContract,
  'request-ship-date-revision': api.requestShipDateRevision,
  'agree-ship-date-revision': api.agreeShipDateRevision,
  'decline-ship-date-revision': api.declineShipDateRevision,
  cancel: api.cancelOrder,
  complete: api.completeOrder,
  'leave-feedback': api.leaveFeedback,
  'record-shipment': api.recordShipment,
  'confirm-receipt': api.confirmReceipt,
  'waive-nonconformity': api.waiveNonconformity,
  'book-inspection': api.bookInspection,
  'retry-refund': api.retryRefund,
  'write-off-recovery': api.writeOffRecovery,
  'extend-deadline': api.extendDeadline,
} as unknown as Readonly<Record<string, Operation>>;
