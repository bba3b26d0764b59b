import { LRUCache } from 'lru-cache';

const WINDOW_MS = 60_000;
const REMEMBERED = 10_000;

/** Counts by key, a minute at a time, and says when it is too much. Forgets who was seen least when there are many. */
export class MinuteCounter {
  private readonly counts = new LRUCache<string, { readonly until: number; count: number }>({
    max: REMEMBERED,
  });

  constructor(
    private readonly most: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Seconds to wait when this was one too many; undefined when it was not. */
  count(key: string): number | undefined {
    const now = this.now();
    const known = this.counts.get(key);
    if (known === undefined || known.until <= now) {
      this.counts.set(key, { until: now + WINDOW_MS, count: 1 });
      return this.most < 1 ? WINDOW_MS / 1_000 : undefined;
    }
    known.count += 1;
    return known.count > this.most ? Math.ceil((known.until - now) / 1_000) : undefined;
  }
}
