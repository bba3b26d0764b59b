import { dirname } from 'node:path';
import { createRequire } from 'node:module';
import fastifyStatic from '@fastify/static';
import type { INestApplication } from '@nestjs/common';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { openApiDocument } from './openapi.js';

/** Nest's swagger package brings the page's scripts and styles. */
const ASSETS = dirname(
  createRequire(require.resolve('@nestjs/swagger/package.json')).resolve('swagger-ui-dist/package.json'),
);
const SERVED = ['/swagger-ui.css', '/swagger-ui-bundle.js', '/favicon-32x32.png'];

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Recourse API</title>
    <link rel="stylesheet" href="/docs/assets/swagger-ui.css" />
    <link rel="icon" type="image/png" href="/docs/assets/favicon-32x32.png" />
  </head>
  <body>
    <div id="page"></div>
    <script src="/docs/assets/swagger-ui-bundle.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
`;

const START = `SwaggerUIBundle({
  url: '/openapi.json',
  domNode: document.getElementById('page'),
  deepLinking: true,
  docExpansion: 'none',
  persistAuthorization: false,
  validatorUrl: null,
});
`;

/** Scripts and styles of our own only; the page draws a few icons from data. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** `/openapi.json`, and a page to browse it and to try it out: everything from this process, nothing from elsewhere. */
export async function serveDocs(fastify: FastifyInstance, app: INestApplication): Promise<void> {
  let document: string | undefined;
  await fastify.register(fastifyStatic, {
    root: ASSETS,
    prefix: '/docs/assets/',
    decorateReply: false,
    index: false,
    allowedPath: (path) => SERVED.includes(path),
  });
  const page = (type: string, text: string) => (_request: unknown, reply: FastifyReply) =>
    reply.header('content-security-policy', POLICY).type(type).send(text);
  fastify.get('/openapi.json', (_request, reply) => {
    document ??= JSON.stringify(openApiDocument(app));
    return reply.type('application/json; charset=utf-8').send(document);
  });
  fastify.get('/docs', page('text/html; charset=utf-8', PAGE));
  fastify.get('/docs/start.js', page('text/javascript; charset=utf-8', START));
}
