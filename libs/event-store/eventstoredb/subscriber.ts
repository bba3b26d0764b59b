import { passes } from '../filter.js';
import {
  EventStoreError,
  START,
  type EventFilter,
  type Position,
  type SubscribeOptions,
  type SubscriptionMessage,
} from '../port.js';
import { pause, pauseMs } from './back-off.js';
import type { Connection } from './connection.js';
import { failureOf } from './failure.js';
import { received, type Received } from './read-call.js';
import { isOfTheSystem } from './read-message.js';
import { subscription } from './read-request.js';
import type { Settings } from './settings.js';

/** Events that a filter keeps back, after which a checkpoint is due although more are coming. */
const CHECKPOINT_EVERY = 500;

/**
 * A catch-up subscription to all streams that survives the loss of its connection: it subscribes again, with growing
 * pauses, after the last position that it has spoken for, so that nothing is lost or doubled. After as many attempts as
 * settings give without a message it throws SUBSCRIPTION_LOST.
 *
 * History is read with the server's filter. Once it is caught up it subscribes to everything and filters here: only so
 * can a checkpoint tell of the last event that the filter keeps back (the server tells of every two-thousandth).
 */
export async function* subscribeToAll(
  connection: Connection,
  settings: Settings,
  { after = START, filter, signal }: SubscribeOptions,
  closed: AbortSignal,
): AsyncGenerator<SubscriptionMessage> {
  const over = AbortSignal.any([signal, closed]);
  const narrow = filter?.types !== undefined || filter?.streamPrefixes !== undefined;
  const say = speaker(after, filter);
  let live = !narrow;
  for (let failures = 0; !signal.aborted;) {
    const request = subscription(say.position(), live ? undefined : filter);
    try {
      const call = received(connection, settings, request, {
        requiresLeader: false,
        live: true,
        signal: over,
      });
      let historyRead = false;
      for await (const one of call) {
        if (one.message.kind !== 'other') failures = 0;
        historyRead = !live && one.message.kind === 'caughtUp';
        if (historyRead) break;
        const message = say.about(one);
        if (message) yield message;
      }
      if (!historyRead) throw new Error('the store ended the subscription');
      live = true;
    } catch (error) {
      if (signal.aborted) return;
      const failure = failureOf(error);
      if (failure.kind === 'refused') throw failure.error;
      failures += 1;
      if (closed.aborted || failures > settings.backOff.attempts) throw lost(failure.cause);
      live = !narrow;
      await pause(pauseMs(settings.backOff, failures, settings.random), over);
    }
  }
}

interface Speaker {
  /** Everything up to here was yielded, or kept back by the filter. */
  position(): Position;
  /** What a received message means to the subscriber. */
  about(received: Received): SubscriptionMessage | undefined;
}

function speaker(after: Position, filter: EventFilter | undefined): Speaker {
  let position = after;
  let unsaid = 0;
  const spoken = (message: SubscriptionMessage): SubscriptionMessage => {
    unsaid = 0;
    return message;
  };
  return {
    position: () => position,
    about({ message, more }) {
      switch (message.kind) {
        case 'event':
          if (message.event.position <= position) break;
          position = message.event.position;
          if (!isOfTheSystem(message.event) && passes(filter, message.event)) return spoken(message);
          unsaid += 1;
          break;
        case 'checkpoint':
          if (message.position <= position) break;
          position = message.position;
          unsaid += 1;
          break;
        case 'caughtUp':
          return spoken({ kind: 'caughtUp', position });
        case 'other':
          break;
      }
      const due = unsaid >= CHECKPOINT_EVERY || (unsaid > 0 && !more);
      return due ? spoken({ kind: 'checkpoint', position }) : undefined;
    },
  };
}

const lost = (cause: unknown): EventStoreError =>
  new EventStoreError('SUBSCRIPTION_LOST', 'the subscription could not be resumed', undefined, { cause });
