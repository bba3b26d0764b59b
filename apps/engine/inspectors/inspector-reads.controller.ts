import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ReadInspector } from '../../../libs/application/queries.js';
import { Answers, pageOf } from '../answers/answer.js';
import { InspectorAnswer, InspectorListItem } from '../answers/standing.js';
import type { Composition } from '../composition.js';
import type { ApiReply, ApiRequest } from '../http/api-request.js';
import { etagOf } from '../http/command-headers.js';
import { documentList } from '../http/document-list.js';
import { ListQueries } from '../http/list-queries.js';
import { idIn } from '../http/path-params.js';
import { problem } from '../http/problem.js';
import { readQuery } from '../http/query-params.js';
import { projections } from '../projections.js';
import { COMPOSITION } from '../tokens.js';
import { inspectorLinks } from './inspector-view.js';

@ApiTags('inspectors')
@ApiBearerAuth()
@Controller('v1/inspectors')
export class InspectorReadsController {
  constructor(
    private readonly queries: QueryBus,
    @Inject(COMPOSITION) private readonly composition: Composition,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List inspectors', operationId: 'listInspectors' })
  @ListQueries()
  @Answers(pageOf(InspectorListItem))
  list(@Req() request: ApiRequest): Promise<object> {
    return documentList(this.composition, projections.inspectors, request);
  }

  @Get(':inspectorId')
  @ApiOperation({ summary: "Read an inspector's accreditation", operationId: 'readInspector' })
  @ApiParam({ name: 'inspectorId', type: String })
  @Answers(InspectorAnswer)
  async inspector(@Req() request: ApiRequest, @Res({ passthrough: true }) reply: ApiReply): Promise<object> {
    readQuery(request, {});
    const { state, revision } = await this.queries.execute(new ReadInspector(idIn(request, 'inspectorId')));
    if (state === undefined) {
      throw problem(404, 'INSPECTOR.NOT_FOUND', 'There is no such inspector.', '/path/inspectorId');
    }
    void reply.header('etag', etagOf(revision));
    return { ...state, revision: String(revision), links: inspectorLinks(state, request.principal) };
  }
}
