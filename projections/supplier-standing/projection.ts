import { supplierEventSchemas, type SupplierEvent } from '../../libs/domain/supplier/events.js';
import { evolveSupplier } from '../../libs/domain/supplier/evolve.js';
import type { ReservationKind, Supplier } from '../../libs/domain/supplier/state.js';
import { parseStream } from '../../libs/domain/streams.js';
import type { Projection } from '../../libs/projection/projection.js';

/** What the public may know of a supplier (rule 1), and what its open orders and unpaid recoveries hold of its limits. */
export interface SupplierStandingRow {
  /** As the domain folds it; reservations are kept as sums. */
  readonly supplier: Supplier;
  /** Minor units, by currency. */
  readonly reserved: Readonly<Record<string, Readonly<Record<ReservationKind, number>>>>;
}

export type Standing = 'QUALIFIED' | 'NOT_QUALIFIED' | 'SUSPENDED';

/** A document `<supplierId>` for each supplier. */
export const supplierStanding: Projection<SupplierStandingRow> = {
  name: 'supplier-standing',
  version: 1,
  types: supplierEventSchemas.map(({ type }) => type),
  key: ({ stream }) => [parseStream(stream)?.id ?? stream],
  evolve(row, envelope) {
    // The codec has checked it, and the types let no other in.
    const event = envelope.event as SupplierEvent;
    if (row === undefined && event.type !== 'SupplierEnrolled') return null;
    return {
      supplier: { ...evolveSupplier(row?.supplier, event), reservations: [] },
      reserved: reservedAfter(row?.reserved ?? {}, event),
    };
  },
  columns: [
    { name: 'name', type: 'text', value: ({ supplier }) => supplier.name },
    { name: 'country', type: 'text', value: ({ supplier }) => supplier.country },
    { name: 'standing', type: 'text', value: ({ supplier }) => standingOf(supplier) },
    { name: 'usd_limit', type: 'integer', value: ({ supplier }) => supplier.limits['USD'] ?? null },
  ],
};

/** The badge: whether new orders of the supplier can be covered. */
export function standingOf({
  qualified,
  suspensions,
}: Pick<Supplier, 'qualified' | 'suspensions'>): Standing {
  if (suspensions.length > 0) return 'SUSPENDED';
  return qualified ? 'QUALIFIED' : 'NOT_QUALIFIED';
}

function reservedAfter(
  reserved: SupplierStandingRow['reserved'],
  { type, data }: SupplierEvent,
): SupplierStandingRow['reserved'] {
  if (type !== 'CoverageReserved' && type !== 'CoverageReleased') return reserved;
  const { amount, currency } = data.amount;
  const before = reserved[currency] ?? { ORDER: 0, RECOVERY: 0 };
  const after = before[data.kind] + (type === 'CoverageReserved' ? amount : -amount);
  return { ...reserved, [currency]: { ...before, [data.kind]: after } };
}
