import type { Instant } from '../../../kernel/instant.js';
import { calendarName, dueAfter } from '../../calendar/due.js';
import type { DeadlineKind } from '../../vocabulary.js';
import type { Deadline, Order } from '../state.js';
import type { Turn } from '../turn.js';

export interface NewDeadline {
  readonly kind: DeadlineKind;
  readonly dispute?: number;
  readonly subject?: string;
  /** Number of the rule that sets it. */
  readonly rule: number;
}

/** Sets a deadline `period` after the turn's instant, in the frozen policy's days and zone. Returns the due instant. */
export function setDeadline(
  turn: Turn,
  deadline: NewDeadline,
  period: string,
  startedAt: Instant = turn.at,
): Instant {
  const { zone, days } = policyOf(turn.order);
  const dueAt = dueAfter(startedAt, period, zone, days);
  setDeadlineAt(turn, deadline, dueAt, { period, startedAt });
  return dueAt;
}

/** Sets a deadline at an instant that was named outright. */
export function setDeadlineAt(
  turn: Turn,
  { kind, dispute, subject, rule }: NewDeadline,
  dueAt: Instant,
  from: { readonly period?: string; readonly startedAt?: Instant } = {},
): void {
  const { zone, days } = policyOf(turn.order);
  turn.emit({
    type: 'DeadlineSet',
    data: {
      deadline: freshName(turn.order, kind, dispute, subject),
      kind,
      dispute: dispute ?? null,
      dueAt,
      startedAt: from.startedAt ?? turn.at,
      period: from.period,
      zone,
      calendar: calendarName(days),
      rule,
      subject,
    },
  });
}

/** Ends every open deadline that `which` picks, because of the event named `by`. */
export function meetDeadlines(turn: Turn, by: string, which: (deadline: Deadline) => boolean): void {
  for (const open of turn.order.deadlines) {
    if (open.state !== 'OPEN' || !which(open)) continue;
    const { deadline, kind, dispute, dueAt } = open;
    turn.emit({ type: 'DeadlineMet', data: { deadline, kind, dispute, dueAt, metAt: turn.at, by } });
  }
}

export const ofDispute =
  (dispute: number, ...kinds: readonly DeadlineKind[]) =>
  (deadline: Deadline): boolean =>
    deadline.dispute === dispute && (kinds.length === 0 || kinds.includes(deadline.kind));

export const ofKind =
  (...kinds: readonly DeadlineKind[]) =>
  (deadline: Deadline): boolean =>
    kinds.includes(deadline.kind);

/** Deadlines that fall due together expire in this order, so that the outcome depends on nothing else. */
const PRECEDENCE: readonly DeadlineKind[] = [
  'PaymentDue',
  'ShipmentDue',
  'OfferExpiry',
  'Evidence',
  'SupplierResponse',
  'AutoEscalation',
  'Settlement',
  'DeterminationDue',
  'Appeal',
  'AutoReceipt',
  'ClaimWindow',
  'RecoveryDue',
];

/** The open deadline that has been due longest at `now`: a due instant itself is already due. */
export function nextOverdue(order: Order, now: Instant): Deadline | undefined {
  let first: Deadline | undefined;
  for (const deadline of order.deadlines) {
    if (deadline.state !== 'OPEN' || deadline.dueAt > now) continue;
    if (first === undefined || before(deadline, first)) first = deadline;
  }
  return first;
}

const before = (one: Deadline, other: Deadline): boolean =>
  one.dueAt < other.dueAt ||
  (one.dueAt === other.dueAt && PRECEDENCE.indexOf(one.kind) < PRECEDENCE.indexOf(other.kind));

/** The last deadline of its kind that was set: its due instant is the fact, extensions included. */
export const latestDeadline = (order: Order, kind: DeadlineKind): Deadline | undefined =>
  order.deadlines.findLast((deadline) => deadline.kind === kind);

/** The policy that the order is judged by. Only a confirmed order has deadlines, so only there is it asked for. */
export function policyOf(order: Order) {
  const confirmed = order.contract.confirmed;
  if (confirmed === undefined) throw new Error(`order ${order.orderId} has no confirmed contract`);
  return confirmed.policy;
}

/** `SupplierResponse.1`; a second one of the same name gets a further number. */
function freshName(order: Order, kind: DeadlineKind, dispute?: number, subject?: string): string {
  const name = [kind, dispute, subject].filter((part) => part !== undefined).join('.');
  const taken = order.deadlines.filter(
    ({ deadline }) => deadline === name || deadline.startsWith(`${name}~`),
  ).length;
  return taken === 0 ? name : `${name}~${taken + 1}`;
}
