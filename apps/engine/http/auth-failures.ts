import { LRUCache } from 'lru-cache';

const WINDOW_MS = 60_000;
const MOST_IN_WINDOW = 100;
const ADDRESSES = 10_000;

/**
 * Counts refused tokens by address, a minute at a time. Only failures are counted, so that a request with a good token
 * pays nothing for it and is never turned away because of its neighbours.
 */
export class AuthFailures {
  private readonly counts = new LRUCache<string, { until: number; count: number }>({ max: ADDRESSES });

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Seconds to wait when the address has failed too often; undefined when it has not. */
  count(address: string): number | undefined {
    const now = this.now();
    const known = this.counts.get(address);
    if (known === undefined || known.until <= now) {
      this.counts.set(address, { until: now + WINDOW_MS, count: 1 });
      return undefined;
    }
    known.count += 1;
    return known.count > MOST_IN_WINDOW ? Math.ceil((known.until - now) / 1000) : undefined;
  }
}
