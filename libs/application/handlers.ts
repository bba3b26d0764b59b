import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { InspectorCommand } from '../domain/inspector/commands.js';
import type { OrderCommand } from '../domain/order/commands.js';
import type { PolicyCommand } from '../domain/policy/commands.js';
import type { SupplierCommand } from '../domain/supplier/commands.js';
import type { CommandRequest } from './command-outcome.js';
import type { CommandReply, Commands } from './commands.js';

/** Injection token of the {@link Commands}. */
export const COMMANDS = Symbol('COMMANDS');

export class RunOrderCommand extends Command<CommandReply> {
  constructor(readonly request: CommandRequest<OrderCommand>) {
    super();
  }
}

export class RunSupplierCommand extends Command<CommandReply> {
  constructor(readonly request: CommandRequest<SupplierCommand>) {
    super();
  }
}

export class RunPolicyCommand extends Command<CommandReply> {
  constructor(readonly request: CommandRequest<PolicyCommand>) {
    super();
  }
}

export class RunInspectorCommand extends Command<CommandReply> {
  constructor(readonly request: CommandRequest<InspectorCommand>) {
    super();
  }
}

@CommandHandler(RunOrderCommand)
export class OrderCommandHandler implements ICommandHandler<RunOrderCommand> {
  constructor(@Inject(COMMANDS) private readonly commands: Commands) {}

  execute({ request }: RunOrderCommand): Promise<CommandReply> {
    return this.commands.run('order', request);
  }
}

@CommandHandler(RunSupplierCommand)
export class SupplierCommandHandler implements ICommandHandler<RunSupplierCommand> {
  constructor(@Inject(COMMANDS) private readonly commands: Commands) {}

  execute({ request }: RunSupplierCommand): Promise<CommandReply> {
    return this.commands.run('supplier', request);
  }
}

@CommandHandler(RunPolicyCommand)
export class PolicyCommandHandler implements ICommandHandler<RunPolicyCommand> {
  constructor(@Inject(COMMANDS) private readonly commands: Commands) {}

  execute({ request }: RunPolicyCommand): Promise<CommandReply> {
    return this.commands.run('policy', request);
  }
}

@CommandHandler(RunInspectorCommand)
export class InspectorCommandHandler implements ICommandHandler<RunInspectorCommand> {
  constructor(@Inject(COMMANDS) private readonly commands: Commands) {}

  execute({ request }: RunInspectorCommand): Promise<CommandReply> {
    return this.commands.run('inspector', request);
  }
}

export const commandHandlers = [
  OrderCommandHandler,
  SupplierCommandHandler,
  PolicyCommandHandler,
  InspectorCommandHandler,
];
