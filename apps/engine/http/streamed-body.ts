import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { requestProblem } from './problem-filter.js';

/** `@RouteConfig(STREAMED)`: the handler reads the body itself, as it comes, whatever its type. JSON is read as ever. */
export const STREAMED = { streamed: true } as const;

/** After its answer a sender is listened to for so long, so that it gets to read it; then it is cut off. */
const LINGER_MS = 2_000;

/** Lets routes that ask for it have their bodies unread. All others take JSON and nothing else, as before. */
export function streamBodies(fastify: FastifyInstance): void {
  fastify.addContentTypeParser('*', (request, payload, done) => {
    if (isStreamed(request.routeOptions.config)) done(null, payload);
    else done(requestProblem(415));
  });
  fastify.addHook('onRoute', (route) => {
    if (isStreamed(route.config)) route.onResponse = [...[route.onResponse ?? []].flat(), letGo];
  });
}

const isStreamed = (config: object | undefined): boolean => config !== undefined && 'streamed' in config;

/** A body that was refused before its end is still coming: closing at once would lose the answer on its way. */
function letGo({ raw }: FastifyRequest, _reply: FastifyReply, done: () => void): void {
  if (!raw.complete && !raw.destroyed) {
    const timer = setTimeout(() => raw.destroy(), LINGER_MS).unref();
    raw.once('close', () => clearTimeout(timer));
    raw.resume();
  }
  done();
}
