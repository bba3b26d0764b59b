import type { ContractCommand } from './contract/commands.js';
import type { DeadlineCommand } from './deadlines/commands.js';
import type { DisputeCommand } from './dispute/commands.js';
import type { FulfilmentCommand } from './fulfilment/commands.js';
import type { FundsCommand } from './funds/commands.js';
import type { InspectionCommand } from './inspection/commands.js';
import type { RecoveryCommand } from './recovery/commands.js';

/** Every command that an order takes. */
export type OrderCommand =
  | ContractCommand
  | FundsCommand
  | FulfilmentCommand
  | InspectionCommand
  | DisputeCommand
  | RecoveryCommand
  | DeadlineCommand;

export type OrderCommandOf<T extends OrderCommand['type']> = Extract<OrderCommand, { type: T }>;
