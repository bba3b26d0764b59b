import type { InspectorCommand } from './inspector/commands.js';
import type { OrderCommand } from './order/commands.js';
import type { PolicyCommand } from './policy/commands.js';
import type { SupplierCommand } from './supplier/commands.js';
import type { Role } from './vocabulary.js';

/** Every command of every kind of stream. */
export type CommandType = (OrderCommand | SupplierCommand | PolicyCommand | InspectorCommand)['type'];

const PARTIES = ['buyer', 'supplier'] as const;
const BENCH = ['arbitrator', 'appeal_arbitrator'] as const;

/**
 * "Who acts": which role may send which command at all. Whether this party, this arbitrator, this order in this state
 * may is for the deciders to say. The clock acts from within: no token gives its role.
 */
const SENDERS: Readonly<Record<CommandType, readonly Role[]>> = {
  DraftOrder: PARTIES,
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
  // It may start the claim window: not for a party to say.
  RecordCustomsClearance: ['logistics'],
  ConfirmReceipt: ['buyer'],
  WaiveNonconformity: ['buyer'],

  BookInspection: [...PARTIES, 'agent'],
  // Of an inspection by the buyer or of a sample the buyer, or the agent, reports.
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

  EnrolSupplier: ['supplier', 'agent', 'risk'],
  AssessSupplier: ['risk'],
  SetAssuranceLimit: ['risk'],
  SuspendSupplier: ['risk'],
  ReinstateSupplier: ['risk'],
  ReserveCoverage: ['clock'],
  ReleaseCoverage: ['clock'],
  SuspendForRecovery: ['clock'],

  DraftPolicy: ['policy_admin'],
  PublishPolicy: ['policy_admin'],
  RetirePolicy: ['policy_admin'],

  AccreditInspector: ['agent', 'risk', 'policy_admin'],
  WithdrawAccreditation: ['agent', 'risk', 'policy_admin'],
};

export const COMMAND_TYPES = Object.keys(SENDERS) as readonly CommandType[];

const PERMITTED: ReadonlyMap<string, ReadonlySet<Role>> = new Map(
  Object.entries(SENDERS).map(([command, senders]) => [command, new Set(senders)]),
);

/** False for a command or a role that does not exist, too. Asked some fifty times for the links of one answer. */
export const mayRoleSend = (role: Role, command: CommandType): boolean =>
  PERMITTED.get(command)?.has(role) ?? false;
