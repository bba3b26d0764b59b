import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { runsOf } from '../../libs/application/commands.js';
import { startBackground, type Background } from './background.js';
import { compose, type Composition } from './composition.js';
import type { EngineConfig } from './config.js';
import { consoleOf, serveConsole } from './console/console-files.js';
import { serveDocs } from './docs/docs-page.js';
import { EngineModule } from './engine.module.js';
import { closeGracefully } from './http/closing.js';
import { ProblemFilter } from './http/problem-filter.js';
import { logRequests } from './http/request-log.js';
import { httpAdapter, secureHeaders } from './http/server.js';
import { engineLogging, type Logging } from './logging.js';
import { seedPolicies } from './seed-policies.js';

export interface Engine {
  readonly url: string;
  readonly composition: Composition;
  readonly background: Background;
  /** Requests in flight are answered, then everything is let go of. Stopping again does nothing. */
  stop(): Promise<void>;
}

/** Starts an engine. Resolves when it serves; rejects with everything let go of when it cannot. */
export async function startEngine(config: EngineConfig): Promise<Engine> {
  const logging = engineLogging(config);
  const composition = await compose(config);
  let background: Background | undefined;
  try {
    await seedPolicies(runsOf(composition.deciding, 'policy'));
    const started = startBackground(composition, logging.pino);
    background = started;
    const app = await serve(composition, started, logging);
    let stopping: Promise<void> | undefined;
    const stop = async (): Promise<void> => {
      await closeGracefully(app);
      await started.stop();
      await composition.close();
    };
    return {
      url: await app.getUrl(),
      composition,
      background: started,
      stop: () => (stopping ??= stop()),
    };
  } catch (error) {
    await background?.stop();
    await composition.close();
    throw error;
  }
}

const EXPOSED = ['ETag', 'Location', 'Idempotent-Replayed', 'Retry-After', 'Link'];

async function serve(
  composition: Composition,
  background: Background,
  logging: Logging,
): Promise<NestFastifyApplication> {
  const { config } = composition;
  const { adapter, allowedMethods } = httpAdapter();
  const module = EngineModule.of(composition, background);
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    bodyParser: false,
    logger: logging.nest,
    abortOnError: false,
  });
  app.useGlobalFilters(new ProblemFilter(allowedMethods));
  const fastify = adapter.getInstance();
  if (config.logRequests) logRequests(fastify, logging.pino);
  secureHeaders(fastify);
  if (config.roles.has('api')) {
    await serveDocs(fastify, app);
    await serveConsole(fastify, consoleOf(config));
  }
  if (config.corsOrigins.length > 0)
    app.enableCors({ origin: [...config.corsOrigins], exposedHeaders: EXPOSED });
  await app.listen(config.port, config.host);
  return app;
}
