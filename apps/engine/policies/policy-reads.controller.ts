import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ReadPolicy } from '../../../libs/application/queries.js';
import { Answers, pageOf } from '../answers/answer.js';
import { PolicyAnswer, PolicyListItem } from '../answers/standing.js';
import type { Composition } from '../composition.js';
import type { ApiReply, ApiRequest } from '../http/api-request.js';
import { etagOf } from '../http/command-headers.js';
import { documentList } from '../http/document-list.js';
import { ListQueries } from '../http/list-queries.js';
import { idIn } from '../http/path-params.js';
import { readQuery } from '../http/query-params.js';
import { projections } from '../projections.js';
import { COMPOSITION } from '../tokens.js';
import { noSuchPolicy, policyLinks } from './policy-view.js';

@ApiTags('policies')
@ApiBearerAuth()
@Controller('v1/policies')
export class PolicyReadsController {
  constructor(
    private readonly queries: QueryBus,
    @Inject(COMPOSITION) private readonly composition: Composition,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List policies with all their versions', operationId: 'listPolicies' })
  @ListQueries()
  @Answers(pageOf(PolicyListItem))
  list(@Req() request: ApiRequest): Promise<object> {
    return documentList(this.composition, projections.policies, request);
  }

  @Get(':policyId')
  @ApiOperation({ summary: 'Read a policy with all its versions', operationId: 'readPolicy' })
  @ApiParam({ name: 'policyId', type: String })
  @Answers(PolicyAnswer)
  async policy(@Req() request: ApiRequest, @Res({ passthrough: true }) reply: ApiReply): Promise<object> {
    readQuery(request, {});
    const { state, revision } = await this.queries.execute(new ReadPolicy(idIn(request, 'policyId')));
    if (state === undefined) throw noSuchPolicy();
    void reply.header('etag', etagOf(revision));
    return { ...state, revision: String(revision), links: policyLinks(state, request.principal) };
  }
}
