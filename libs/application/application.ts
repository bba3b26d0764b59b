import type { OrderCommand } from '../domain/order/commands.js';
import type { Order } from '../domain/order/state.js';
import { publishedPolicy } from '../domain/policy/state.js';
import { standingOf } from '../domain/supplier/state.js';
import { CommandRunner, type RunnerOptions } from './command-runner.js';
import type { CommandOutcome, CommandRequest } from './command-outcome.js';
import { confirmWithCoverage } from './confirm-with-coverage.js';
import { inspectorKind } from './inspector-kind.js';
import { orderKind, type HandedInFiles, type OrderSources } from './order-kind.js';
import { orderReads, type OrderReads } from './order-reads.js';
import { policyKind } from './policy-kind.js';
import type { RunnerServices } from './runner-services.js';
import type { InspectorRunner, OrderRunner, PolicyRunner, SupplierRunner } from './runners.js';
import { supplierKind } from './supplier-kind.js';

/** Everything that can be read from the log, as it is now. */
export interface Readings {
  readonly orders: Pick<OrderRunner, 'read'>;
  readonly suppliers: Pick<SupplierRunner, 'read'>;
  readonly policies: Pick<PolicyRunner, 'read'>;
  readonly inspectors: Pick<InspectorRunner, 'read'>;
  readonly reads: OrderReads;
}

/** Everything that can be commanded and read from the log, over one event store. */
export interface Application extends Readings {
  readonly orders: OrderRunner;
  readonly suppliers: SupplierRunner;
  readonly policies: PolicyRunner;
  readonly inspectors: InspectorRunner;
  /** Runs an order's command; a confirmation reserves the supplier's coverage first where open orders share it. */
  runOrder(request: CommandRequest<OrderCommand>): Promise<CommandOutcome<Order>>;
}

export interface ApplicationServices extends RunnerServices {
  /** Absent: evidence is hashes, and its files are kept elsewhere. */
  readonly files?: HandedInFiles;
}

export function createApplication(services: ApplicationServices, options: RunnerOptions = {}): Application {
  const suppliers: SupplierRunner = new CommandRunner(supplierKind, services, options);
  const policies: PolicyRunner = new CommandRunner(policyKind, services, options);
  const inspectors: InspectorRunner = new CommandRunner(inspectorKind, services, options);
  const sources: OrderSources = {
    policy: async (policyId, maxAgeMs) => publishedPolicy((await policies.read(policyId, maxAgeMs)).state),
    supplier: async (supplierId, currency, maxAgeMs) =>
      standingOf((await suppliers.read(supplierId, maxAgeMs)).state, currency),
    async accredited(ids, maxAgeMs) {
      const found = await Promise.all(ids.map((id) => inspectors.read(id, maxAgeMs)));
      return ids.filter((_, index) => found[index]?.state?.accredited === true);
    },
    files: services.files,
  };
  const orders: OrderRunner = new CommandRunner(orderKind(sources), services, options);
  return {
    orders,
    suppliers,
    policies,
    inspectors,
    reads: orderReads(orders, services),
    runOrder: (request) =>
      request.command.type === 'ConfirmContract'
        ? confirmWithCoverage({ orders, suppliers, sources }, request)
        : orders.run(request),
  };
}
