import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { RunInspectorCommand } from '../../../libs/application/handlers.js';
import type { InspectorCommand } from '../../../libs/domain/inspector/commands.js';
import type { ApiReply, ApiRequest } from '../http/api-request.js';
import { answerOf } from '../http/command-answer.js';
import { idempotencyKeyOf } from '../http/command-headers.js';
import { commandRequest } from '../http/command-request.js';
import { defineCommands, type CommandController, type CommandRoute } from '../http/command-routes.js';
import { CreationKeys } from '../http/creation-keys.js';
import { idIn } from '../http/path-params.js';
import { accreditInspectorVerb, inspectorVerbs } from './inspector-verbs.js';

type Type = InspectorCommand['type'];

@ApiTags('inspectors')
@ApiBearerAuth()
@Controller('v1/inspectors')
export class InspectorCommandsController implements CommandController<Type> {
  private readonly creations = new CreationKeys();

  constructor(private readonly bus: CommandBus) {}

  async send(route: CommandRoute<Type>, request: ApiRequest, data: object, reply: ApiReply): Promise<string> {
    const { principal } = request;
    const id = route.creates
      ? this.creations.idFor(
          principal,
          idempotencyKeyOf(request),
          (data as { inspectorId: string }).inspectorId,
        )
      : idIn(request, 'inspectorId');
    const sent = commandRequest(request, id, { type: route.verb.command, data } as InspectorCommand);
    return answerOf(await this.bus.execute(new RunInspectorCommand(sent)), reply, route);
  }
}

defineCommands(InspectorCommandsController, [
  { verb: accreditInspectorVerb, path: '', creates: true },
  ...inspectorVerbs.map((verb) => ({ verb, path: `:inspectorId/${verb.verb}`, creates: false })),
]);
