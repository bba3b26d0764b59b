import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Caller } from '../domain/decision.js';
import type { Inspector } from '../domain/inspector/state.js';
import type { Explanation } from '../domain/order/explanation/explain.js';
import type { Policy } from '../domain/policy/state.js';
import type { Supplier } from '../domain/supplier/state.js';
import type { Readings } from './application.js';
import type { StreamState } from './runner-services.js';
import type { AsOf } from './order-history.js';
import type { OrderEvents, OrderReading } from './order-reads.js';

/** Injection token of the {@link Readings}. */
export const READINGS = Symbol('READINGS');

export class ReadOrder extends Query<OrderReading | undefined> {
  constructor(
    readonly orderId: string,
    readonly caller: Caller,
    readonly asOf?: AsOf,
  ) {
    super();
  }
}

export class ReadOrderEvents extends Query<OrderEvents | undefined> {
  constructor(
    readonly orderId: string,
    readonly caller: Caller,
    readonly range?: { readonly after?: bigint; readonly limit?: number },
  ) {
    super();
  }
}

export class ExplainDispute extends Query<Explanation | undefined> {
  constructor(
    readonly orderId: string,
    readonly dispute: number,
    readonly caller: Caller,
    readonly asOf?: AsOf,
  ) {
    super();
  }
}

@QueryHandler(ReadOrder)
export class ReadOrderHandler implements IQueryHandler<ReadOrder> {
  constructor(@Inject(READINGS) private readonly readings: Readings) {}

  execute({ orderId, caller, asOf }: ReadOrder): Promise<OrderReading | undefined> {
    return this.readings.reads.order(orderId, caller, asOf);
  }
}

@QueryHandler(ReadOrderEvents)
export class ReadOrderEventsHandler implements IQueryHandler<ReadOrderEvents> {
  constructor(@Inject(READINGS) private readonly readings: Readings) {}

  execute({ orderId, caller, range }: ReadOrderEvents): Promise<OrderEvents | undefined> {
    return this.readings.reads.events(orderId, caller, range);
  }
}

@QueryHandler(ExplainDispute)
export class ExplainDisputeHandler implements IQueryHandler<ExplainDispute> {
  constructor(@Inject(READINGS) private readonly readings: Readings) {}

  execute({ orderId, dispute, caller, asOf }: ExplainDispute): Promise<Explanation | undefined> {
    return this.readings.reads.explanation(orderId, dispute, caller, asOf);
  }
}

export class ReadSupplier extends Query<StreamState<Supplier>> {
  constructor(readonly supplierId: string) {
    super();
  }
}

export class ReadPolicy extends Query<StreamState<Policy>> {
  constructor(readonly policyId: string) {
    super();
  }
}

export class ReadInspector extends Query<StreamState<Inspector>> {
  constructor(readonly inspectorId: string) {
    super();
  }
}

@QueryHandler(ReadSupplier)
export class ReadSupplierHandler implements IQueryHandler<ReadSupplier> {
  constructor(@Inject(READINGS) private readonly readings: Readings) {}

  execute({ supplierId }: ReadSupplier): Promise<StreamState<Supplier>> {
    return this.readings.suppliers.read(supplierId);
  }
}

@QueryHandler(ReadPolicy)
export class ReadPolicyHandler implements IQueryHandler<ReadPolicy> {
  constructor(@Inject(READINGS) private readonly readings: Readings) {}

  execute({ policyId }: ReadPolicy): Promise<StreamState<Policy>> {
    return this.readings.policies.read(policyId);
  }
}

@QueryHandler(ReadInspector)
export class ReadInspectorHandler implements IQueryHandler<ReadInspector> {
  constructor(@Inject(READINGS) private readonly readings: Readings) {}

  execute({ inspectorId }: ReadInspector): Promise<StreamState<Inspector>> {
    return this.readings.inspectors.read(inspectorId);
  }
}

export const queryHandlers = [
  ReadOrderHandler,
  ReadOrderEventsHandler,
  ExplainDisputeHandler,
  ReadSupplierHandler,
  ReadPolicyHandler,
  ReadInspectorHandler,
];
