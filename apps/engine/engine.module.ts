import { Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { TerminusModule } from '@nestjs/terminus';
import { COMMANDS, commandHandlers } from '../../libs/application/handlers.js';
import { READINGS, queryHandlers } from '../../libs/application/queries.js';
import type { Background } from './background.js';
import { CaseFilesController } from './case-files/case-files.controller.js';
import type { Composition } from './composition.js';
import { OverviewController } from './console/overview.controller.js';
import { PresentController } from './console/present.controller.js';
import { SignInController } from './console/sign-in.controller.js';
import { ExplanationController } from './disputes/explanation.controller.js';
import { DisputeMetricsController } from './dispute-metrics/dispute-metrics.controller.js';
import { EvidenceFileController } from './evidence/evidence-file.controller.js';
import { EvidenceFilesController } from './evidence/evidence-files.controller.js';
import { EventsController } from './events/events.controller.js';
import { HealthController } from './health/health.controller.js';
import { BearerGuard, PARTY_LIMIT, TOKEN_VERIFIER } from './http/bearer-guard.js';
import { InspectorCommandsController } from './inspectors/inspector-commands.controller.js';
import { InspectorReadsController } from './inspectors/inspector-reads.controller.js';
import { MetricsController } from './metrics/metrics.controller.js';
import { OrderCommandsController } from './orders/order-commands.controller.js';
import { OrderListController } from './orders/order-list.controller.js';
import { OrderReadsController } from './orders/order-reads.controller.js';
import { OrderTimelineController } from './orders/order-timeline.controller.js';
import { PolicyCommandsController } from './policies/policy-commands.controller.js';
import { PolicyReadsController } from './policies/policy-reads.controller.js';
import { SupplierCommandsController } from './suppliers/supplier-commands.controller.js';
import { SupplierReadsController } from './suppliers/supplier-reads.controller.js';
import { TestClockController } from './test-clock/test-clock.controller.js';
import { BACKGROUND, CLOCK, COMPOSITION } from './tokens.js';
import { WorklistController } from './worklist/worklist.controller.js';

const operation = [HealthController, MetricsController];

const api = [
  OrderCommandsController,
  OrderListController,
  OrderReadsController,
  OrderTimelineController,
  SupplierCommandsController,
  SupplierReadsController,
  PolicyCommandsController,
  PolicyReadsController,
  InspectorCommandsController,
  InspectorReadsController,
  CaseFilesController,
  ExplanationController,
  WorklistController,
  DisputeMetricsController,
  EvidenceFilesController,
  EvidenceFileController,
  EventsController,
  PresentController,
  SignInController,
  OverviewController,
];

@Module({})
export class EngineModule {
  /** Without the role `api` an engine answers for its health and metrics only. */
  static of(composition: Composition, background: Background): DynamicModule {
    const { clock, config, deciding, readings, verifier, virtualClock } = composition;
    return {
      module: EngineModule,
      imports: [CqrsModule.forRoot(), TerminusModule.forRoot({ logger: false })],
      controllers: [
        ...operation,
        ...(config.roles.has('api') ? api : []),
        ...(virtualClock === undefined ? [] : [TestClockController]),
      ],
      providers: [
        { provide: COMMANDS, useValue: deciding },
        { provide: READINGS, useValue: readings },
        { provide: COMPOSITION, useValue: composition },
        { provide: BACKGROUND, useValue: background },
        { provide: CLOCK, useValue: clock },
        { provide: TOKEN_VERIFIER, useValue: verifier },
        { provide: PARTY_LIMIT, useValue: config.partyRequestsPerMinute },
        { provide: APP_GUARD, useClass: BearerGuard },
        ...commandHandlers,
        ...queryHandlers,
      ],
    };
  }
}
