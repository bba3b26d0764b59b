import { randomUUID } from 'node:crypto';
import { createApplication } from '../../libs/application/application.js';
import { advanceTo, type Advancing } from '../../libs/deadlines/advance.js';
import { readModelDueQueue } from '../../libs/deadlines/read-model-due-queue.js';
import type { Caller } from '../../libs/domain/decision.js';
import type { Order } from '../../libs/domain/order/state.js';
import { orderStream } from '../../libs/domain/streams.js';
import { VirtualClock } from '../../libs/kernel/clock.js';
import { instantOf, type Instant } from '../../libs/kernel/instant.js';
import type { Projection } from '../../libs/projection/projection.js';
import { everyDocument } from '../../projections/every-document.js';
import { readSide } from '../support/read-side.js';
import { contentOf, SUPPLIER_LIMIT, type SentCommand } from './order-run.js';
import { POLICIES } from './policies.js';

const RISK: Caller = { role: 'risk', id: 'R1' };
const AGENT: Caller = { role: 'agent', id: 'G1' };
const SCHEDULER: Caller = { role: 'clock', id: 'scheduler' };

/** Log, commands, projections and two schedulers on a virtual clock, with everything that orders need already there. */
export async function wholeEngine(projections: readonly Projection<object>[], suppliers: readonly string[]) {
  const side = await readSide(projections);
  const clock = new VirtualClock('2026-01-01T00:00:00.000Z');
  const application = createApplication({ store: side.store, codec: side.codec, clock });
  const second = side.open();
  const send = async (orderId: string) => {
    const command = { type: 'ExpireDeadlines', data: {} } as const;
    const outcome = await application.orders.run({
      id: orderId,
      caller: SCHEDULER,
      idempotencyKey: randomUUID(),
      command,
    });
    if (outcome.kind === 'refused') throw new Error(JSON.stringify(outcome.refusal));
  };
  const one: Advancing = {
    clock,
    queue: await readModelDueQueue(side.database),
    send,
    idle: side.idle,
    owner: 'one',
  };
  const other: Advancing = { ...one, queue: await readModelDueQueue(second), owner: 'other' };

  await seed();
  return {
    clock,
    readModels: side.readModels,
    idle: side.idle,
    /** Moves the clock and lets nothing expire. */
    passTo: (instant: Instant) => clock.moveTo(instant),
    /** Both schedulers do what is due by the clock, at the same time; one alone on the way to a later instant. */
    schedule: (to: Instant = clock.now()) =>
      to > clock.now() ? advanceTo(one, to) : Promise.all([advanceTo(one, to), advanceTo(other, to)]),
    /** Whether it was accepted. Why not is told in other words here: what one may not see is not found. */
    async send(orderId: string, { caller, command }: SentCommand): Promise<boolean> {
      const outcome = await application.runOrder({
        id: orderId,
        caller,
        command,
        idempotencyKey: randomUUID(),
      });
      return outcome.kind === 'accepted';
    },
    /** What the log holds of an order. */
    async content(orderId: string): Promise<readonly string[]> {
      const content: string[] = [];
      for await (const recorded of side.store.readStream(orderStream(orderId))) {
        const { event, metadata } = side.codec.decode(recorded);
        content.push(contentOf(event, metadata.occurredAt));
      }
      return content;
    },
    state: async (orderId: string): Promise<Order | undefined> =>
      (await application.orders.read(orderId)).state,
    /** Every document of a projection, by id. */
    async documents<Doc extends object>(projection: Projection<Doc>): Promise<Doc[]> {
      const all: Doc[] = [];
      for await (const document of everyDocument(side.readModels.documents(projection), []))
        all.push(document);
      return all;
    },
    async dispose() {
      await second.close();
      await side.dispose();
    },
  };

  async function seed(): Promise<void> {
    const done = (outcome: { readonly kind: string }) => {
      if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome));
    };
    const idempotencyKey = () => randomUUID();
    for (const { policyId: id, parameters } of POLICIES) {
      const draft = { type: 'DraftPolicy', data: { policyId: id, title: id, parameters } } as const;
      const publish = { type: 'PublishPolicy', data: { version: 1 } } as const;
      const drafter: Caller = { role: 'policy_admin', id: 'PA1' };
      const publisher: Caller = { role: 'policy_admin', id: 'PA2' };
      done(
        await application.policies.run({
          id,
          caller: drafter,
          idempotencyKey: idempotencyKey(),
          command: draft,
        }),
      );
      done(
        await application.policies.run({
          id,
          caller: publisher,
          idempotencyKey: idempotencyKey(),
          command: publish,
        }),
      );
    }
    for (const id of suppliers) {
      for (const command of [
        { type: 'EnrolSupplier', data: { supplierId: id, name: 'Ningbo Metal', country: 'CN' } },
        { type: 'AssessSupplier', data: { tradeHistory: true, qualifications: true, legalStatus: true } },
        { type: 'SetAssuranceLimit', data: { limit: SUPPLIER_LIMIT } },
      ] as const)
        done(
          await application.suppliers.run({ id, caller: RISK, idempotencyKey: idempotencyKey(), command }),
        );
    }
    const command = {
      type: 'AccreditInspector',
      data: { inspectorId: 'I1', name: 'Look Ltd', fields: [] },
    } as const;
    done(
      await application.inspectors.run({
        id: 'I1',
        caller: AGENT,
        idempotencyKey: idempotencyKey(),
        command,
      }),
    );
  }
}

/** After every instant of the histories. */
export const LONG_AFTER = instantOf(Date.parse('2040-01-01T00:00:00.000Z'));
