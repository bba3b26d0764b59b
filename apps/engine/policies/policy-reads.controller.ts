import { Controller, Get, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ReadPolicy } from '../../../libs/application/queries.js';
import type { ApiReply, ApiRequest } from '../http/api-request.js';
import { etagOf } from '../http/command-headers.js';
import { idIn } from '../http/path-params.js';
import { problem } from '../http/problem.js';
import { readQuery } from '../http/query-params.js';
import { policyLinks } from './policy-view.js';

@ApiTags('policies')
@ApiBearerAuth()
@Controller('v1/policies')
export class PolicyReadsController {
  constructor(private readonly queries: QueryBus) {}

  @Get(':policyId')
  @ApiOperation({ summary: 'Read a policy with all its versions', operationId: 'readPolicy' })
  @ApiParam({ name: 'policyId', type: String })
  async policy(@Req() request: ApiRequest, @Res({ passthrough: true }) reply: ApiReply): Promise<object> {
    readQuery(request, {});
    const { state, revision } = await this.queries.execute(new ReadPolicy(idIn(request, 'policyId')));
    if (state === undefined)
      throw problem(404, 'POLICY.NOT_FOUND', 'There is no such policy.', '/path/policyId');
    void reply.header('etag', etagOf(revision));
    return { ...state, revision: String(revision), links: policyLinks(state, request.principal) };
  }
}
