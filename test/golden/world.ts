import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApplication } from '../../libs/application/application.js';
import type { CommandOutcome } from '../../libs/application/command-outcome.js';
import type { Caller } from '../../libs/domain/decision.js';
import type { InspectorCommand } from '../../libs/domain/inspector/commands.js';
import type { OrderCommand } from '../../libs/domain/order/commands.js';
import type { PolicyCommand } from '../../libs/domain/policy/commands.js';
import { eventSchemas } from '../../libs/domain/registry.js';
import type { SupplierCommand } from '../../libs/domain/supplier/commands.js';
import { createCodec } from '../../libs/event-store/codec.js';
import type { RecordedEvent } from '../../libs/event-store/port.js';
import { openSqliteEventStore } from '../../libs/event-store/sqlite/event-store.js';
import type { Instant } from '../../libs/kernel/instant.js';
import { eventId } from '../support/event-id.js';

/** Where the golden stories take place: the real application on a store of its own, at times that the stories name. */
export interface World {
  /** From now on it is `instant`: each story has its own time, and none its own clock. */
  on(instant: Instant): void;
  order(id: string, caller: Caller, command: OrderCommand): Promise<void>;
  supplier(id: string, caller: Caller, command: SupplierCommand): Promise<void>;
  policy(id: string, caller: Caller, command: PolicyCommand): Promise<void>;
  inspector(id: string, caller: Caller, command: InspectorCommand): Promise<void>;
  /** Of an order, as decimal text: what an arbitrator has seen. */
  revision(orderId: string): Promise<string>;
  /** Everything that was recorded, in order. */
  events(): AsyncIterable<RecordedEvent>;
  close(): Promise<void>;
}

/** Two worlds in which the same is done record the same: ids, hashes and all. A refused command throws. */
export async function openWorld(): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'recourse-golden-'));
  const store = await openSqliteEventStore({ file: join(folder, 'log.db') });
  let now: Instant = '2026-01-01T00:00:00.000Z';
  const application = createApplication({
    store,
    codec: createCodec(eventSchemas),
    clock: { now: () => now },
    eventId,
  });
  let sent = 0;
  const request = <C extends { readonly type: string }>(id: string, caller: Caller, command: C) => {
    sent += 1;
    return { id, caller, command, idempotencyKey: `golden-${sent}` };
  };
  return {
    on(instant) {
      now = instant;
    },
    order: async (...command) => expectAccepted(command, await application.orders.run(request(...command))),
    supplier: async (...command) =>
      expectAccepted(command, await application.suppliers.run(request(...command))),
    policy: async (...command) =>
      expectAccepted(command, await application.policies.run(request(...command))),
    inspector: async (...command) =>
      expectAccepted(command, await application.inspectors.run(request(...command))),
    revision: async (orderId) => String((await application.orders.read(orderId)).revision),
    events: () => store.readAll(),
    async close() {
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
}

function expectAccepted(
  [id, caller, command]: readonly [string, Caller, { readonly type: string }],
  outcome: CommandOutcome<object>,
): void {
  if (outcome.kind === 'accepted') return;
  const why = outcome.kind === 'refused' ? JSON.stringify(outcome.refusal, null, 2) : 'nothing happened';
  throw new Error(`${command.type} on ${id} by ${caller.role} ${caller.id}: ${why}`);
}
