/** Upper bounds of the buckets, in milliseconds; the last one has none. */
export const LATENESS_BUCKETS_MS = [
  1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 5_000, 60_000, 3_600_000,
] as const;

/** How late deadlines fired, counted by buckets: it costs the same however many there were. */
export interface Lateness {
  add(ms: number): void;
  read(): LatenessReading;
}

export interface LatenessReading {
  readonly count: number;
  readonly sumMs: number;
  readonly maxMs: number;
  /** How many were at most so late, a number for each of {@link LATENESS_BUCKETS_MS}: never falling. */
  readonly atMost: readonly number[];
}

export function lateness(): Lateness {
  const counts = Array.from<number>({ length: LATENESS_BUCKETS_MS.length }).fill(0);
  let count = 0;
  let sumMs = 0;
  let maxMs = 0;
  return {
    add(ms) {
      count += 1;
      sumMs += ms;
      maxMs = Math.max(maxMs, ms);
      const bucket = LATENESS_BUCKETS_MS.findIndex((bound) => ms <= bound);
      if (bucket >= 0) counts[bucket] = (counts[bucket] ?? 0) + 1;
    },
    read() {
      let sum = 0;
      return { count, sumMs, maxMs, atMost: counts.map((inBucket) => (sum += inBucket)) };
    },
  };
}

/** The bucket's bound that at least this part (0 to 1) of all keep to; the greatest value when that is beyond the last. */
export function quantileMs({ count, maxMs, atMost }: LatenessReading, part: number): number {
  const bucket = atMost.findIndex((sum) => sum >= count * part);
  return Math.min(maxMs, LATENESS_BUCKETS_MS[bucket] ?? maxMs);
}
