import type { Readable } from 'node:stream';
import { Controller, Get, Inject, Req, Res, type BeforeApplicationShutdown } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Feed, FeedRequest } from '../../../libs/application/feed.js';
import { eventSchemas } from '../../../libs/domain/registry.js';
import { START, type EventStore } from '../../../libs/event-store/port.js';
import { Answers } from '../answers/answer.js';
import { CloudEventBatch, EventStream } from '../answers/history.js';
import type { ApiReply, ApiRequest } from '../http/api-request.js';
import { knownPosition } from '../http/positions.js';
import { problem } from '../http/problem.js';
import { choices, readQuery, text, whole } from '../http/query-params.js';
import type { Composition } from '../composition.js';
import { COMPOSITION } from '../tokens.js';
import { cloudEvent, type CloudEvent } from './cloud-event.js';
import { eventStream } from './event-stream.js';

const TYPES = eventSchemas.map(({ type }) => type);
const PAGE = 100;
const HEARTBEAT_MS = 15_000;
const HOUR_MS = 3_600_000;

@ApiTags('events')
@ApiBearerAuth()
@Controller('v1/events')
export class EventsController implements BeforeApplicationShutdown {
  private readonly open = new Set<AbortController>();

  private readonly feed: Feed;
  private readonly store: EventStore;

  constructor(@Inject(COMPOSITION) { feed, store }: Composition) {
    this.feed = feed;
    this.store = store;
  }

  @Get()
  @ApiOperation({
    summary: 'Every event in order, as CloudEvents: by pages, or as server-sent events',
    description:
      'A page is an application/cloudevents-batch+json; its Link header (rel="next") asks for what follows, now or ' +
      'later. With Accept: text/event-stream events are sent as they happen, and Last-Event-ID resumes. Services see ' +
      'everything, buyers and suppliers the events of their own orders.',
    operationId: 'readEvents',
  })
  @ApiQuery({ name: 'after', required: false, type: String, description: 'A position: exclusive.' })
  @ApiQuery({
    name: 'types',
    required: false,
    type: String,
    description: 'Event types, with commas between.',
  })
  @ApiQuery({ name: 'limit', required: false, type: Number })
  @ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description: 'Of the last event received: goes before `after`.',
  })
  @Answers(CloudEventBatch, {
    mediaType: 'application/cloudevents-batch+json',
    also: { 'text/event-stream': EventStream },
  })
  async events(
    @Req() request: ApiRequest,
    @Res({ passthrough: true }) reply: ApiReply,
  ): Promise<readonly CloudEvent[] | Readable> {
    const { principal: caller } = request;
    if (!this.feed.admits(caller)) {
      throw problem(
        403,
        'EVENTS.NOT_YOURS',
        `Role ${caller.role} is given no events.`,
        '/headers/authorization',
      );
    }
    const {
      after = START,
      types,
      limit = PAGE,
    } = readQuery(request, {
      after: text(64),
      types: choices(TYPES),
      limit: whole(1, 1_000),
    });
    if (wantsStream(request)) return this.stream(request, reply, { caller, after, types });
    const from = after === START ? START : await knownPosition(this.store, after, '/query/after');
    const { events, next } = await this.feed.page({ caller, after: from, types, limit });
    const more = new URLSearchParams({
      after: next,
      limit: String(limit),
      ...(types && { types: types.join(',') }),
    });
    void reply
      .type('application/cloudevents-batch+json')
      .header('link', `</v1/events?${more.toString()}>; rel="next"`);
    return events.map((event) => cloudEvent(event));
  }

  beforeApplicationShutdown(): void {
    for (const controller of this.open) controller.abort();
  }

  private async stream(request: ApiRequest, reply: ApiReply, asked: FeedRequest): Promise<Readable> {
    const last = request.headers['last-event-id'];
    const [position, pointer] =
      typeof last === 'string' ? [last, '/headers/last-event-id'] : [asked.after, '/query/after'];
    const after = position === START ? START : await knownPosition(this.store, position, pointer);
    const controller = new AbortController();
    this.open.add(controller);
    controller.signal.addEventListener('abort', () => this.open.delete(controller), { once: true });
    void reply
      .type('text/event-stream')
      .header('cache-control', 'no-store')
      .header('x-accel-buffering', 'no');
    return eventStream(this.feed.follow({ ...asked, after }, controller.signal), cloudEvent, controller, {
      heartbeatMs: HEARTBEAT_MS,
      maxAgeMs: HOUR_MS,
    });
  }
}

const wantsStream = ({ headers: { accept = '' } }: ApiRequest): boolean =>
  accept.includes('text/event-stream');
