import { randomUUID } from 'node:crypto';
import type { Runs } from '../../libs/application/commands.js';
import type { Caller } from '../../libs/domain/decision.js';
import type { OrderCommand } from '../../libs/domain/order/commands.js';

const SCHEDULER: Caller = { role: 'clock', id: 'scheduler' };

/** Records what is due in an order. Rejects when that did not come about; nothing due is no failure. */
export async function expireDeadlines(orders: Runs<OrderCommand>, orderId: string): Promise<void> {
  const outcome = await orders.run({
    id: orderId,
    caller: SCHEDULER,
    idempotencyKey: randomUUID(),
    command: { type: 'ExpireDeadlines', data: {} },
  });
  if (outcome.kind !== 'refused') return;
  throw new Error(outcome.refusal.faults.map(({ code, message }) => `${code}: ${message}`).join(' '));
}
