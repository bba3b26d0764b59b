import { passes } from '../filter.js';
import {
  EventStoreError,
  START,
  type EventFilter,
  type Position,
  type RecordedEvent,
  type SubscribeOptions,
  type SubscriptionMessage,
} from '../port.js';
import { pause, pauseMs } from './back-off.js';
import type { Connection } from './connection.js';
import { failureOf } from './failure.js';
import { received } from './read-call.js';
import { isOfTheSystem, type ReadMessage } from './read-message.js';
import { subscription } from './read-request.js';
import type { Settings } from './settings.js';

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
      for await (const all of call) {
        if (all.some(({ kind }) => kind !== 'other')) failures = 0;
        const end = live ? -1 : all.findIndex(({ kind }) => kind === 'caughtUp');
        historyRead = end >= 0;
        for (const message of say.about(historyRead ? all.slice(0, end) : all)) {
          yield message;
          if (signal.aborted) return;
        }
        if (historyRead) break;
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
  /** What messages that came together mean to the subscriber. */
  about(messages: readonly ReadMessage[]): readonly SubscriptionMessage[];
}

function speaker(after: Position, filter: EventFilter | undefined): Speaker {
  let position = after;
  return {
    position: () => position,
    about(messages) {
      const said: SubscriptionMessage[] = [];
      let events: RecordedEvent[] = [];
      /** The subscriber knows of `position` already. */
      let told = true;
      const sayEvents = () => {
        if (events.length > 0) said.push({ kind: 'events', events });
        events = [];
      };
      for (const message of messages) {
        if (message.kind === 'event') {
          if (message.event.position <= position) continue;
          position = message.event.position;
          told = !isOfTheSystem(message.event) && passes(filter, message.event);
          if (told) events.push(message.event);
        } else if (message.kind === 'checkpoint') {
          if (message.position <= position) continue;
          position = message.position;
          told = false;
        } else if (message.kind === 'caughtUp') {
          sayEvents();
          said.push({ kind: 'caughtUp', position });
          told = true;
        }
      }
      sayEvents();
      if (!told) said.push({ kind: 'checkpoint', position });
      return said;
    },
  };
}

const lost = (cause: unknown): EventStoreError =>
  new EventStoreError('SUBSCRIPTION_LOST', 'the subscription could not be resumed', undefined, { cause });
