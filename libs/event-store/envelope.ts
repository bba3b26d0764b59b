import type { Instant } from '../kernel/instant.js';
import type { Position } from './port.js';

/** Who acted: a role of DOMAIN.md and the party or person behind it. `clock` acts for expired deadlines. */
export interface Actor {
  readonly role: string;
  /** Party id (buyer, supplier) or person id (agent, arbitrator, …). */
  readonly id: string;
}

export interface EventMetadata {
  /** The command that caused the event. Commands are recognised by it: uuidv5(stream, actor, idempotency key). */
  readonly commandId: string;
  /** SHA-256 (hex) of the command's canonical body: the same key with another body is refused. */
  readonly fingerprint: string;
  readonly correlationId: string;
  readonly causationId: string;
  readonly actor: Actor;
  /** When the engine wrote it. */
  readonly recordedAt: Instant;
  /** When it took effect: for an expired deadline its due instant, otherwise recordedAt. */
  readonly occurredAt: Instant;
  /** Hash of the stream's previous event; 64 zeros before the first. */
  readonly prevHash: string;
  /** SHA-256 (hex) of the canonical JSON (RFC 8785) of all else in the envelope: see hash-chain.ts. */
  readonly hash: string;
}

/** A decoded event with all that was recorded about it. `E` is the domain's union of `{ type, data }`. */
export interface Envelope<
  E extends { readonly type: string; readonly data: unknown } = { type: string; data: unknown },
> {
  readonly id: string;
  readonly stream: string;
  /** Decimal text in JSON; a bigint here. */
  readonly revision: bigint;
  readonly position: Position;
  readonly schemaVersion: number;
  readonly event: E;
  readonly metadata: EventMetadata;
}
