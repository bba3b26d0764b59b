import { Controller, Get, Header, Inject, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DISPUTE_STATES, type Role } from '../../../libs/domain/vocabulary.js';
import { epochMsOf, instantOf, type Instant } from '../../../libs/kernel/instant.js';
import { lag } from '../../../libs/projection/lag.js';
import { countDeadlines } from '../../../projections/deadline-queue/queries.js';
import { countCases } from '../../../projections/worklist/queries.js';
import type { Composition } from '../composition.js';
import type { ApiRequest } from '../http/api-request.js';
import { problem } from '../http/problem.js';
import { allProjections, projections } from '../projections.js';
import { COMPOSITION } from '../tokens.js';
import { AGES, OverviewView, type AgeCount, type DayCount } from './overview-views.js';

const DAY_MS = 86_400_000;
const DAYS_AHEAD = 14;
const OPEN = DISPUTE_STATES.filter((state) => state !== 'CLOSED');
const PARTIES_TO_A_CASE: ReadonlySet<Role> = new Set<Role>([
  'buyer',
  'supplier',
  'inspector',
  'logistics',
  'payments',
]);

/** What the dashboard draws, by counts alone: it costs the same however many cases there are. */
@ApiTags('case files')
@ApiBearerAuth()
@Controller('v1/overview')
export class OverviewController {
  constructor(@Inject(COMPOSITION) private readonly composition: Composition) {}

  @Get()
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'Open cases by state and age, deadlines ahead, lag', operationId: 'readOverview' })
  @ApiOkResponse({ type: OverviewView })
  async overview(@Req() { principal }: ApiRequest): Promise<OverviewView> {
    if (PARTIES_TO_A_CASE.has(principal.role)) {
      const message = 'These figures are for the platform only.';
      throw problem(403, 'METRICS.NOT_YOURS', message, '/headers/authorization');
    }
    const now = this.composition.clock.now();
    const [cases, deadlines, lags] = await Promise.all([this.cases(now), this.deadlines(now), this.lags()]);
    return { now, cases, deadlines, projections: lags };
  }

  private cases(now: Instant): Promise<AgeCount[]> {
    const documents = this.composition.readModels.documents(projections.worklist);
    return Promise.all(
      OPEN.flatMap((state) =>
        AGES.map(async ({ age, fromDays, toDays }) => ({
          state,
          age,
          count: await countCases(documents, {
            filter: {
              state: [state],
              openedBefore: daysBefore(now, fromDays),
              openedFrom: toDays === undefined ? undefined : daysBefore(now, toDays),
            },
          }),
        })),
      ),
    );
  }

  private deadlines(now: Instant): Promise<DayCount[]> {
    const documents = this.composition.readModels.documents(projections.deadlineQueue);
    return Promise.all(
      Array.from({ length: DAYS_AHEAD }, async (_, day) => {
        const from = daysBefore(now, -day);
        const filter = { dueFrom: from, dueBefore: daysBefore(now, -day - 1) };
        return { from, count: await countDeadlines(documents, filter) };
      }),
    );
  }

  private async lags(): Promise<OverviewView['projections']> {
    const lags = await lag({ ...this.composition, projections: allProjections });
    return lags.map(({ projection, state, seconds, parked }) => ({ projection, state, seconds, parked }));
  }
}

/** The youngest begin in the future: an instant that equals the present is before none of it. */
const daysBefore = (now: Instant, days: number): Instant => instantOf(epochMsOf(now) - days * DAY_MS);
