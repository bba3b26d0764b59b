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
  /** Of the first of them, where it is JSON, with what it refers to put in its place. */
  readonly schema: object | undefined;
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
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema?: object }>> }>
  >;
}

/** A schema without references. */
function whole(schema: object, named: Readonly<Record<string, object>>): object {
  return JSON.parse(JSON.stringify(schema), (_key, value: unknown) => {
    const name = /^#\/components\/schemas\/(\w+)$/.exec((value as { $ref?: string } | null)?.$ref ?? '')?.[1];
    return name === undefined ? value : whole(named[name] ?? {}, named);
  }) as object;
}

interface Document {
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

function documented(
  { paths, components }: Document,
  { method, path }: Pick<Route, 'method' | 'path'>,
): Pick<Route, 'answers' | 'example' | 'schema'> {
  const operation = paths[path.replaceAll(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];
  const json = operation?.requestBody?.content['application/json'];
  const done = operation?.responses['200'] ?? operation?.responses['201'];
  const [first] = Object.entries(done?.content ?? {});
  return {
    answers: Object.keys(done?.content ?? {}),
    schema:
      first?.[0].endsWith('json') === true ? whole(first[1].schema ?? {}, components.schemas) : undefined,
    example: json?.examples?.example?.value,
  };
}
