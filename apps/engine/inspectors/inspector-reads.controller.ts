import { Controller, Get, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ReadInspector } from '../../../libs/application/queries.js';
import type { ApiReply, ApiRequest } from '../http/api-request.js';
import { etagOf } from '../http/command-headers.js';
import { idIn } from '../http/path-params.js';
import { problem } from '../http/problem.js';
import { readQuery } from '../http/query-params.js';
import { inspectorLinks } from './inspector-view.js';

@ApiTags('inspectors')
@ApiBearerAuth()
@Controller('v1/inspectors')
export class InspectorReadsController {
  constructor(private readonly queries: QueryBus) {}

  @Get(':inspectorId')
  @ApiOperation({ summary: "Read an inspector's accreditation", operationId: 'readInspector' })
  @ApiParam({ name: 'inspectorId', type: String })
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
