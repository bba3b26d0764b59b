import type { Caller } from '../domain/decision.js';
import { canonicalJson } from '../kernel/canonical-json.js';
import { nameBasedUuid } from '../kernel/name-based-uuid.js';
import { sha256 } from '../kernel/sha256.js';
import type { Message } from './stream-kind.js';

/** Name space of command ids (RFC 9562): fixed for ever, for a retry after years must be recognised. */
const COMMANDS = 'b1b5a5a4-6f0e-5c1b-9c57-0f5a0c6f7b1e';

/** The same caller and key on the same stream is the same command. */
export function commandIdOf(stream: string, caller: Caller, idempotencyKey: string): string {
  return nameBasedUuid(`${stream}\n${caller.role}\n${caller.id}\n${idempotencyKey}`, COMMANDS);
}

/**
 * The id under which deadlines expire that were overdue when a command came: they are not the command's doing. A command
 * that was refused may come again, upon other deadlines: so the revision that it came upon is part of the id.
 */
export function expiryIdOf(commandId: string, revision: bigint): string {
  return nameBasedUuid(`expired ${revision}`, commandId);
}

/** SHA-256 of the canonical JSON of a command: equal bodies have equal fingerprints, whatever the order of their keys. */
export function fingerprintOf({ type, data }: Message): string {
  return sha256(canonicalJson({ type, data }));
}
