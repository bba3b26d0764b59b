import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { compose, type Composition } from './composition.js';
import type { EngineConfig } from './config.js';
import { EngineModule } from './engine.module.js';
import { ProblemFilter } from './http/problem-filter.js';
import { httpAdapter } from './http/server.js';
import { seedPolicies } from './seed-policies.js';

export interface Engine {
  readonly url: string;
  readonly composition: Composition;
  /** In-flight requests finish, then everything is let go of. Stopping again does nothing. */
  stop(): Promise<void>;
}

/** Starts an engine. Resolves when it serves. */
export async function startEngine(config: EngineConfig): Promise<Engine> {
  const composition = await compose(config);
  try {
    await seedPolicies(composition.application);
    const app = await serve(composition);
    let stopping: Promise<void> | undefined;
    return {
      url: await app.getUrl(),
      composition,
      stop: () => (stopping ??= app.close().then(() => composition.close())),
    };
  } catch (error) {
    await composition.close();
    throw error;
  }
}

async function serve(composition: Composition): Promise<NestFastifyApplication> {
  const { config } = composition;
  const { adapter, allowedMethods } = httpAdapter();
  const app = await NestFactory.create<NestFastifyApplication>(EngineModule.of(composition), adapter, {
    bodyParser: false,
    logger: ['error', 'warn'],
    abortOnError: false,
  });
  app.useGlobalFilters(new ProblemFilter(allowedMethods));
  await app.listen(config.port, config.host);
  return app;
}
