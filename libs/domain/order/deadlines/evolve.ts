import type { Deadline, Dispute, Order } from '../state.js';
import { allowed, answered, offersWith, requestsWith, withDispute } from '../dispute/evolve.js';
import { recoveryWith } from '../recovery/evolve.js';
import type { DeadlineEvent } from './events.js';

export function evolveDeadlines(order: Order, event: DeadlineEvent): Order {
  switch (event.type) {
    case 'DeadlineSet': {
      const { deadline, kind, dispute, dueAt, subject } = event.data;
      return {
        ...order,
        deadlines: [...order.deadlines, { deadline, kind, dispute, dueAt, subject, state: 'OPEN' }],
      };
    }
    case 'DeadlineMet':
      return { ...order, deadlines: changed(order, event.data.deadline, { state: 'MET' }) };
    case 'DeadlineExtended':
      return { ...order, deadlines: changed(order, event.data.deadline, { dueAt: event.data.to }) };
    case 'DeadlineExpired':
      return afterExpiry(
        { ...order, deadlines: changed(order, event.data.deadline, { state: 'EXPIRED' }) },
        event.data,
      );
    default: {
      const _: never = event;
      return order;
    }
  }
}

const changed = (order: Order, deadline: string, change: Partial<Deadline>): Order['deadlines'] =>
  order.deadlines.map((known) => (known.deadline === deadline ? { ...known, ...change } : known));

/** What an expiry means by itself. What the engine decides upon it is an event of its own. */
function afterExpiry(order: Order, data: Extract<DeadlineEvent, { type: 'DeadlineExpired' }>['data']): Order {
  const { kind, dispute, deadline } = data;
  const policy = order.contract.confirmed?.policy;
  const subject = order.deadlines.find((known) => known.deadline === deadline)?.subject;
  if (kind === 'RecoveryDue')
    return recoveryWith(order, subject ?? '', (recovery) => ({ ...recovery, state: 'OVERDUE' }));
  if (dispute === null || policy === undefined) return order;
  return withDispute(order, dispute, (known): Dispute => {
    switch (kind) {
      case 'OfferExpiry':
        return { ...known, offers: offersWith(known, Number(subject), 'EXPIRED') };
      case 'Evidence':
        return answered({ ...known, requests: requestsWith(known, Number(subject), 'MISSED') });
      case 'SupplierResponse':
        return policy.silence === 'BUYER_MAY_ESCALATE' ? allowed(known, 'buyer') : known;
      case 'Settlement':
        if (policy.settlement.then === 'EITHER_MAY_ESCALATE')
          return allowed(allowed(known, 'buyer'), 'supplier');
        return policy.settlement.then === 'BUYER_MAY_ESCALATE' ? allowed(known, 'buyer') : known;
      default:
        return known;
    }
  });
}
