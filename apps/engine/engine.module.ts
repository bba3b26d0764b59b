import { Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { APPLICATION, commandHandlers } from '../../libs/application/handlers.js';
import type { Composition } from './composition.js';
import { BearerGuard, TOKEN_VERIFIER } from './http/bearer-guard.js';
import { OrderCommandsController } from './orders/order-commands.controller.js';

@Module({})
export class EngineModule {
  static of(composition: Composition): DynamicModule {
    return {
      module: EngineModule,
      imports: [CqrsModule.forRoot()],
      controllers: [OrderCommandsController],
      providers: [
        { provide: APPLICATION, useValue: composition.application },
        { provide: TOKEN_VERIFIER, useValue: composition.verifier },
        { provide: APP_GUARD, useClass: BearerGuard },
        ...commandHandlers,
      ],
    };
  }
}
