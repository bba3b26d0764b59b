import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiParam, ApiQuery, ApiTags } from '@nestjs/swagger';
import { ReadSupplier } from '../../../libs/application/queries.js';
import type { Standing } from '../../../projections/supplier-standing/projection.js';
import { supplierRecord, suppliers } from '../../../projections/supplier-standing/queries.js';
import { Answers, pageOf } from '../answers/answer.js';
import { SupplierAnswer, SupplierListItem, SupplierRecordAnswer } from '../answers/standing.js';
import type { Composition } from '../composition.js';
import type { ApiReply, ApiRequest } from '../http/api-request.js';
import { etagOf } from '../http/command-headers.js';
import { ListQueries, listParams } from '../http/list-queries.js';
import { reachPosition } from '../http/min-position.js';
import { paged } from '../http/paged.js';
import { idIn } from '../http/path-params.js';
import { problem } from '../http/problem.js';
import { choices, readQuery, text, whole } from '../http/query-params.js';
import { projections } from '../projections.js';
import { COMPOSITION } from '../tokens.js';
import { supplierLinks, supplierView } from './supplier-view.js';

const STANDINGS = ['QUALIFIED', 'NOT_QUALIFIED', 'SUSPENDED'] as const satisfies readonly Standing[];
const MOST_MINOR_UNITS = 999_999_999_999_999;

/** Rule 1: standing, limits and record are public. */
@ApiTags('suppliers')
@ApiBearerAuth()
@Controller('v1/suppliers')
export class SupplierReadsController {
  constructor(
    private readonly queries: QueryBus,
    @Inject(COMPOSITION) private readonly composition: Composition,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List suppliers with their standing', operationId: 'listSuppliers' })
  @ListQueries({
    standing: 'Standings, with commas between.',
    country: 'ISO 3166-1 alpha-2.',
    usdLimitFrom: 'Minor units of US dollars that the limit reaches at least.',
  })
  @Answers(pageOf(SupplierListItem))
  async list(@Req() request: ApiRequest): Promise<object> {
    const { standing, country, usdLimitFrom, minPosition, ...query } = readQuery(request, {
      standing: choices(STANDINGS),
      country: text(2),
      usdLimitFrom: whole(0, MOST_MINOR_UNITS),
      ...listParams,
    });
    await reachPosition(this.composition, [projections.supplierStanding], minPosition);
    const documents = this.composition.readModels.documents(projections.supplierStanding);
    const filter = { standing, country, usdLimitFrom };
    return paged(() => suppliers(documents, { ...query, filter }));
  }

  @Get(':supplierId')
  @ApiOperation({ summary: "Read a supplier's standing", operationId: 'readSupplier' })
  @ApiParam({ name: 'supplierId', type: String })
  @Answers(SupplierAnswer)
  async supplier(@Req() request: ApiRequest, @Res({ passthrough: true }) reply: ApiReply): Promise<object> {
    readQuery(request, {});
    const { state, revision } = await this.queries.execute(new ReadSupplier(idIn(request, 'supplierId')));
    if (state === undefined) throw noSuchSupplier();
    void reply.header('etag', etagOf(revision));
    const { principal } = request;
    return {
      ...supplierView(state, principal),
      revision: String(revision),
      links: supplierLinks(state, principal),
    };
  }

  @Get(':supplierId/record')
  @ApiOperation({ summary: 'Read how a supplier has done so far', operationId: 'readSupplierRecord' })
  @ApiParam({ name: 'supplierId', type: String })
  @ApiQuery({ name: 'minPosition', required: false, type: String })
  @Answers(SupplierRecordAnswer)
  async record(@Req() request: ApiRequest): Promise<object> {
    const { minPosition } = readQuery(request, { minPosition: text(64) });
    const { supplierStanding, orders, worklist } = projections;
    await reachPosition(this.composition, [supplierStanding, orders, worklist], minPosition);
    const { readModels } = this.composition;
    const documents = {
      suppliers: readModels.documents(supplierStanding),
      orders: readModels.documents(orders),
      cases: readModels.documents(worklist),
    };
    const record = await supplierRecord(documents, idIn(request, 'supplierId'));
    if (record === undefined) throw noSuchSupplier();
    return record;
  }
}

const noSuchSupplier = () =>
  problem(404, 'SUPPLIER.NOT_FOUND', 'There is no such supplier.', '/path/supplierId');
