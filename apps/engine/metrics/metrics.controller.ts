import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { quantileMs } from '../../../libs/deadlines/lateness.js';
import { lag } from '../../../libs/projection/lag.js';
import type { Background } from '../background.js';
import type { Composition } from '../composition.js';
import type { ApiReply } from '../http/api-request.js';
import { Public } from '../http/bearer-guard.js';
import { allProjections } from '../projections.js';
import { BACKGROUND, COMPOSITION } from '../tokens.js';

/** What Prometheus collects: numbers only, nothing about orders or people. */
@ApiExcludeController()
@Public()
@Controller('metrics')
export class MetricsController {
  constructor(
    @Inject(COMPOSITION) private readonly composition: Composition,
    @Inject(BACKGROUND) private readonly background: Background,
  ) {}

  @Get()
  async metrics(@Res({ passthrough: true }) reply: ApiReply): Promise<string> {
    await this.measure();
    const { registry } = this.composition.metrics;
    void reply.type(registry.contentType);
    return registry.metrics();
  }

  private async measure(): Promise<void> {
    const { metrics, dueQueue } = this.composition;
    for (const { projection, seconds, parked } of await lag({
      ...this.composition,
      projections: allProjections,
    })) {
      metrics.projectionLag.set({ projection }, seconds);
      metrics.projectionParked.set({ projection }, parked);
    }
    metrics.deadlinesPending.set(await dueQueue.pending());
    const readings = this.background.scheduler?.readings();
    if (readings === undefined) return;
    metrics.deadlinesFired.set(readings.fired);
    metrics.deadlinesFailed.set(readings.failed);
    for (const quantile of [0.5, 0.99]) {
      const seconds = quantileMs(readings.lateness, quantile) / 1_000;
      metrics.deadlineLateness.set({ quantile: String(quantile) }, seconds);
    }
  }
}
