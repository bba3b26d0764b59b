import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import { passes } from '../filter.js';
import {
  EventStoreError,
  START,
  type Position,
  type ReadAllOptions,
  type ReadStreamOptions,
  type RecordedEvent,
} from '../port.js';
import { pause, pauseMs } from './back-off.js';
import type { Connection } from './connection.js';
import { failureOf, storeUnavailable } from './failure.js';
import { received } from './read-call.js';
import { isOfTheSystem } from './read-message.js';
import { allRead, lastRead, streamRead } from './read-request.js';

import type { Settings } from './settings.js';

export interface Reader {
  readStream(stream: string, options?: ReadStreamOptions): AsyncGenerator<RecordedEvent>;
  readAll(options?: ReadAllOptions): AsyncGenerator<RecordedEvent>;
  head(): Promise<Position>;
  /** The position of an event that is known to be there. */
  positionAt(stream: string, revision: bigint): Promise<Position>;
  /** One attempt, that fails in bounded time. */
  ping(): Promise<void>;
}

/** The server takes a signed 64-bit count. */
const UNBOUNDED = 9_223_372_036_854_775_807n;

/** What a read asks for next; `done` when it has all. */
type NextPage = () => { readonly request: ReadReq; readonly count: bigint } | 'done';

/**
 * Reads that survive the loss of a connection: a read goes on after the last event that it yielded, as long as it gets on
 * within the time that settings give; then it throws STORE_UNAVAILABLE. `closed` ends every call under way.
 */
export function reader(connection: Connection, settings: Settings, closed: AbortSignal): Reader {
  async function* pages(
    nextPage: NextPage,
    requiresLeader: boolean,
    take: (event: RecordedEvent) => 'yield' | 'skip' | 'stop',
  ): AsyncGenerator<RecordedEvent> {
    let until = Date.now() + settings.giveUpMs;
    for (let failures = 0; ;) {
      const page = nextPage();
      if (page === 'done') return;
      let came = 0n;
      try {
        const call = received(connection, settings, page.request, {
          requiresLeader,
          live: false,
          signal: closed,
        });
        for await (const messages of call) {
          for (const message of messages) {
            // A missing stream is told by a message of its own, after which the call ends.
            if (message.kind !== 'event') continue;
            came += 1n;
            failures = 0;
            const decision = take(message.event);
            if (decision === 'stop') return;
            if (decision === 'yield') yield message.event;
          }
          until = Date.now() + settings.giveUpMs;
        }
        if (closed.aborted) throw storeUnavailable();
        if (came < page.count) return;
      } catch (error) {
        if (error instanceof EventStoreError) throw error;
        const failure = failureOf(error);
        if (failure.kind === 'refused') throw failure.error;
        failures += 1;
        const wait = pauseMs(settings.backOff, failures, settings.random);
        if (closed.aborted || Date.now() + wait >= until) throw storeUnavailable(failure.cause);
        await pause(wait, closed);
      }
    }
  }

  async function* readStream(
    stream: string,
    { from, to, direction = 'forwards', limit }: ReadStreamOptions = {},
  ): AsyncGenerator<RecordedEvent> {
    const forwards = direction === 'forwards';
    let next = forwards ? (from ?? 0n) : from;
    let left = limit === undefined ? UNBOUNDED : BigInt(limit);
    const nextPage: NextPage = () => {
      const span =
        next === undefined || (forwards && to === undefined)
          ? UNBOUNDED
          : forwards
            ? (to ?? 0n) - next + 1n
            : next - (to ?? 0n) + 1n;
      const count = span < left ? span : left;
      return count <= 0n ? 'done' : { request: streamRead(stream, next, direction, count), count };
    };
    const take = (event: RecordedEvent) => {
      const { revision } = event;
      if (to !== undefined && (forwards ? revision > to : revision < to)) return 'stop';
      next = forwards ? revision + 1n : revision - 1n;
      if (isOfTheSystem(event)) return 'skip';
      left -= 1n;
      return 'yield';
    };
    yield* pages(nextPage, true, take);
  }

  async function* readAll({
    after = START,
    limit,
    filter,
  }: ReadAllOptions = {}): AsyncGenerator<RecordedEvent> {
    if (filter?.types?.length === 0 || filter?.streamPrefixes?.length === 0) return;
    let last = after;
    let left = limit === undefined ? UNBOUNDED : BigInt(limit);
    const nextPage: NextPage = () => {
      // The event at `last` comes again.
      const count = left < UNBOUNDED ? left + 1n : UNBOUNDED;
      return left <= 0n ? 'done' : { request: allRead(last, filter, count), count };
    };
    const take = (event: RecordedEvent) => {
      if (event.position <= last) return 'skip';
      if (left <= 0n) return 'stop';
      last = event.position;
      if (isOfTheSystem(event) || !passes(filter, event)) return 'skip';
      left -= 1n;
      return 'yield';
    };
    yield* pages(nextPage, false, take);
  }

  const head = async (): Promise<Position> => {
    const pageOnce = once({ request: lastRead(), count: UNBOUNDED });
    for await (const event of pages(pageOnce, false, () => 'yield')) return event.position;
    return START;
  };

  return {
    readStream,
    readAll,
    head,
    async positionAt(stream, revision) {
      for await (const event of readStream(stream, { from: revision, limit: 1 })) return event.position;
      throw storeUnavailable();
    },
    async ping() {
      try {
        for await (const _ of received(connection, settings, lastRead(), {
          requiresLeader: false,
          live: false,
          signal: closed,
        }));
      } catch (error) {
        const failure = failureOf(error);
        throw failure.kind === 'refused' ? failure.error : storeUnavailable(failure.cause);
      }
    },
  };
}

const once =
  (page: { request: ReadReq; count: bigint }): NextPage =>
  () =>
    page;
