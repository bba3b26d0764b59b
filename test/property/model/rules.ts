import type { PresetId } from '../../../libs/domain/policy/presets.js';
import type { Role } from '../../../libs/domain/vocabulary.js';
import type { OrderCommand } from '../../../libs/domain/order/commands.js';

/**
 * DOMAIN.md's tables once more, as the model reads them: the presets in days, and who may send what. Written from the
 * rule book and not from the code, so that a slip in either shows.
 */
export interface Preset {
  readonly grounds: readonly string[];
  readonly methods: 'ALL' | 'TELEGRAPHIC_TRANSFER';
  readonly response: number;
  readonly silence: 'ESCALATES' | 'BUYER_MAY' | 'WAITS';
  readonly autoEscalation?: number;
  readonly settlement: number;
  readonly mayEscalateAfter: readonly ('buyer' | 'supplier')[];
  readonly window: 'RECEIPT' | 'CLEARANCE' | 'SHIPMENT';
  readonly windowDays: number;
  readonly appeal?: number;
  readonly unclear: 'THIRD_PARTY_SAYS' | 'AGAINST_CLAIMANT';
  readonly afterDelivery: boolean;
  readonly designated: boolean;
  /** Hours that the zone is ahead of UTC. */
  readonly ahead: number;
}

export const PRESET_RULES: Readonly<Record<PresetId, Preset>> = {
  standard: {
    grounds: ['LATE_SHIPMENT', 'QUALITY', 'QUANTITY'],
    methods: 'ALL',
    response: 5,
    silence: 'ESCALATES',
    settlement: 15,
    mayEscalateAfter: ['buyer', 'supplier'],
    window: 'RECEIPT',
    windowDays: 30,
    appeal: 15,
    unclear: 'THIRD_PARTY_SAYS',
    afterDelivery: true,
    designated: false,
    ahead: 0,
  },
  classic: {
    grounds: ['LATE_SHIPMENT', 'QUALITY'],
    methods: 'TELEGRAPHIC_TRANSFER',
    response: 5,
    silence: 'BUYER_MAY',
    settlement: 15,
    mayEscalateAfter: ['buyer'],
    window: 'SHIPMENT',
    windowDays: 0,
    unclear: 'THIRD_PARTY_SAYS',
    afterDelivery: false,
    designated: true,
    ahead: 8,
  },
  current: {
    grounds: ['LATE_SHIPMENT', 'QUALITY'],
    methods: 'ALL',
    response: 3,
    silence: 'WAITS',
    autoEscalation: 7,
    settlement: 3,
    mayEscalateAfter: ['buyer'],
    window: 'CLEARANCE',
    windowDays: 15,
    appeal: 15,
    unclear: 'AGAINST_CLAIMANT',
    afterDelivery: true,
    designated: false,
    ahead: 8,
  },
};

/** The same under every preset, in days. */
export const DAYS = {
  payment: 7,
  offer: 3,
  autoReceipt: 60,
  evidence: 5,
  determination: 14,
  recovery: 30,
} as const;

const PARTIES: readonly Role[] = ['buyer', 'supplier'];
const BENCH: readonly Role[] = ['arbitrator', 'appeal_arbitrator'];

export const SENDERS: Readonly<Record<Exclude<OrderCommand['type'], 'DraftOrder'>, readonly Role[]>> = {
  ProposeTerms: PARTIES,
  ConfirmContract: PARTIES,
  RequestShipDateRevision: ['supplier'],
  AgreeShipDateRevision: ['buyer'],
  DeclineShipDateRevision: ['buyer'],
  CancelOrder: [...PARTIES, 'agent'],
  CompleteOrder: ['buyer'],
  LeaveFeedback: PARTIES,
  RecordPayment: ['payments'],
  RecordRelease: ['payments'],
  RecordRefund: ['payments'],
  RetryRefund: ['payments', 'agent'],
  RecordFee: ['payments'],
  ReportChargeback: ['payments'],
  RecordShipment: ['supplier', 'logistics'],
  RecordCustomsClearance: ['logistics'],
  ConfirmReceipt: ['buyer'],
  WaiveNonconformity: ['buyer'],
  BookInspection: [...PARTIES, 'agent'],
  ReportInspection: ['inspector', 'buyer', 'agent'],
  CommissionInspection: BENCH,
  OpenDispute: ['buyer'],
  AmendClaim: ['buyer'],
  RespondToDispute: ['supplier'],
  ProposeSettlement: PARTIES,
  AcceptSettlement: PARTIES,
  RejectSettlement: PARTIES,
  PostMessage: [...PARTIES, 'agent', ...BENCH],
  SubmitEvidence: [...PARTIES, 'agent', ...BENCH, 'inspector', 'logistics'],
  ChangeEvidenceSeal: BENCH,
  RequestEvidence: BENCH,
  EscalateDispute: PARTIES,
  AssignArbitrator: ['agent'],
  RecuseArbitrator: [...BENCH, 'agent'],
  IssueDetermination: ['arbitrator'],
  LodgeAppeal: PARTIES,
  DecideAppeal: ['appeal_arbitrator'],
  WithdrawDispute: ['buyer'],
  ReopenDispute: ['buyer'],
  RecordRecovery: ['payments'],
  WriteOffRecovery: ['agent', 'risk'],
  ExpireDeadlines: ['clock'],
  ExtendDeadline: ['agent'],
};
