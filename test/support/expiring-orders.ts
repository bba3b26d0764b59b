import type { Clock } from '../../libs/kernel/clock.js';
import type { Instant } from '../../libs/kernel/instant.js';
import { deadlineExpired, deadlineSet } from './deadline-steps.js';
import type { Step } from './example-history.js';
import type { ReadSide } from './read-side.js';

export interface Expiry {
  readonly orderId: string;
  readonly deadline: string;
  readonly dueAt: Instant;
  readonly firedAt: Instant;
}

/**
 * Orders that know nothing but their deadlines: `expire` records in the log what is due by the clock and open, in due
 * order, one command after the other, and what follows from it. Like any order, it records nothing twice.
 */
export function expiringOrders(
  side: ReadSide,
  clock: Clock,
  /** Another deadline of the order that an expiry sets. */
  follows: (expiry: Expiry) => { readonly deadline: string; readonly dueAt: Instant } | undefined = () =>
    undefined,
) {
  const open = new Map<string, Map<string, Instant>>();
  const turns = new Map<string, Promise<void>>();
  const expiries: Expiry[] = [];
  /** How often each order was sent a command. */
  const sent = new Map<string, number>();

  const inTurn = (orderId: string, work: () => Promise<void>): Promise<void> => {
    const turn = (turns.get(orderId) ?? Promise.resolve()).then(work);
    turns.set(
      orderId,
      turn.catch(() => undefined),
    );
    return turn;
  };
  const add = (orderId: string, deadline: string, dueAt: Instant): Step => {
    const deadlines = open.get(orderId) ?? new Map<string, Instant>();
    open.set(orderId, deadlines.set(deadline, dueAt));
    return deadlineSet(deadline, dueAt);
  };

  return {
    expiries,
    sent,
    set: (orderId: string, deadline: string, dueAt: Instant) =>
      inTurn(orderId, () => side.record(`order-${orderId}`, [add(orderId, deadline, dueAt)])),
    expire: (orderId: string) =>
      inTurn(orderId, async () => {
        sent.set(orderId, (sent.get(orderId) ?? 0) + 1);
        const firedAt = clock.now();
        const steps: Step[] = [];
        const due = () =>
          [...(open.get(orderId) ?? [])]
            .filter(([, dueAt]) => dueAt <= firedAt)
            .toSorted(([, one], [, other]) => (one < other ? -1 : 1))[0];
        for (let next = due(); next !== undefined; next = due()) {
          const [deadline, dueAt] = next;
          const expiry = { orderId, deadline, dueAt, firedAt };
          open.get(orderId)?.delete(deadline);
          expiries.push(expiry);
          steps.push(deadlineExpired(deadline, dueAt, firedAt));
          const chained = follows(expiry);
          if (chained !== undefined) steps.push(add(orderId, chained.deadline, chained.dueAt));
        }
        if (steps.length > 0) await side.record(`order-${orderId}`, steps);
      }),
  };
}
