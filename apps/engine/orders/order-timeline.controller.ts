import { Controller, Get, Inject, Req } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ReadOrder } from '../../../libs/application/queries.js';
import { ROLES } from '../../../libs/domain/vocabulary.js';
import { timeline } from '../../../projections/order-timeline/queries.js';
import { Answers } from '../answers/answer.js';
import { TimelinePage } from '../answers/history.js';
import type { Composition } from '../composition.js';
import type { ApiRequest } from '../http/api-request.js';
import { ListQueries } from '../http/list-queries.js';
import { reachPosition } from '../http/min-position.js';
import { paged } from '../http/paged.js';
import { idIn } from '../http/path-params.js';
import { problem } from '../http/problem.js';
import { choice, readQuery, text, whole } from '../http/query-params.js';
import { projections } from '../projections.js';
import { COMPOSITION } from '../tokens.js';

@ApiTags('orders')
@ApiBearerAuth()
@Controller('v1/orders/:orderId/timeline')
export class OrderTimelineController {
  constructor(
    private readonly queries: QueryBus,
    @Inject(COMPOSITION) private readonly composition: Composition,
  ) {}

  @Get()
  @ApiOperation({ summary: 'What happened to an order, in sentences', operationId: 'readOrderTimeline' })
  @ApiParam({ name: 'orderId', type: String })
  @ListQueries({ role: 'Who acted.', dispute: 'About this dispute.' })
  @Answers(TimelinePage)
  async timeline(@Req() request: ApiRequest): Promise<object> {
    const { principal } = request;
    const orderId = idIn(request, 'orderId');
    const { role, dispute, cursor, limit, minPosition } = readQuery(request, {
      role: choice(ROLES),
      dispute: whole(1, 1_000_000),
      cursor: text(2_000),
      limit: whole(1, 200),
      minPosition: text(64),
    });
    const order = await this.queries.execute(new ReadOrder(orderId, principal));
    if (order === undefined)
      throw problem(404, 'ORDER.NOT_FOUND', 'There is no such order.', '/path/orderId');
    await reachPosition(this.composition, [projections.caseFile], minPosition);
    const documents = this.composition.readModels.documents(projections.caseFile);
    const filter = { role, dispute, viewer: { caller: principal, order: order.state } };
    return paged(() => timeline(documents, { orderId, filter, cursor, limit }));
  }
}
