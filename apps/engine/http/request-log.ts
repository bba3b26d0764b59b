import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { traceOf } from './problem.js';

/** One line a request. The route, never the address: queries may hold names. No headers, no bodies, no tokens. */
export function logRequests(fastify: FastifyInstance, logger: Logger): void {
  if (!logger.isLevelEnabled('info')) return;
  fastify.addHook('onResponse', (request, reply, done) => {
    logger.info({
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
      traceId: traceOf(request.headers),
    });
    done();
  });
}
