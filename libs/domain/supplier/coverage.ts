import type { Instant } from '../../kernel/instant.js';
import { formatMoney, money } from '../../kernel/money.js';
import type { Fault } from '../../kernel/problem.js';
import { accept, refuse, type Decision } from '../decision.js';
import type { SupplierCommand } from './commands.js';
import type { SupplierEvent } from './events.js';
import { reservedIn, type Reservation, type Supplier } from './state.js';

type SupplierEventOf<T extends SupplierEvent['type']> = Extract<SupplierEvent, { type: T }>;
type DataOf<T extends SupplierCommand['type']> = Extract<SupplierCommand, { type: T }>['data'];

/**
 * Takes from the limit. An ORDER is refused when open orders and recoveries together would exceed it (AGGREGATE_OPEN);
 * asked again for the same order it changes nothing, with another amount it replaces the first. A RECOVERY is a fact,
 * never refused, also beyond the limit (rule 30): each one is added, so its command is to be sent once.
 */
export function reserveCoverage(
  supplier: Supplier,
  { orderId, amount, kind }: DataOf<'ReserveCoverage'>,
  now: Instant,
): Decision<SupplierEvent> {
  const reserved: SupplierEvent = { type: 'CoverageReserved', data: { orderId, amount, kind } };
  if (amount.amount === 0) return accept(now);
  if (kind === 'RECOVERY') return accept(now, reserved);
  const held = supplier.reservations.filter(of(orderId, kind));
  const { currency } = amount;
  if (held.some((one) => one.amount === amount.amount && one.currency === currency)) return accept(now);
  const faults = orderFaults(supplier, reservedIn(supplier, currency) - sumIn(held, currency), amount);
  if (faults.length > 0) return refuse('rules', ...faults);
  const replaced: readonly SupplierEvent[] = held.map((one) => released(one, one.amount));
  return accept(now, ...replaced, reserved);
}

/** Gives back to the limit: `amount`, or all that is held. Never more than is held; nothing held, nothing happens. */
export function releaseCoverage(
  supplier: Supplier,
  { orderId, amount, kind }: DataOf<'ReleaseCoverage'>,
  now: Instant,
): Decision<SupplierEvent> {
  const freed = supplier.reservations
    .filter(of(orderId, kind))
    .filter(({ currency }) => amount === undefined || amount.currency === currency)
    .map((one) => released(one, Math.min(one.amount, amount?.amount ?? one.amount)))
    .filter(({ data }) => data.amount.amount > 0);
  return accept(now, ...freed);
}

const of = (orderId: string, kind: Reservation['kind']) => (one: Reservation) =>
  one.orderId === orderId && one.kind === kind;

const sumIn = (reservations: readonly Reservation[], currency: string) =>
  reservations.reduce((sum, one) => (one.currency === currency ? sum + one.amount : sum), 0);

const released = (
  { orderId, kind, currency }: Reservation,
  amount: number,
): SupplierEventOf<'CoverageReleased'> => ({
  type: 'CoverageReleased',
  data: { orderId, amount: money(amount, currency), kind },
});

/** Rules 1 and 20: everything that keeps an order from the supplier's coverage. */
function orderFaults(
  supplier: Supplier,
  reserved: number,
  amount: DataOf<'ReserveCoverage'>['amount'],
): Fault[] {
  const limit = supplier.limits[amount.currency];
  const checks: readonly (readonly [boolean, Fault])[] = [
    [
      !supplier.qualified,
      { code: 'SUPPLIER.NOT_QUALIFIED', message: 'The supplier is not qualified.', rule: 1 },
    ],
    [
      supplier.suspensions.length > 0,
      { code: 'SUPPLIER.SUSPENDED', message: 'The supplier is suspended.', rule: 1 },
    ],
    [
      limit === undefined,
      {
        code: 'SUPPLIER.NO_LIMIT',
        message: `Risk has set no assurance limit in ${amount.currency}.`,
        rule: 1,
      },
    ],
    [
      limit !== undefined && reserved + amount.amount > limit,
      {
        code: 'SUPPLIER.LIMIT_EXHAUSTED',
        message:
          `The limit of ${formatMoney(money(limit ?? 0, amount.currency))} does not bear ${formatMoney(amount)} ` +
          `beside the ${formatMoney(money(reserved, amount.currency))} of open orders and unpaid recoveries.`,
        rule: 20,
        facts: { limit: limit ?? null, reserved, requested: amount.amount, currency: amount.currency },
      },
    ],
  ];
  return checks.filter(([broken]) => broken).map(([, fault]) => fault);
}
