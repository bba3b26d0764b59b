import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { CommandRequest } from '../../../libs/application/command-outcome.js';
import { RunOrderCommand } from '../../../libs/application/handlers.js';
import type { OrderCommand } from '../../../libs/domain/order/commands.js';
import { disputeVerbs, openDisputeVerb } from '../disputes/dispute-verbs.js';
import type { ApiReply, ApiRequest } from '../http/api-request.js';
import { answerOf } from '../http/command-answer.js';
import { idempotencyKeyOf } from '../http/command-headers.js';
import { commandRequest } from '../http/command-request.js';
import { defineCommands, type CommandController, type CommandRoute } from '../http/command-routes.js';
import { CreationKeys } from '../http/creation-keys.js';
import { idIn, ordinalIn } from '../http/path-params.js';
import { draftOrderVerb, orderVerbs } from './order-verbs.js';

type Type = OrderCommand['type'];

@ApiTags('orders')
@ApiBearerAuth()
@Controller('v1/orders')
export class OrderCommandsController implements CommandController<Type> {
  private readonly creations = new CreationKeys();

  constructor(private readonly bus: CommandBus) {}

  async send(route: CommandRoute<Type>, request: ApiRequest, body: object, reply: ApiReply): Promise<string> {
    const sent = this.commandOf(route, request, body);
    return answerOf(await this.bus.execute(new RunOrderCommand(sent)), reply, route);
  }

  private commandOf(
    { verb: { command: type } }: CommandRoute<Type>,
    request: ApiRequest,
    body: object,
  ): CommandRequest<OrderCommand> {
    if (type === 'DraftOrder') {
      const wanted = (body as { orderId?: string }).orderId;
      const orderId = this.creations.idFor(request.principal, idempotencyKeyOf(request), wanted);
      const data = { policyId: 'standard', ...body, orderId };
      return commandRequest(request, orderId, { type, data } as OrderCommand);
    }
    const dispute = request.params.dispute === undefined ? {} : { dispute: ordinalIn(request, 'dispute') };
    const data = { ...dispute, ...body };
    return commandRequest(request, idIn(request, 'orderId'), { type, data } as OrderCommand);
  }
}

defineCommands(OrderCommandsController, [
  { verb: draftOrderVerb, path: '', creates: true },
  ...orderVerbs.map((verb) => ({ verb, path: `:orderId/${verb.verb}`, creates: false })),
  { verb: openDisputeVerb, path: ':orderId/disputes', creates: true },
  ...disputeVerbs.map((verb) => ({ verb, path: `:orderId/disputes/:dispute/${verb.verb}`, creates: false })),
]);
