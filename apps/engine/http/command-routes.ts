import { Body, HttpCode, Post, Req, Res, applyDecorators } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOperation, ApiParam, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import type { ApiReply, ApiRequest } from './api-request.js';
import { CommandAnswerView, ProblemView } from './answer-views.js';
import { BodyPipe } from './body-pipe.js';
import type { Verb } from './verb.js';

export interface CommandRoute<Type extends string> {
  readonly verb: Verb<Type>;
  /** Below the controller's own path. */
  readonly path: string;
  /** 201 with a Location, instead of 200. */
  readonly creates: boolean;
}

/** A controller of commands: it is given every command that came in well-formed. */
export interface CommandController<Type extends string> {
  send(
    route: CommandRoute<Type>,
    request: ApiRequest,
    body: object,
    reply: ApiReply,
  ): Promise<object | string>;
}

/**
 * Makes a method of the controller for every route: its DTO is validated, and it calls `send`. One table is the source
 * of routes, links and the OpenAPI document; forty methods that say the same would be the other way.
 */
export function defineCommands<Type extends string>(
  controller: { readonly prototype: CommandController<Type> },
  routes: readonly CommandRoute<Type>[],
): void {
  for (const route of routes) defineCommand(controller.prototype, route);
}

function defineCommand<Type extends string>(
  prototype: CommandController<Type>,
  route: CommandRoute<Type>,
): void {
  const { verb, path, creates } = route;
  const name = operationIdOf(verb.command, path);
  const descriptor: PropertyDescriptor = {
    configurable: true,
    writable: true,
    value(this: CommandController<Type>, request: ApiRequest, body: object, reply: ApiReply) {
      return this.send(route, request, body, reply);
    },
  };
  Object.defineProperty(prototype, name, descriptor);
  Reflect.defineMetadata('design:paramtypes', [Object, verb.body, Object], prototype, name);
  Req()(prototype, name, 0);
  Body(new BodyPipe(verb.body))(prototype, name, 1);
  Res({ passthrough: true })(prototype, name, 2);
  const params = [...path.matchAll(/:(\w+)/g)].map(([, param]) =>
    ApiParam({ name: param ?? '', type: String }),
  );
  applyDecorators(
    Post(path),
    HttpCode(creates ? 201 : 200),
    ApiOperation({ summary: verb.title, operationId: name }),
    ApiHeader(IDEMPOTENCY_KEY),
    ApiHeader(IF_MATCH),
    ApiBody({ type: verb.body, examples: { example: { value: verb.example } } }),
    ApiResponse({
      status: creates ? 201 : 200,
      description: 'Done: durable before this answer.',
      type: CommandAnswerView,
    }),
    ApiResponse({
      status: '4XX',
      description: 'Refused: nothing was appended but deadlines that were overdue.',
      content: { 'application/problem+json': { schema: { $ref: getSchemaPath(ProblemView) } } },
    }),
    ...params,
  )(prototype, name, descriptor);
}

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  required: true,
  description: 'The same key and body gets the first answer again.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
} as const;

const IF_MATCH = {
  name: 'If-Match',
  required: false,
  description: 'The revision that was seen, as in "12"; any other one is refused (412).',
  schema: { type: 'string' },
} as const;

const operationIdOf = (command: string, path: string): string =>
  command.charAt(0).toLowerCase() +
  command.slice(1) +
  (command === 'DraftPolicy' && path !== '' ? 'Version' : '');
