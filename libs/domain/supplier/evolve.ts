import type { SupplierEvent } from './events.js';
import type { Reservation, ReservationKind, Supplier } from './state.js';

/** The supplier after the event. Never throws and never decides. */
export function evolveSupplier(supplier: Supplier | undefined, event: SupplierEvent): Supplier {
  const { type, data } = event;
  if (type === 'SupplierEnrolled') {
    return { ...data, qualified: false, limits: {}, suspensions: [], reservations: [] };
  }
  // Every stream begins with the enrolment.
  const before = supplier as Supplier;
  switch (type) {
    case 'SupplierAssessed':
      return { ...before, qualified: data.qualified };
    case 'AssuranceLimitSet':
      return { ...before, limits: { ...before.limits, [data.limit.currency]: data.limit.amount } };
    case 'SupplierSuspended': {
      const { reason, orderId, suspendedAt } = data;
      return { ...before, suspensions: [...before.suspensions, { reason, orderId, at: suspendedAt }] };
    }
    case 'SupplierReinstated':
      return { ...before, suspensions: [] };
    case 'CoverageReserved':
      return { ...before, reservations: moved(before.reservations, data, data.amount.amount) };
    case 'CoverageReleased':
      return { ...before, reservations: moved(before.reservations, data, -data.amount.amount) };
    default: {
      const _: never = type;
      return before;
    }
  }
}

interface Movement {
  readonly orderId: string;
  readonly kind: ReservationKind;
  readonly amount: { readonly currency: string };
}

function moved(
  reservations: readonly Reservation[],
  { orderId, kind, amount: { currency } }: Movement,
  by: number,
): readonly Reservation[] {
  const same = (one: Reservation) =>
    one.orderId === orderId && one.kind === kind && one.currency === currency;
  const amount = (reservations.find(same)?.amount ?? 0) + by;
  const others = reservations.filter((one) => !same(one));
  return amount > 0 ? [...others, { orderId, kind, amount, currency }] : others;
}
