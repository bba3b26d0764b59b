import { Controller, Get, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ExplainDispute } from '../../../libs/application/queries.js';
import type { Explanation } from '../../../libs/domain/order/explanation/explain.js';
import type { ApiReply, ApiRequest } from '../http/api-request.js';
import { AsOfQueries, asOfIn } from '../http/as-of.js';
import { idIn, ordinalIn } from '../http/path-params.js';
import { problem } from '../http/problem.js';
import { ExplanationView } from './explanation-view.js';

@ApiTags('case files')
@ApiBearerAuth()
@Controller('v1/orders/:orderId/disputes/:dispute/explanation')
export class ExplanationController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @ApiOperation({
    summary: 'Why a dispute stands as it does, or did: each rule with its facts and parameters',
    description:
      'Every eligibility, the arithmetic of the cap and of the award, and every deadline that was applied; as data and ' +
      'as sentences. For all who may see the case.',
    operationId: 'explainDispute',
  })
  @ApiParam({ name: 'orderId', type: String })
  @ApiParam({ name: 'dispute', type: Number })
  @AsOfQueries()
  @ApiOkResponse({ type: ExplanationView })
  async explanation(
    @Req() request: ApiRequest,
    @Res({ passthrough: true }) reply: ApiReply,
  ): Promise<Explanation> {
    const asked = new ExplainDispute(
      idIn(request, 'orderId'),
      ordinalIn(request, 'dispute'),
      request.principal,
      asOfIn(request),
    );
    const explanation = await this.queries.execute(asked);
    if (explanation === undefined)
      throw problem(404, 'DISPUTE.NOT_FOUND', 'There is no such case.', '/path/dispute');
    void reply.header('etag', `"${explanation.revision}"`).header('cache-control', 'no-cache');
    return explanation;
  }
}
