import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiParam, ApiQuery, ApiTags } from '@nestjs/swagger';
import { ReadOrder } from '../../../libs/application/queries.js';
import { openCaseFile } from '../../../projections/case-file/queries.js';
import { Answers } from '../answers/answer.js';
import { CaseFileAnswer } from '../answers/case-file.js';
import { CaseListAnswer } from '../answers/case-list.js';
import type { Composition } from '../composition.js';
import type { ApiReply, ApiRequest } from '../http/api-request.js';
import { reachPosition } from '../http/min-position.js';
import { idIn, ordinalIn } from '../http/path-params.js';
import { problem } from '../http/problem.js';
import { readQuery, revision, text } from '../http/query-params.js';
import { linksOf } from '../orders/order-links.js';
import { projections } from '../projections.js';
import { COMPOSITION } from '../tokens.js';
import { caseList } from './case-list.js';
import { CaseListQueries } from './case-list-params.js';

/** What an arbitrator works with: the list of cases, and everything about one. */
@ApiTags('case files')
@ApiBearerAuth()
@Controller('v1/case-files')
export class CaseFilesController {
  constructor(
    private readonly queries: QueryBus,
    @Inject(COMPOSITION) private readonly composition: Composition,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List the cases that one may see', operationId: 'listCaseFiles' })
  @CaseListQueries()
  @Answers(CaseListAnswer)
  list(@Req() request: ApiRequest): Promise<object> {
    return caseList(this.composition, request);
  }

  @Get(':orderId/:dispute')
  @ApiOperation({ summary: 'Open the case file of a dispute', operationId: 'readCaseFile' })
  @ApiParam({ name: 'orderId', type: String })
  @ApiParam({ name: 'dispute', type: Number })
  @ApiQuery({ name: 'revision', required: false, type: String, description: 'The file as of this revision.' })
  @ApiQuery({
    name: 'minPosition',
    required: false,
    type: String,
    description: 'Wait until it holds this position.',
  })
  @Answers(CaseFileAnswer)
  async file(@Req() request: ApiRequest, @Res({ passthrough: true }) reply: ApiReply): Promise<object> {
    const { principal } = request;
    const orderId = idIn(request, 'orderId');
    const dispute = ordinalIn(request, 'dispute');
    const query = readQuery(request, { revision, minPosition: text(64) });
    const { readModels, clock } = this.composition;
    const order = await this.queries.execute(new ReadOrder(orderId, principal));
    if (order === undefined) throw noSuchCase();
    await reachPosition(this.composition, [projections.caseFile], query.minPosition);
    const now = clock.now();
    const file = await openCaseFile(readModels.documents(projections.caseFile), orderId, dispute, {
      now,
      viewer: principal,
      // The read model may lag behind a seal; the log does not.
      sealedAs: order.state,
      revision: query.revision === undefined ? undefined : String(query.revision),
    });
    if (file === undefined) throw noSuchCase();
    void reply.header('etag', `"${file.revision}"`).header('cache-control', 'no-cache');
    return query.revision === undefined ? { ...file, links: linksOf(order.state, principal, now) } : file;
  }
}

const noSuchCase = () => problem(404, 'DISPUTE.NOT_FOUND', 'There is no such case.', '/path/dispute');
