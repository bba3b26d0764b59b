import { Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { APPLICATION, commandHandlers } from '../../libs/application/handlers.js';
import { queryHandlers } from '../../libs/application/queries.js';
import type { Composition } from './composition.js';
import { BearerGuard, TOKEN_VERIFIER } from './http/bearer-guard.js';
import { InspectorCommandsController } from './inspectors/inspector-commands.controller.js';
import { InspectorReadsController } from './inspectors/inspector-reads.controller.js';
import { OrderCommandsController } from './orders/order-commands.controller.js';
import { OrderReadsController } from './orders/order-reads.controller.js';
import { PolicyCommandsController } from './policies/policy-commands.controller.js';
import { PolicyReadsController } from './policies/policy-reads.controller.js';
import { SupplierCommandsController } from './suppliers/supplier-commands.controller.js';
import { SupplierReadsController } from './suppliers/supplier-reads.controller.js';
import { CLOCK, COMPOSITION } from './tokens.js';

const api = [
  OrderCommandsController,
  OrderReadsController,
  SupplierCommandsController,
  SupplierReadsController,
  PolicyCommandsController,
  PolicyReadsController,
  InspectorCommandsController,
  InspectorReadsController,
];

@Module({})
export class EngineModule {
  /** Without the role `api` an engine answers for its health and metrics only. */
  static of(composition: Composition): DynamicModule {
    const serves = composition.config.roles.has('api');
    return {
      module: EngineModule,
      imports: [CqrsModule.forRoot()],
      controllers: serves ? api : [],
      providers: [
        { provide: APPLICATION, useValue: composition.application },
        { provide: COMPOSITION, useValue: composition },
        { provide: CLOCK, useValue: composition.clock },
        { provide: TOKEN_VERIFIER, useValue: composition.verifier },
        { provide: APP_GUARD, useClass: BearerGuard },
        ...commandHandlers,
        ...queryHandlers,
      ],
    };
  }
}
