import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { RunSupplierCommand } from '../../../libs/application/handlers.js';
import type { SupplierCommand } from '../../../libs/domain/supplier/commands.js';
import type { ApiReply, ApiRequest } from '../http/api-request.js';
import { answerOf } from '../http/command-answer.js';
import { idempotencyKeyOf } from '../http/command-headers.js';
import { commandRequest } from '../http/command-request.js';
import { defineCommands, type CommandController, type CommandRoute } from '../http/command-routes.js';
import { CreationKeys } from '../http/creation-keys.js';
import { idIn } from '../http/path-params.js';
import { enrolSupplierVerb, supplierVerbs } from './supplier-verbs.js';

type Type = SupplierCommand['type'];

@ApiTags('suppliers')
@ApiBearerAuth()
@Controller('v1/suppliers')
export class SupplierCommandsController implements CommandController<Type> {
  private readonly creations = new CreationKeys();

  constructor(private readonly bus: CommandBus) {}

  async send(route: CommandRoute<Type>, request: ApiRequest, data: object, reply: ApiReply): Promise<string> {
    const { principal } = request;
    const id = route.creates
      ? this.creations.idFor(
          principal,
          idempotencyKeyOf(request),
          (data as { supplierId: string }).supplierId,
        )
      : idIn(request, 'supplierId');
    const sent = commandRequest(request, id, { type: route.verb.command, data } as SupplierCommand);
    return answerOf(await this.bus.execute(new RunSupplierCommand(sent)), reply, route);
  }
}

defineCommands(SupplierCommandsController, [
  { verb: enrolSupplierVerb, path: '', creates: true },
  ...supplierVerbs.map((verb) => ({ verb, path: `:supplierId/${verb.verb}`, creates: false })),
]);
