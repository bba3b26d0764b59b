import { Controller, Get, Inject, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { OrderStatus } from '../../../libs/domain/order/state.js';
import { listOrders } from '../../../projections/orders/queries.js';
import { Answers, pageOf } from '../answers/answer.js';
import { OrderListItem } from '../answers/order.js';
import type { Composition } from '../composition.js';
import type { ApiRequest } from '../http/api-request.js';
import { ListQueries, listParams } from '../http/list-queries.js';
import { reachPosition } from '../http/min-position.js';
import { paged } from '../http/paged.js';
import { choice, choices, readQuery, text } from '../http/query-params.js';
import { projections } from '../projections.js';
import { COMPOSITION } from '../tokens.js';
import { ownOrders } from './own-orders.js';

const STATUSES = [
  'DRAFT',
  'CONFIRMED',
  'PAID',
  'SHIPPED',
  'RECEIVED',
  'COMPLETED',
  'CANCELLED',
] as const satisfies readonly OrderStatus[];

const params = {
  buyer: text(64),
  supplier: text(64),
  status: choices(STATUSES),
  sort: choice(['changedAt', 'value', 'status']),
  direction: choice(['asc', 'desc']),
  ...listParams,
};

@ApiTags('orders')
@ApiBearerAuth()
@Controller('v1/orders')
export class OrderListController {
  constructor(@Inject(COMPOSITION) private readonly composition: Composition) {}

  @Get()
  @ApiOperation({ summary: 'List the orders that one may see', operationId: 'listOrders' })
  @ListQueries({
    buyer: "The buyer's id.",
    supplier: "The supplier's id.",
    status: 'States, with commas between.',
    sort: 'changedAt (what changed last comes first), value or status.',
    direction: 'asc or desc.',
  })
  @Answers(pageOf(OrderListItem))
  async list(@Req() request: ApiRequest): Promise<object> {
    const { minPosition, buyer, supplier, status, ...query } = readQuery(request, params);
    await reachPosition(this.composition, [projections.orders], minPosition);
    const documents = this.composition.readModels.documents(projections.orders);
    const filter = { status, ...ownOrders(request.principal, { buyer, supplier }) };
    return paged(() => listOrders(documents, { ...query, filter }));
  }
}
