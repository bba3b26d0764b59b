import { isDeepStrictEqual } from 'node:util';
import type { Caller, Decision } from '../../libs/domain/decision.js';
import type { OrderCommand } from '../../libs/domain/order/commands.js';
import type { PublishedPolicy } from '../../libs/domain/order/context.js';
import { decideOrder } from '../../libs/domain/order/decide.js';
import type { OrderEvent } from '../../libs/domain/order/events.js';
import { evolveOrder } from '../../libs/domain/order/evolve.js';
import { balances } from '../../libs/domain/order/funds/ledger.js';
import type { Deadline, Order } from '../../libs/domain/order/state.js';
import type { Instant } from '../../libs/kernel/instant.js';
import { canonicalJson } from '../../libs/kernel/canonical-json.js';
import { money } from '../../libs/kernel/money.js';

export interface SentCommand {
  readonly at: Instant;
  readonly caller: Caller;
  readonly command: OrderCommand;
}

export const SUPPLIER_LIMIT = money(900_000, 'USD');
const SUPPLIER = {
  name: 'Ningbo Metal',
  country: 'CN',
  enrolled: true,
  qualified: true,
  suspended: false,
  limit: SUPPLIER_LIMIT,
  available: SUPPLIER_LIMIT,
};

/** An order and its decider, and nothing else: what it makes of commands, checked after every event. */
export interface OrderRun {
  readonly order: Order | undefined;
  /** Business content of every event: type, when it took effect, and data less `firedAt`. */
  readonly content: readonly string[];
  /** What came of each command, `ExpireDeadlines` not counted: `accepted`, or the codes of the faults. */
  readonly outcomes: readonly string[];
  readonly expired: readonly Deadline['kind'][];
  /** Decimal text; -1 before the first event. */
  readonly revision: string;
  send(command: SentCommand): void;
  /** What a scheduler does. */
  expire(at: Instant): void;
  /** The open deadline that is due first. */
  nextDue(): Deadline | undefined;
}

/** Thrown when something that must hold after every event does not. */
export class BrokenInvariant extends Error {}

export function orderRun(policy: PublishedPolicy): OrderRun {
  let order: Order | undefined;
  const content: string[] = [];
  const outcomes: string[] = [];
  const expired: Deadline['kind'][] = [];

  const decide = ({ at, caller, command }: SentCommand): Decision<OrderEvent, Order> =>
    decideOrder(order, command, {
      now: at,
      caller,
      revision: String(content.length - 1),
      policy,
      supplier: { ...SUPPLIER, supplierId: order?.supplierId ?? 'S1' },
      accreditedInspectors: ['I1'],
    });
  const record = (decision: Decision<OrderEvent, Order>, at: Instant) => {
    for (const { event, occurredAt } of [...decision.expired, ...decision.accepted]) {
      check(order, event, { occurredAt, at });
      order = evolveOrder(order, event);
      if (!balances(order.funds))
        throw new BrokenInvariant(`${event.type} loses money: ${JSON.stringify(order.funds)}`);
      if (event.type === 'DeadlineExpired') expired.push(event.data.kind);
      content.push(contentOf(event, occurredAt));
    }
    if (decision.after !== undefined && !isDeepStrictEqual(decision.after, order))
      throw new BrokenInvariant('the decider leads to another state than its events');
  };

  return {
    get order() {
      return order;
    },
    get revision() {
      return String(content.length - 1);
    },
    content,
    outcomes,
    expired,
    send(sent) {
      const decision = decide(sent);
      record(decision, sent.at);
      outcomes.push(decision.refusal?.faults.map(({ code }) => code).join() ?? 'accepted');
    },
    expire(at) {
      const command = {
        at,
        caller: { role: 'clock', id: 'scheduler' },
        command: { type: 'ExpireDeadlines', data: {} },
      } as const;
      record(decide(command), at);
    },
    nextDue: () =>
      order?.deadlines
        .filter(({ state }) => state === 'OPEN')
        .reduce<Deadline | undefined>(
          (first, one) => (first === undefined || one.dueAt < first.dueAt ? one : first),
          undefined,
        ),
  };
}

/** What the event says, apart from when the engine got to it. */
export function contentOf(
  event: { readonly type: string; readonly data: unknown },
  occurredAt: Instant,
): string {
  const { firedAt: _, ...data } = event.data as Record<string, unknown>;
  return canonicalJson([event.type, occurredAt, data]);
}

/** No deadline fires before it is due, or twice, and what fires takes effect at its due instant. */
function check(
  order: Order | undefined,
  event: OrderEvent,
  { occurredAt, at }: { occurredAt: Instant; at: Instant },
): void {
  if (event.type !== 'DeadlineExpired') return;
  const { deadline, dueAt, firedAt } = event.data;
  const known = order?.deadlines.find((one) => one.deadline === deadline);
  const right =
    known?.state === 'OPEN' &&
    known.dueAt === dueAt &&
    occurredAt === dueAt &&
    firedAt === at &&
    dueAt <= firedAt;
  if (!right) throw new BrokenInvariant(`${deadline}, due ${known?.dueAt}, fired at ${firedAt}`);
}
