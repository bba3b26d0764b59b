import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import helmet from 'helmet';
import { parseStrictJson } from '../../../libs/kernel/strict-json.js';
import { requestProblem } from './problem-filter.js';
import { ProblemError, newTrace, problemOf, traceOf } from './problem.js';
import { streamBodies } from './streamed-body.js';

export const BODY_LIMIT = 256 * 1024;
/** For the whole of a request: a file of evidence may come over a slow line. */
const REQUEST_TIMEOUT_MS = 300_000;

/** Nest's adapter, with bodies read strictly and routes remembered (for 405). No middleware runs on a request. */
export function httpAdapter(): {
  readonly adapter: FastifyAdapter;
  allowedMethods(path: string): readonly string[];
} {
  const adapter = new FastifyAdapter({
    skipMiddie: true,
    bodyLimit: BODY_LIMIT,
    routerOptions: { maxParamLength: 300 },
    requestTimeout: REQUEST_TIMEOUT_MS,
    logger: false,
    frameworkErrors: unreadable,
  } as never);
  const fastify: FastifyInstance = adapter.getInstance();
  readBodiesStrictly(fastify);
  streamBodies(fastify);
  return { adapter, allowedMethods: rememberRoutes(fastify) };
}

/** An address that cannot be decoded, or has too long a part: no route, hook or filter ever sees it. */
function unreadable({ statusCode = 400 }: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const { url, headers } = request;
  const found = problemOf(requestProblem(statusCode), { url, traceId: traceOf(headers) ?? newTrace() });
  void reply.code(found.status).type('application/problem+json').send(JSON.stringify(found));
}

/** Answers of the API are data: no browser is to run, frame or load anything because of one. */
const API_POLICY = { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"] };

/**
 * Helmet's headers on every answer. They are the same for all, so helmet is asked once: its middleware sets each anew
 * for each request, which took a twentieth of a command.
 */
export function secureHeaders(fastify: FastifyInstance): void {
  const headers = helmetHeaders();
  fastify.addHook('onRequest', (_request, reply, done) => {
    reply.headers(headers);
    done();
  });
}

function helmetHeaders(): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  const response = {
    setHeader: (name: string, value: string) => (headers[name.toLowerCase()] = value),
    removeHeader: (name: string) => delete headers[name.toLowerCase()],
  };
  const middleware = helmet({ contentSecurityPolicy: { useDefaults: false, directives: API_POLICY } });
  middleware({} as never, response as never, (error?: unknown) => {
    if (error !== undefined) throw error as Error;
  });
  return headers;
}

function readBodiesStrictly(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
    const parsed = parseStrictJson(body);
    if (parsed.ok) done(null, parsed.value);
    else done(new ProblemError(400, parsed.faults));
  });
}

function rememberRoutes(fastify: FastifyInstance): (path: string) => readonly string[] {
  const routes: { readonly pattern: RegExp; readonly methods: readonly string[] }[] = [];
  fastify.addHook('onRoute', ({ url, method }) => {
    const pattern = url
      .replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&')
      .replaceAll(/:[A-Za-z]+/g, '[^/]+')
      .replaceAll('*', '.*');
    routes.push({ pattern: new RegExp(`^${pattern}/?$`), methods: [method].flat() });
  });
  return (path) => [
    ...new Set(routes.filter(({ pattern }) => pattern.test(path)).flatMap(({ methods }) => methods)),
  ];
}
