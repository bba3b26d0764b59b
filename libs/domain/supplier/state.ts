import type { Instant } from '../../kernel/instant.js';
import { money } from '../../kernel/money.js';
import type { SupplierStanding } from '../order/context.js';

/** A supplier: whether it may be covered, and up to how much. Immutable. */
export interface Supplier {
  readonly supplierId: string;
  readonly name: string;
  readonly country: string;
  readonly enrolledAt: Instant;
  /** Rule 1: trade history, qualifications and legal status all hold, at the last assessment. */
  readonly qualified: boolean;
  /** Assurance limits in minor units, by currency. */
  readonly limits: Readonly<Record<string, number>>;
  /** Why it is suspended: once by risk, and once for every order with an overdue recovery. Empty: it is not. */
  readonly suspensions: readonly Suspension[];
  /** What is taken from the limits: at most one of each kind for an order. */
  readonly reservations: readonly Reservation[];
}

export interface Suspension {
  readonly reason: 'RISK' | 'RECOVERY_OVERDUE';
  readonly orderId?: string;
  readonly at: Instant;
}

export type ReservationKind = 'ORDER' | 'RECOVERY';

export interface Reservation {
  readonly orderId: string;
  readonly kind: ReservationKind;
  /** Minor units, above zero. */
  readonly amount: number;
  readonly currency: string;
}

/** Minor units of `currency` that open orders and unpaid recoveries, or one of them, take from the limit. */
export function reservedIn(supplier: Supplier, currency: string, kind?: ReservationKind): number {
  const counts = (one: Reservation) => one.currency === currency && (kind === undefined || one.kind === kind);
  return supplier.reservations.reduce((sum, one) => (counts(one) ? sum + one.amount : sum), 0);
}

/** What an order in `currency` is told of its supplier. Undefined for one that never enrolled. */
export function standingOf(supplier: Supplier | undefined, currency: string): SupplierStanding | undefined {
  if (supplier === undefined) return undefined;
  const { supplierId, name, country, qualified, suspensions } = supplier;
  const limit = supplier.limits[currency];
  return {
    supplierId,
    name,
    country,
    enrolled: true,
    qualified,
    suspended: suspensions.length > 0,
    ...(limit === undefined
      ? {}
      : {
          limit: money(limit, currency),
          available: money(Math.max(0, limit - reservedIn(supplier, currency)), currency),
          owed: money(reservedIn(supplier, currency, 'RECOVERY'), currency),
        }),
  };
}
