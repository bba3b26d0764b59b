/**
 * The floor that the durable commands are measured against: the same Nest, Fastify, token check, strict JSON and
 * compiled DTO validation as the engine, and then nothing but the body back. `node dist/bench/echo-server.js <port> <data directory>`.
 */
import { Controller, Module } from '@nestjs/common';
import { APP_GUARD, NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { disputeVerbs } from '../apps/engine/disputes/dispute-verbs.js';
import type { ApiRequest } from '../apps/engine/http/api-request.js';
import { BearerGuard, TOKEN_VERIFIER } from '../apps/engine/http/bearer-guard.js';
import {
  defineCommands,
  type CommandController,
  type CommandRoute,
} from '../apps/engine/http/command-routes.js';
import { ProblemFilter } from '../apps/engine/http/problem-filter.js';
import { httpAdapter, secureHeaders } from '../apps/engine/http/server.js';
import { tokenSource } from '../libs/identity/token-source.js';

@Controller('v1/orders')
class EchoController implements CommandController<string> {
  send(_route: CommandRoute<string>, _request: ApiRequest, body: object): Promise<object> {
    return Promise.resolve(body);
  }
}

const echoed = disputeVerbs.filter(({ command }) => command === 'PostMessage');
defineCommands<string>(
  EchoController,
  echoed.map((verb) => ({ verb, path: `:orderId/disputes/:dispute/${verb.verb}`, creates: false })),
);

async function main(port: number, dataDir: string): Promise<void> {
  const verifier = await tokenSource({}, dataDir);
  @Module({
    controllers: [EchoController],
    providers: [
      { provide: TOKEN_VERIFIER, useValue: verifier },
      { provide: APP_GUARD, useClass: BearerGuard },
    ],
  })
  class EchoModule {}
  const { adapter, allowedMethods } = httpAdapter();
  const app = await NestFactory.create<NestFastifyApplication>(EchoModule, adapter, {
    bodyParser: false,
    logger: false,
  });
  secureHeaders(adapter.getInstance());
  app.useGlobalFilters(new ProblemFilter(allowedMethods));
  await app.listen(port, '127.0.0.1');
  process.on('SIGTERM', () => void app.close().then(() => process.exit(0)));
}

void main(Number(process.argv[2]), process.argv[3] as string);
