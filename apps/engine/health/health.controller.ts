import { Controller, Get, Header, HttpException, Inject, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { HealthCheckService, HealthIndicatorService, type HealthIndicatorFunction } from '@nestjs/terminus';
import { lag, type Lag } from '../../../libs/projection/lag.js';
import type { Composition } from '../composition.js';
import type { ApiReply } from '../http/api-request.js';
import { Public } from '../http/bearer-guard.js';
import { allProjections } from '../projections.js';
import { COMPOSITION } from '../tokens.js';

const PATIENCE_MS = 2_000;

/** For whoever starts and watches engines. */
@ApiTags('operation')
@Public()
@Controller('health')
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    @Inject(COMPOSITION) private readonly composition: Composition,
  ) {}

  @Get('live')
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'The process answers', operationId: 'readLiveness' })
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** Ready: the log and the read models can be reached, and nobody has asked the engine to stop. */
  @Get('ready')
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'The engine can take requests', operationId: 'readReadiness' })
  async ready(@Res({ passthrough: true }) reply: ApiReply): Promise<object> {
    try {
      return await this.health.check([this.eventStore, this.readModels]);
    } catch (error) {
      if (!(error instanceof HttpException)) throw error;
      void reply.code(error.getStatus());
      return error.getResponse() as object;
    }
  }

  private readonly eventStore: HealthIndicatorFunction = () =>
    this.indicators
      .check('eventStore')
      .attempt(() => this.composition.store.ping())
      .withTimeout(PATIENCE_MS);

  /** How far behind they are is said, and is no reason to take no commands. */
  private readonly readModels: HealthIndicatorFunction = () =>
    this.indicators
      .check('readModels')
      .attempt(async () => ({ projections: await this.lags() }))
      .withTimeout(PATIENCE_MS);

  private async lags(): Promise<Readonly<Record<string, Pick<Lag, 'state' | 'seconds' | 'parked'>>>> {
    const lags = await lag({ ...this.composition, projections: allProjections });
    return Object.fromEntries(
      lags.map(({ projection, state, seconds, parked }) => [projection, { state, seconds, parked }]),
    );
  }
}
