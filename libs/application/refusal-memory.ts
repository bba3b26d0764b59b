import { LRUCache } from 'lru-cache';
import type { Refusal } from '../kernel/problem.js';

/**
 * The last refusals by command id. A refused command leaves nothing in its stream, so this is what makes a repeated one
 * get its first answer, for as long as this process remembers.
 */
export class RefusalMemory {
  private readonly refusals: LRUCache<string, { readonly fingerprint: string; readonly refusal: Refusal }>;

  constructor(size: number) {
    this.refusals = new LRUCache({ max: size });
  }

  find(commandId: string) {
    return this.refusals.get(commandId);
  }

  keep(commandId: string, fingerprint: string, refusal: Refusal): void {
    this.refusals.set(commandId, { fingerprint, refusal });
  }
}
