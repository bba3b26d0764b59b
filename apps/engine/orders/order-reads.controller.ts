import { Readable } from 'node:stream';
import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiParam, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { OrderReading } from '../../../libs/application/order-reads.js';
import { ReadOrder, ReadOrderEvents } from '../../../libs/application/queries.js';
import type { RecordedEvent } from '../../../libs/event-store/port.js';
import { Answers } from '../answers/answer.js';
import { EventLines, EventPage } from '../answers/history.js';
import { OrderAnswer } from '../answers/order.js';
import type { ApiReply, ApiRequest } from '../http/api-request.js';
import { AsOfQueries, asOfIn } from '../http/as-of.js';
import { etagOf } from '../http/command-headers.js';
import { ndjson } from '../http/ndjson.js';
import { idIn } from '../http/path-params.js';
import { problem } from '../http/problem.js';
import { readQuery, revision, whole } from '../http/query-params.js';
import type { Composition } from '../composition.js';
import { COMPOSITION } from '../tokens.js';
import { eventView, type EventView } from './event-view.js';
import type { Link } from '../http/link.js';
import { linksOf } from './order-links.js';
import { orderView } from './order-view.js';

const PAGE = 100;

@ApiTags('orders')
@ApiBearerAuth()
@Controller('v1/orders/:orderId')
export class OrderReadsController {
  constructor(
    private readonly queries: QueryBus,
    @Inject(COMPOSITION) private readonly composition: Composition,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Read an order, as it is or as it was', operationId: 'readOrder' })
  @ApiParam({ name: 'orderId', type: String })
  @AsOfQueries()
  @Answers(OrderAnswer)
  async order(
    @Req() request: ApiRequest,
    @Res({ passthrough: true }) reply: ApiReply,
  ): Promise<object | undefined> {
    const { principal } = request;
    const asOf = asOfIn(request);
    const orderId = idIn(request, 'orderId');
    const reading = await this.queries.execute(new ReadOrder(orderId, principal, asOf));
    if (reading === undefined) throw noSuchOrder();
    const etag = etagOf(reading.revision);
    void reply.header('etag', etag);
    // A past state is not acted on.
    if (asOf !== undefined) {
      const now = await this.queries.execute(new ReadOrder(orderId, principal));
      return orderView(reading, principal, now?.state);
    }
    // What one may do also changes with time alone, so the same revision is not always the same answer.
    void reply.header('cache-control', 'no-cache');
    return { ...orderView(reading, principal), links: this.links(reading, request) };
  }

  @Get('events')
  @ApiOperation({
    summary: "Read an order's whole history; application/x-ndjson streams all of it",
    operationId: 'readOrderEvents',
  })
  @ApiParam({ name: 'orderId', type: String })
  @ApiQuery({ name: 'after', required: false, type: String, description: 'Events after this revision.' })
  @ApiQuery({ name: 'limit', required: false, type: Number })
  @Answers(EventPage, { also: { 'application/x-ndjson': EventLines } })
  async events(
    @Req() request: ApiRequest,
    @Res({ passthrough: true }) reply: ApiReply,
  ): Promise<{ items: EventView[]; nextCursor: string | null } | Readable> {
    const { principal } = request;
    const { after, limit = PAGE } = readQuery(request, { after: revision, limit: whole(1, 1_000) });
    const streamed = wantsNdjson(request);
    const range = { after, limit: streamed ? undefined : limit + 1 };
    const events = await this.queries.execute(
      new ReadOrderEvents(idIn(request, 'orderId'), principal, range),
    );
    if (events === undefined) throw noSuchOrder();
    const view = (event: RecordedEvent) => eventView(event, principal, events.order);
    if (streamed) return ndjson(reply, events.recorded, view);
    const items: EventView[] = [];
    for await (const event of events.recorded) items.push(view(event));
    const page = items.slice(0, limit);
    return { items: page, nextCursor: items.length > limit ? (page.at(-1)?.revision ?? null) : null };
  }

  private links({ state }: OrderReading, { principal }: ApiRequest): Link[] {
    return linksOf(state, principal, this.composition.clock.now());
  }
}

const noSuchOrder = () => problem(404, 'ORDER.NOT_FOUND', 'There is no such order.', '/path/orderId');

const wantsNdjson = ({ headers: { accept = '' } }: ApiRequest): boolean =>
  accept.includes('application/x-ndjson');
