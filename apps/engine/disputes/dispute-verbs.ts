import type { OrderCommand } from '../../../libs/domain/order/commands.js';
import {
  AcceptSettlementBody,
  AmendClaimBody,
  AssignArbitratorBody,
  ChangeEvidenceSealBody,
  DecideAppealBody,
  EscalateDisputeBody,
  IssueDeterminationBody,
  LodgeAppealBody,
  OpenDisputeBody,
  PostMessageBody,
  ProposeSettlementBody,
  RecuseArbitratorBody,
  RejectSettlementBody,
  ReopenDisputeBody,
  RequestEvidenceBody,
  RespondToDisputeBody,
  SubmitEvidenceBody,
  WithdrawDisputeBody,
} from '../bodies/dispute.js';
import { CommissionInspectionBody } from '../bodies/inspection.js';
import type { Verb } from '../http/verb.js';
import { SHA256, usd } from '../orders/examples.js';

type DisputeVerb = Verb<OrderCommand['type']>;

/** `POST /v1/orders/{orderId}/disputes` */
export const openDisputeVerb: DisputeVerb = {
  command: 'OpenDispute',
  verb: 'open-dispute',
  title: 'Open a dispute',
  body: OpenDisputeBody,
  example: {
    ground: 'LATE_SHIPMENT',
    claimed: usd(300_000),
    statement: 'Nothing has been shipped, eleven days after the promised day.',
    terms: [],
    desiredRemedy: 'FULL_REFUND',
  },
};

const ruling = {
  liability: 10_000,
  remedies: ['FULL_REFUND'],
  reasonCodes: ['NOT_SHIPPED'],
  evidence: [1],
  terms: [],
  fileRevision: '12',
  statement: 'No shipment by the promised day, and none since.',
};

/** `POST /v1/orders/{orderId}/disputes/{dispute}/{verb}` */
export const disputeVerbs: readonly DisputeVerb[] = [
  {
    command: 'AmendClaim',
    verb: 'amend-claim',
    title: 'Amend the claim',
    body: AmendClaimBody,
    example: { claimed: usd(250_000), statement: 'Part of the goods came after all.', terms: [] },
  },
  {
    command: 'RespondToDispute',
    verb: 'respond',
    title: 'Respond to the dispute',
    body: RespondToDisputeBody,
    example: {
      response: 'REJECT',
      statement: 'The goods were handed over in time.',
      reasonCodes: ['GOODS_CONFORM'],
    },
  },
  {
    command: 'ProposeSettlement',
    verb: 'propose-settlement',
    title: 'Propose a settlement',
    body: ProposeSettlementBody,
    example: { remedies: ['PARTIAL_REFUND'], amount: usd(150_000), message: 'Half, and we ship on Friday.' },
  },
  {
    command: 'AcceptSettlement',
    verb: 'accept-settlement',
    title: 'Accept the settlement',
    body: AcceptSettlementBody,
    example: { offer: 1 },
  },
  {
    command: 'RejectSettlement',
    verb: 'reject-settlement',
    title: 'Reject the settlement',
    body: RejectSettlementBody,
    example: { offer: 1, reason: 'Too little.' },
  },
  {
    command: 'PostMessage',
    verb: 'post-message',
    title: 'Post a message',
    body: PostMessageBody,
    example: { text: 'When will the goods leave the factory?' },
  },
  {
    command: 'SubmitEvidence',
    verb: 'submit-evidence',
    title: 'Submit evidence',
    body: SubmitEvidenceBody,
    example: {
      kind: 'SHIPPING_DOCUMENT',
      sha256: SHA256,
      size: 183_442,
      mediaType: 'application/pdf',
      fileName: 'bill-of-lading.pdf',
    },
  },
  {
    command: 'ChangeEvidenceSeal',
    verb: 'change-evidence-seal',
    title: 'Change who may see evidence',
    body: ChangeEvidenceSealBody,
    example: { evidence: 1, sealedTo: ['supplier'], reason: 'It holds prices of other buyers.' },
  },
  {
    command: 'RequestEvidence',
    verb: 'request-evidence',
    title: 'Request evidence',
    body: RequestEvidenceBody,
    example: { from: 'supplier', kinds: ['SHIPPING_DOCUMENT'], question: 'When were the goods handed over?' },
  },
  {
    command: 'EscalateDispute',
    verb: 'escalate',
    title: 'Escalate the dispute',
    body: EscalateDisputeBody,
    example: {},
  },
  {
    command: 'AssignArbitrator',
    verb: 'assign-arbitrator',
    title: 'Assign an arbitrator',
    body: AssignArbitratorBody,
    example: { arbitrator: 'A1', conflicts: ['S7'] },
  },
  {
    command: 'RecuseArbitrator',
    verb: 'recuse-arbitrator',
    title: 'Recuse the arbitrator',
    body: RecuseArbitratorBody,
    example: { reason: 'I have advised the supplier before.' },
  },
  {
    command: 'CommissionInspection',
    verb: 'commission-inspection',
    title: 'Commission an inspection',
    body: CommissionInspectionBody,
    example: {
      inspectionId: 'IN-2',
      stage: 'POST_DELIVERY',
      inspectorId: 'I1',
      question: 'Does the weight of the canvas conform?',
      fee: usd(25_000),
    },
  },
  {
    command: 'IssueDetermination',
    verb: 'issue-determination',
    title: 'Issue the determination',
    body: IssueDeterminationBody,
    example: ruling,
  },
  {
    command: 'LodgeAppeal',
    verb: 'lodge-appeal',
    title: 'Lodge an appeal',
    body: LodgeAppealBody,
    example: { statement: 'The bill of lading was not considered.' },
  },
  {
    command: 'DecideAppeal',
    verb: 'decide-appeal',
    title: 'Decide the appeal',
    body: DecideAppealBody,
    example: { ...ruling, liability: 5_000, remedies: ['PARTIAL_REFUND'], fileRevision: '19' },
  },
  {
    command: 'WithdrawDispute',
    verb: 'withdraw',
    title: 'Withdraw the dispute',
    body: WithdrawDisputeBody,
    example: { reason: 'The goods have arrived.' },
  },
  {
    command: 'ReopenDispute',
    verb: 'reopen',
    title: 'Reopen the dispute',
    body: ReopenDisputeBody,
    example: { statement: 'Here is the evidence that was missing.' },
  },
];
