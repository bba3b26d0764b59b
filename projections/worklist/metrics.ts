import type { CloseOutcome, Ground } from '../../libs/domain/vocabulary.js';
import { epochMsOf, type Instant } from '../../libs/kernel/instant.js';
import { money, type Money } from '../../libs/kernel/money.js';
import type { Condition } from '../../libs/projection/query.js';
import type { Documents } from '../../libs/projection/read-models/documents.js';
import { everyDocument } from '../every-document.js';
import type { SupplierStandingRow } from '../supplier-standing/projection.js';
import type { WorklistCase } from './projection.js';

/** A period of openings: from, inclusive, to, exclusive. */
export interface Period {
  readonly from?: Instant;
  readonly to?: Instant;
}

/** How many, and how long half, nine in ten and 99 in a hundred of them took at most, in hours; null for none. */
export interface Durations {
  readonly count: number;
  readonly p50Hours: number | null;
  readonly p90Hours: number | null;
  readonly p99Hours: number | null;
}

export interface DisputeMetrics {
  readonly disputes: number;
  readonly open: number;
  readonly byGround: readonly {
    readonly ground: Ground;
    readonly open: number;
    readonly outcomes: Readonly<Partial<Record<CloseOutcome, number>>>;
  }[];
  /** From the opening, each. */
  readonly timeToResponse: Durations;
  readonly timeToSettlement: Durations;
  readonly timeToDetermination: Durations;
  readonly suppliers: readonly SupplierRates[];
  /** What open disputes claim, by currency. */
  readonly exposure: readonly Money[];
  /** What rulings give that are not final yet, by supplier and currency, most first. */
  readonly openAwards: readonly OpenAwards[];
}

export interface OpenAwards {
  readonly supplier: string;
  readonly awarded: Money;
  /** The supplier's assurance limit as it is now; null for a currency in which it has none. */
  readonly limit: Money | null;
}

/** Minor units; undefined where a supplier has no limit. */
export type LimitOf = (supplier: string, currency: string) => number | undefined;

/** Of a supplier's disputes: the part in which it was silent, and, of those closed, the part that ended in a refund. */
export interface SupplierRates {
  readonly supplier: string;
  readonly disputes: number;
  readonly silence: number;
  readonly refund: number | null;
}

const HOUR = 3_600_000;

/** Over the disputes that were opened in the period. */
export async function disputeMetrics(
  documents: Documents<WorklistCase>,
  standings: Documents<SupplierStandingRow>,
  { from, to }: Period = {},
): Promise<DisputeMetrics> {
  const opened: Condition[] = [
    ...(from === undefined ? [] : [{ column: 'opened_at', op: 'gte', value: from } as const]),
    ...(to === undefined ? [] : [{ column: 'opened_at', op: 'lt', value: to } as const]),
  ];
  const tally = disputeTally();
  for await (const row of everyDocument(documents, opened)) tally.add(row);
  const limits = new Map<string, Readonly<Record<string, number>>>();
  for (const supplier of tally.awarded())
    limits.set(supplier, (await standings.get(supplier))?.supplier.limits ?? {});
  return tally.metrics((supplier, currency) => limits.get(supplier)?.[currency]);
}

/** Adds disputes up one at a time, however many: it keeps figures, and no dispute. */
export interface DisputeTally {
  add(row: WorklistCase): void;
  /** Suppliers against whom something is awarded that is not final. */
  awarded(): ReadonlySet<string>;
  /** Grounds by name, suppliers by how many disputes they have, most first. */
  metrics(limitOf: LimitOf): DisputeMetrics;
}

