import type { InspectorCommand } from '../domain/inspector/commands.js';
import type { OrderCommand } from '../domain/order/commands.js';
import type { PolicyCommand } from '../domain/policy/commands.js';
import type { SupplierCommand } from '../domain/supplier/commands.js';
import type { CommandRequest, Idle, Refused } from './command-outcome.js';

/** The commands of each kind of stream. */
export interface CommandsOf {
  readonly order: OrderCommand;
  readonly supplier: SupplierCommand;
  readonly policy: PolicyCommand;
  readonly inspector: InspectorCommand;
}

export type Kind = keyof CommandsOf;

/** What its sender is told of a command that was accepted. The state that it led to stays where it was decided. */
export interface Answered {
  readonly kind: 'accepted';
  /** True when the command had been run before: this is the first answer again. */
  readonly replayed: boolean;
  readonly revision: bigint;
  /** JSON. */
  readonly body: string;
  /** Where to find what the command created, or changed. */
  readonly location: string;
}

export type CommandReply = Answered | Refused | Idle;

/** Has commands decided, wherever that is done. */
export interface Commands {
  /** Rejects only when the store fails; everything that can be wrong with a command is a reply. */
  run<K extends Kind>(kind: K, request: CommandRequest<CommandsOf[K]>): Promise<CommandReply>;
}

/** Runs the commands of one kind, for those who only need to know whether they were accepted. */
export interface Runs<Command> {
  run(request: CommandRequest<Command>): Promise<{ readonly kind: 'accepted' } | Refused | Idle>;
}

export const runsOf = <K extends Kind>(commands: Commands, kind: K): Runs<CommandsOf[K]> => ({
  run: (request) => commands.run(kind, request),
});
