import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { EngineConfig } from '../config.js';
import { oidcClientIn } from './oidc-client.js';
import type { FastifyInstance, FastifyReply } from 'fastify';

/** Addresses that the console's own router knows: each is answered with its one page. */
const PAGES = [
  '/',
  '/sign-in',
  '/signed-in',
  '/worklist',
  '/cases/*',
  '/audit',
  '/audit/*',
  '/dashboard',
  '/my',
  '/my/*',
];

export interface ConsoleOptions {
  /** dist/apps/console */
  readonly root: string;
  /** Origin of the identity provider that the page asks for tokens. */
  readonly authority: string | undefined;
}

/** The console that the build has put beside the engine. */
export const consoleOf = ({ environment }: EngineConfig): ConsoleOptions => ({
  root: join(__dirname, '..', '..', 'console'),
  authority: oidcClientIn(environment)?.authority,
});

/** Serves the console that was built beside the engine; does nothing where there is none. */
export async function serveConsole(
  fastify: FastifyInstance,
  { root, authority }: ConsoleOptions,
): Promise<void> {
  if (!existsSync(join(root, 'assets', 'before-paint.js'))) return;
  await fastify.register(fastifyStatic, {
    root: join(root, 'assets'),
    prefix: '/assets/',
    decorateReply: true,
    index: false,
    preCompressed: true,
    // Vite names files by their content; what it copies keeps its name.
    setHeaders: (reply, path) => {
      const named = /-[\w-]{8}\.\w+$/.test(path);
      void reply.header('cache-control', named ? 'public, max-age=31536000, immutable' : 'no-cache');
      secure(reply, authority);
    },
  });
  for (const page of PAGES) {
    fastify.get(page, { schema: { hide: true } as never }, (_request, reply) => {
      secure(reply, authority);
      void reply.header('cache-control', 'no-cache');
      return reply.sendFile('index.html', root);
    });
  }
}

/**
 * No script and no style stands in the page, none comes from elsewhere, nobody frames it. Evidence is shown from blobs:
 * images, and PDF drawn by a worker of our own.
 */
export function policyOf(authority: string | undefined): string {
  const provider = authority === undefined ? '' : ` ${new URL(authority).origin}`;
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob:",
    "font-src 'self'",
    "worker-src 'self'",
    `connect-src 'self'${provider}`,
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function secure(reply: Pick<FastifyReply, 'header'>, authority: string | undefined): void {
  void reply.header('content-security-policy', policyOf(authority));
  void reply.header('x-content-type-options', 'nosniff');
  void reply.header('referrer-policy', 'no-referrer');
  void reply.header('cross-origin-opener-policy', 'same-origin');
  void reply.header('permissions-policy', 'camera=(), microphone=(), geolocation=()');
}
