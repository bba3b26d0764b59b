import { channel } from 'node:diagnostics_channel';
import type { FastifyInstance } from 'fastify';
import { startTestEngine, type TestEngine } from '../../support/engine.js';

/** What a client can ask an engine for. */
export interface Route {
  readonly method: string;
  /** With parameters as `:orderId`. */
  readonly path: string;
  /** Media types that it answers with, as documented; the first is what one gets who asks for none. */
  readonly answers: readonly string[];
  /** A body that is valid as it stands, as documented. */
  readonly example: object | undefined;
}

/** `GET /v1/orders/:orderId` */
export const keyOf = ({ method, path }: Pick<Route, 'method' | 'path'>): string => `${method} ${path}`;

/**
 * An engine with every route that its HTTP server has: taken from the server itself as it is built, so that none can be
 * forgotten, and joined with what the OpenAPI document says of it.
 */
export async function startWithRoutes(
  environment: Readonly<Record<string, string>> = {},
): Promise<{ readonly engine: TestEngine; readonly routes: readonly Route[] }> {
  const served = new Map<string, Pick<Route, 'method' | 'path'>>();
  const started = channel('fastify.initialization');
  const listen = (message: unknown) => {
    const { fastify } = message as { readonly fastify: FastifyInstance };
    fastify.addHook('onRoute', ({ method, url }) => {
      for (const one of [method].flat()) served.set(`${one} ${url}`, { method: one, path: url });
    });
  };
  started.subscribe(listen);
  const engine = await startTestEngine(environment).finally(() => started.unsubscribe(listen));
  const document = (await (await fetch(`${engine.url}/openapi.json`)).json()) as Document;
  const routes = [...served.values()].map((route) => ({ ...route, ...documented(document, route) }));
  return { engine, routes };
}

interface Operation {
  readonly requestBody?: {
    readonly content: Readonly<
      Record<string, { readonly examples?: { readonly example?: { readonly value: object } } }>
    >;
  };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, unknown>> }>>;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

function documented(
  { paths }: Document,
  { method, path }: Pick<Route, 'method' | 'path'>,
): Pick<Route, 'answers' | 'example'> {
  const operation = paths[path.replaceAll(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];
  const json = operation?.requestBody?.content['application/json'];
  const done = operation?.responses['200'] ?? operation?.responses['201'];
  return {
    answers: Object.keys(done?.content ?? {}),
    example: json?.examples?.example?.value,
  };
}
