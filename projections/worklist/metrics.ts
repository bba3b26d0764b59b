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
  const cases: WorklistCase[] = [];
  for await (const row of everyDocument(documents, opened)) cases.push(row);
  const limits = new Map<string, Readonly<Record<string, number>>>();
  for (const supplier of new Set(cases.filter(isAwarded).map(({ supplierId }) => supplierId)))
    limits.set(supplier, (await standings.get(supplier))?.supplier.limits ?? {});
  return metricsOf(cases, (supplier, currency) => limits.get(supplier)?.[currency]);
}

/** Grounds by name, suppliers by how many disputes they have, most first. */
export function metricsOf(
  cases: readonly WorklistCase[],
  limitOf: LimitOf = () => undefined,
): DisputeMetrics {
  const open = cases.filter(isOpen);
  return {
    disputes: cases.length,
    open: open.length,
    byGround: [...Map.groupBy(cases, ({ dispute }) => dispute.ground)]
      .map(([ground, ofGround]) => ({
        ground,
        open: ofGround.filter(isOpen).length,
        outcomes: counted(ofGround.flatMap(({ dispute }) => dispute.closed?.outcome ?? [])),
      }))
      .toSorted((one, other) => (one.ground < other.ground ? -1 : 1)),
    timeToResponse: durations(cases, ({ respondedAt }) => respondedAt),
    timeToSettlement: durations(cases, ({ dispute: { closed } }) =>
      closed?.outcome === 'SETTLED' ? closed.at : undefined,
    ),
    timeToDetermination: durations(cases, ({ determinedAt }) => determinedAt),
    suppliers: [...Map.groupBy(cases, ({ supplierId }) => supplierId)]
      .map(([supplier, its]) => ratesOf(supplier, its))
      .toSorted((one, other) => other.disputes - one.disputes || (one.supplier < other.supplier ? -1 : 1)),
    exposure: [...Map.groupBy(open, ({ currency }) => currency)].map(([currency, its]) =>
      money(
        its.reduce((sum, { dispute }) => sum + dispute.claimed, 0),
        currency,
      ),
    ),
    openAwards: openAwards(open.filter(isAwarded), limitOf),
  };
}

/** Of an appeal that was decided, or of the determination before. */
const awardOf = ({ dispute: { determination, appeal } }: WorklistCase): number =>
  (appeal?.decision ?? determination)?.award ?? 0;

const isAwarded = (row: WorklistCase): boolean => isOpen(row) && awardOf(row) > 0;

const openAwards = (awarded: readonly WorklistCase[], limitOf: LimitOf): OpenAwards[] =>
  [...Map.groupBy(awarded, ({ supplierId, currency }) => `${currency} ${supplierId}`).values()]
    .flatMap(([first, ...others]) => {
      if (first === undefined) return [];
      const { supplierId: supplier, currency } = first;
      const limit = limitOf(supplier, currency);
      return {
        supplier,
        awarded: money(
          [first, ...others].reduce((sum, row) => sum + awardOf(row), 0),
          currency,
        ),
        limit: limit === undefined ? null : money(limit, currency),
      };
    })
    .toSorted((one, other) => other.awarded.amount - one.awarded.amount);

const isOpen = ({ dispute }: WorklistCase): boolean => dispute.status !== 'CLOSED';

const counted = <Key extends string>(keys: readonly Key[]): Partial<Record<Key, number>> =>
  Object.fromEntries(
    [...Map.groupBy(keys, (key) => key)].map(([key, same]) => [key, same.length]),
  ) as Partial<Record<Key, number>>;

function durations(
  cases: readonly WorklistCase[],
  end: (row: WorklistCase) => Instant | undefined,
): Durations {
  const hours = cases
    .flatMap((row) => {
      const at = end(row);
      return at === undefined ? [] : [(epochMsOf(at) - epochMsOf(row.openedAt)) / HOUR];
    })
    .toSorted((one, other) => one - other);
  const atMost = (part: number): number | null => hours[Math.ceil(hours.length * part) - 1] ?? null;
  return { count: hours.length, p50Hours: atMost(0.5), p90Hours: atMost(0.9), p99Hours: atMost(0.99) };
}

function ratesOf(supplier: string, cases: readonly WorklistCase[]): SupplierRates {
  const closed = cases.flatMap(({ dispute }) => dispute.closed ?? []);
  return {
    supplier,
    disputes: cases.length,
    silence: cases.filter(({ silent }) => silent).length / cases.length,
    refund: closed.length === 0 ? null : closed.filter(({ award }) => award > 0).length / closed.length,
  };
}
