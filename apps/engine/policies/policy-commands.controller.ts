import { Controller } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { RunPolicyCommand } from '../../../libs/application/handlers.js';
import { ReadPolicy } from '../../../libs/application/queries.js';
import { mayRoleSend } from '../../../libs/domain/permissions.js';
import type { PolicyCommand } from '../../../libs/domain/policy/commands.js';
import type { ApiReply, ApiRequest } from '../http/api-request.js';
import { answerOf } from '../http/command-answer.js';
import { idempotencyKeyOf } from '../http/command-headers.js';
import { commandRequest } from '../http/command-request.js';
import { defineCommands, type CommandController, type CommandRoute } from '../http/command-routes.js';
import { CreationKeys } from '../http/creation-keys.js';
import { idIn } from '../http/path-params.js';
import { noSuchPolicy } from './policy-view.js';
import { createPolicyVerb, policyVerbs } from './policy-verbs.js';

type Type = PolicyCommand['type'];

@ApiTags('policies')
@ApiBearerAuth()
@Controller('v1/policies')
export class PolicyCommandsController implements CommandController<Type> {
  private readonly creations = new CreationKeys();

  constructor(
    private readonly bus: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  async send(route: CommandRoute<Type>, request: ApiRequest, body: object, reply: ApiReply): Promise<string> {
    const { principal } = request;
    const { command: type } = route.verb;
    const policyId = route.creates
      ? this.creations.idFor(principal, idempotencyKeyOf(request), (body as { policyId: string }).policyId)
      : idIn(request, 'policyId');
    if (type === 'DraftPolicy' && !route.creates && mayRoleSend(principal.role, type))
      await this.mustExist(policyId);
    const data = type === 'DraftPolicy' ? { ...body, policyId } : body;
    const sent = commandRequest(request, policyId, { type, data } as PolicyCommand);
    return answerOf(await this.bus.execute(new RunPolicyCommand(sent)), reply, route);
  }

  /** A first version and the next one are the same command; what makes them two is the address. */
  private async mustExist(policyId: string): Promise<void> {
    const { state } = await this.queries.execute(new ReadPolicy(policyId));
    if (state === undefined) throw noSuchPolicy();
  }
}

defineCommands(PolicyCommandsController, [
  { verb: createPolicyVerb, path: '', creates: true },
  ...policyVerbs.map((verb) => ({ verb, path: `:policyId/${verb.verb}`, creates: false })),
]);
