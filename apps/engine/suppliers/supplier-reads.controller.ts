import { Controller, Get, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ReadSupplier } from '../../../libs/application/queries.js';
import type { ApiReply, ApiRequest } from '../http/api-request.js';
import { etagOf } from '../http/command-headers.js';
import { idIn } from '../http/path-params.js';
import { problem } from '../http/problem.js';
import { readQuery } from '../http/query-params.js';
import { supplierLinks, supplierView } from './supplier-view.js';

@ApiTags('suppliers')
@ApiBearerAuth()
@Controller('v1/suppliers')
export class SupplierReadsController {
  constructor(private readonly queries: QueryBus) {}

  @Get(':supplierId')
  @ApiOperation({ summary: "Read a supplier's standing", operationId: 'readSupplier' })
  @ApiParam({ name: 'supplierId', type: String })
  async supplier(@Req() request: ApiRequest, @Res({ passthrough: true }) reply: ApiReply): Promise<object> {
    readQuery(request, {});
    const { state, revision } = await this.queries.execute(new ReadSupplier(idIn(request, 'supplierId')));
    if (state === undefined) {
      throw problem(404, 'SUPPLIER.NOT_FOUND', 'There is no such supplier.', '/path/supplierId');
    }
    void reply.header('etag', etagOf(revision));
    const { principal } = request;
    return {
      ...supplierView(state, principal),
      revision: String(revision),
      links: supplierLinks(state, principal),
    };
  }
}