export function disputeTally(): DisputeTally {
  let disputes = 0;
  let open = 0;
  const grounds = new Map<Ground, { open: number; readonly outcomes: Map<CloseOutcome, number> }>();
  const suppliers = new Map<string, { disputes: number; silent: number; closed: number; refunded: number }>();
  const exposure = new Map<string, number>();
  const awards = new Map<string, { readonly supplier: string; readonly currency: string; awarded: number }>();
  const responses: number[] = [];
  const settlements: number[] = [];
  const determinations: number[] = [];

  return {
    add(row) {
      const { supplierId, currency, silent, respondedAt, determinedAt } = row;
      const { ground, claimed, closed } = row.dispute;
      const isOpen = row.dispute.status !== 'CLOSED';
      disputes += 1;
      const ofGround = entry(grounds, ground, () => ({ open: 0, outcomes: new Map() }));
      if (closed !== undefined) count(ofGround.outcomes, closed.outcome, 1);
      const its = entry(suppliers, supplierId, () => ({ disputes: 0, silent: 0, closed: 0, refunded: 0 }));
      its.disputes += 1;
      if (silent) its.silent += 1;
      if (closed !== undefined) its.closed += 1;
      if (closed !== undefined && closed.award > 0) its.refunded += 1;
      if (respondedAt !== undefined) responses.push(hoursOpen(row, respondedAt));
      if (determinedAt !== undefined) determinations.push(hoursOpen(row, determinedAt));
      if (closed?.outcome === 'SETTLED') settlements.push(hoursOpen(row, closed.at));
      if (!isOpen) return;
      open += 1;
      ofGround.open += 1;
      count(exposure, currency, claimed);
      const award = awardOf(row);
      if (award === 0) return;
      const key = `${currency} ${supplierId}`;
      entry(awards, key, () => ({ supplier: supplierId, currency, awarded: 0 })).awarded += award;
    },

    awarded: () => new Set([...awards.values()].map(({ supplier }) => supplier)),

    metrics: (limitOf) => ({
      disputes,
      open,
      byGround: [...grounds]
        .map(([ground, { open: stillOpen, outcomes }]) => ({
          ground,
          open: stillOpen,
          outcomes: Object.fromEntries(outcomes) as Partial<Record<CloseOutcome, number>>,
        }))
        .toSorted((one, other) => (one.ground < other.ground ? -1 : 1)),
      timeToResponse: durations(responses),
      timeToSettlement: durations(settlements),
      timeToDetermination: durations(determinations),
      suppliers: [...suppliers]
        .map(([supplier, its]) => ({
          supplier,
          disputes: its.disputes,
          silence: its.silent / its.disputes,
          refund: its.closed === 0 ? null : its.refunded / its.closed,
        }))
        .toSorted((one, other) => other.disputes - one.disputes || (one.supplier < other.supplier ? -1 : 1)),
      exposure: [...exposure].map(([currency, amount]) => money(amount, currency)),
      openAwards: [...awards.values()]
        .map(({ supplier, currency, awarded }) => {
          const limit = limitOf(supplier, currency);
          return {
            supplier,
            awarded: money(awarded, currency),
            limit: limit === undefined ? null : money(limit, currency),
          };
        })
        .toSorted((one, other) => other.awarded.amount - one.awarded.amount),
    }),
  };
}

/** Of an appeal that was decided, or of the determination before. */
const awardOf = ({ dispute: { determination, appeal } }: WorklistCase): number =>
  (appeal?.decision ?? determination)?.award ?? 0;

const hoursOpen = ({ openedAt }: WorklistCase, until: Instant): number =>
  (epochMsOf(until) - epochMsOf(openedAt)) / HOUR;

function entry<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

const count = <Key>(map: Map<Key, number>, key: Key, more: number) =>
  map.set(key, (map.get(key) ?? 0) + more);

function durations(ended: readonly number[]): Durations {
  const hours = Float64Array.from(ended).toSorted();
  const atMost = (part: number): number | null => hours[Math.ceil(hours.length * part) - 1] ?? null;
  return { count: hours.length, p50Hours: atMost(0.5), p90Hours: atMost(0.9), p99Hours: atMost(0.99) };
}
