import type { DeadlineKind } from '../../libs/domain/vocabulary.js';
import type { Instant } from '../../libs/kernel/instant.js';
import type { Projection } from '../../libs/projection/projection.js';
import { orderEventOf, orderIdOf } from '../order-stream.js';

/** A deadline that is still open. */
export interface QueuedDeadline {
  readonly orderId: string;
  /** Unique in its order, e.g. `SupplierResponse.1`. */
  readonly deadline: string;
  readonly kind: DeadlineKind;
  readonly dispute: number | null;
  readonly dueAt: Instant;
}

const types = ['DeadlineSet', 'DeadlineMet', 'DeadlineExpired', 'DeadlineExtended'] as const;
type QueueEvent = (typeof types)[number];

/**
 * The queue that schedulers work off: a document `<orderId>/<deadline>` for each open deadline, gone once it is met or
 * has expired.
 */
export const deadlineQueue: Projection<QueuedDeadline> = {
  name: 'deadline-queue',
  version: 1,
  types,
  anew: ['DeadlineSet', 'DeadlineMet', 'DeadlineExpired'],
  key: (envelope) => [`${orderIdOf(envelope)}/${orderEventOf<QueueEvent>(envelope).data.deadline}`],
  evolve(queued, envelope) {
    const event = orderEventOf<QueueEvent>(envelope);
    switch (event.type) {
      case 'DeadlineSet': {
        const { deadline, kind, dispute, dueAt } = event.data;
        return { orderId: orderIdOf(envelope), deadline, kind, dispute, dueAt };
      }
      case 'DeadlineExtended':
        return queued === undefined ? null : { ...queued, dueAt: event.data.to };
      case 'DeadlineMet':
      case 'DeadlineExpired':
        return null;
      default:
        return event satisfies never;
    }
  },
  columns: [
    { name: 'due_at', type: 'text', value: ({ dueAt }) => dueAt },
    { name: 'order_id', type: 'text', indexed: false, value: ({ orderId }) => orderId },
  ],
};
