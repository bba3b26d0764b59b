import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { InspectorCommand } from '../domain/inspector/commands.js';
import type { Inspector } from '../domain/inspector/state.js';
import type { OrderCommand } from '../domain/order/commands.js';
import type { Order } from '../domain/order/state.js';
import type { PolicyCommand } from '../domain/policy/commands.js';
import type { Policy } from '../domain/policy/state.js';
import type { SupplierCommand } from '../domain/supplier/commands.js';
import type { Supplier } from '../domain/supplier/state.js';
import type { Application } from './application.js';
import type { CommandOutcome, CommandRequest } from './command-outcome.js';

/** Injection token of the {@link Application}. */
export const APPLICATION = Symbol('APPLICATION');

export class RunOrderCommand extends Command<CommandOutcome<Order>> {
  constructor(readonly request: CommandRequest<OrderCommand>) {
    super();
  }
}

export class RunSupplierCommand extends Command<CommandOutcome<Supplier>> {
  constructor(readonly request: CommandRequest<SupplierCommand>) {
    super();
  }
}

export class RunPolicyCommand extends Command<CommandOutcome<Policy>> {
  constructor(readonly request: CommandRequest<PolicyCommand>) {
    super();
  }
}

export class RunInspectorCommand extends Command<CommandOutcome<Inspector>> {
  constructor(readonly request: CommandRequest<InspectorCommand>) {
    super();
  }
}

@CommandHandler(RunOrderCommand)
export class OrderCommandHandler implements ICommandHandler<RunOrderCommand> {
  constructor(@Inject(APPLICATION) private readonly application: Application) {}

  execute({ request }: RunOrderCommand): Promise<CommandOutcome<Order>> {
    return this.application.runOrder(request);
  }
}

@CommandHandler(RunSupplierCommand)
export class SupplierCommandHandler implements ICommandHandler<RunSupplierCommand> {
  constructor(@Inject(APPLICATION) private readonly application: Application) {}

  execute({ request }: RunSupplierCommand): Promise<CommandOutcome<Supplier>> {
    return this.application.suppliers.run(request);
  }
}

@CommandHandler(RunPolicyCommand)
export class PolicyCommandHandler implements ICommandHandler<RunPolicyCommand> {
  constructor(@Inject(APPLICATION) private readonly application: Application) {}

  execute({ request }: RunPolicyCommand): Promise<CommandOutcome<Policy>> {
    return this.application.policies.run(request);
  }
}

@CommandHandler(RunInspectorCommand)
export class InspectorCommandHandler implements ICommandHandler<RunInspectorCommand> {
  constructor(@Inject(APPLICATION) private readonly application: Application) {}

  execute({ request }: RunInspectorCommand): Promise<CommandOutcome<Inspector>> {
    return this.application.inspectors.run(request);
  }
}

export const commandHandlers = [
  OrderCommandHandler,
  SupplierCommandHandler,
  PolicyCommandHandler,
  InspectorCommandHandler,
];
