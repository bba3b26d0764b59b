import { LRUCache } from 'lru-cache';
import { v5 as uuidv5 } from 'uuid';
import { KEY_REUSED } from '../../../libs/application/refusals.js';
import type { Caller } from '../../../libs/domain/decision.js';
import { refusalError } from './problem.js';

/** Name space (RFC 9562) of ids made from Idempotency-Keys: fixed, so that a retry makes the same one. */
const CREATED = '0d5c5a4e-35fb-5f0e-8d0c-7a5a52b1a0c7';
const REMEMBERED = 100_000;

/**
 * Ids of what is about to be created. A command is recognised in its own stream; one that creates names its stream in
 * its body, so a key that comes again with another id would not be: the last keys are remembered for that. An id that
 * the engine makes follows from the key alone and needs no memory.
 */
export class CreationKeys {
  private readonly ids = new LRUCache<string, string>({ max: REMEMBERED });

  /** The id to create: the one asked for, or one made from the key. Throws 422 when the key has created another. */
  idFor({ role, id }: Caller, idempotencyKey: string, wanted?: string): string {
    const key = `${role}\n${id}\n${idempotencyKey}`;
    const made = wanted ?? uuidv5(key, CREATED);
    const before = this.ids.get(key);
    if (before !== undefined && before !== made) throw refusalError(KEY_REUSED);
    this.ids.set(key, made);
    return made;
  }
}
