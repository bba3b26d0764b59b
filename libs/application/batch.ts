import type { Caller, Decided, Decision } from '../domain/decision.js';
import type { Codec } from '../event-store/codec.js';
import type { Actor } from '../event-store/envelope.js';
import type { EventToAppend } from '../event-store/port.js';
import type { Instant } from '../kernel/instant.js';
import { expiryIdOf } from './command-identity.js';
import type { Message } from './stream-kind.js';

/** An event that is ready to be appended. */
export interface Written<Event> {
  readonly event: Event;
  readonly revision: bigint;
  readonly metadata: { readonly hash: string; readonly commandId: string };
  readonly toAppend: EventToAppend;
}

export interface Origin {
  readonly stream: string;
  /** Of the stream's last event. */
  readonly revision: bigint;
  readonly hash: string;
  readonly commandId: string;
  readonly fingerprint: string;
  readonly correlationId: string;
  readonly caller: Caller;
  readonly now: Instant;
}

/** Overdue deadlines expire by themselves: the command that came upon them is only the occasion. */
const CLOCK: Actor = { role: 'clock', id: 'clock' };

/**
 * Everything that one decision appends, in one batch: first what expired, as the clock's doing under an id of its own,
 * then, unless the command was refused, what it did.
 */
export function writeBatch<Event extends Message>(
  codec: Codec,
  origin: Origin,
  { expired, accepted, refusal }: Decision<Event, unknown>,
  eventId: (writtenFor: string, index: number) => string,
): Written<Event>[] {
  const { stream, commandId, fingerprint, correlationId, caller, now } = origin;
  const batch: Written<Event>[] = [];
  let { revision, hash } = origin;
  const add = ({ event, occurredAt }: Decided<Event>, id: string, by: string, actor: Actor): void => {
    revision += 1n;
    const { event: toAppend, envelope } = codec.encode({
      id,
      stream,
      revision,
      type: event.type,
      data: event.data,
      metadata: {
        commandId: by,
        fingerprint,
        correlationId,
        causationId: commandId,
        actor,
        recordedAt: now,
        occurredAt,
        prevHash: hash,
      },
    });
    hash = envelope.metadata.hash;
    batch.push({ event, revision, metadata: envelope.metadata, toAppend });
  };
  if (expired.length > 0) {
    const expiry = expiryIdOf(commandId, origin.revision);
    expired.forEach((decided, index) => add(decided, eventId(expiry, index), expiry, CLOCK));
  }
  if (refusal === undefined) {
    const actor: Actor = { role: caller.role, id: caller.id };
    accepted.forEach((decided, index) => add(decided, eventId(commandId, index), commandId, actor));
  }
  return batch;
}
