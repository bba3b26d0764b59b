import { Controller, Get, Inject, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { disputeMetrics, type DisputeMetrics } from '../../../projections/worklist/metrics.js';
import type { Role } from '../../../libs/domain/vocabulary.js';
import { Answers } from '../answers/answer.js';
import { DisputeMetricsAnswer } from '../answers/figures.js';
import type { Composition } from '../composition.js';
import type { ApiRequest } from '../http/api-request.js';
import { reachPosition } from '../http/min-position.js';
import { problem } from '../http/problem.js';
import { instant, readQuery, text } from '../http/query-params.js';
import { projections } from '../projections.js';
import { COMPOSITION } from '../tokens.js';

/** Figures over everybody's disputes are nothing for the parties to them. */
const READERS: ReadonlySet<Role> = new Set<Role>([
  'agent',
  'arbitrator',
  'appeal_arbitrator',
  'risk',
  'policy_admin',
  'auditor',
]);

@ApiTags('case files')
@ApiBearerAuth()
@Controller('v1/dispute-metrics')
export class DisputeMetricsController {
  constructor(@Inject(COMPOSITION) private readonly composition: Composition) {}

  @Get()
  @ApiOperation({
    summary: 'Figures over the disputes opened in a period',
    operationId: 'readDisputeMetrics',
  })
  @ApiQuery({ name: 'from', required: false, type: String, description: 'Inclusive.' })
  @ApiQuery({ name: 'to', required: false, type: String, description: 'Exclusive.' })
  @ApiQuery({ name: 'minPosition', required: false, type: String })
  @Answers(DisputeMetricsAnswer)
  async metrics(@Req() request: ApiRequest): Promise<DisputeMetrics> {
    const { role } = request.principal;
    if (!READERS.has(role)) {
      throw problem(
        403,
        'METRICS.NOT_YOURS',
        'These figures are for the platform only.',
        '/headers/authorization',
      );
    }
    const { minPosition, ...period } = readQuery(request, {
      from: instant,
      to: instant,
      minPosition: text(64),
    });
    const { worklist, supplierStanding } = projections;
    await reachPosition(this.composition, [worklist, supplierStanding], minPosition);
    const { readModels } = this.composition;
    return disputeMetrics(readModels.documents(worklist), readModels.documents(supplierStanding), period);
  }
}
