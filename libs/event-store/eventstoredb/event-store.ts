import type { AppendResult, EventStore } from '../port.js';
import { appender } from './appender.js';
import { Connection } from './connection.js';
import { storeClosed } from './failure.js';
import { reader } from './reader.js';
import { DEFAULTS, type Settings } from './settings.js';
import { subscribeToAll } from './subscriber.js';

export interface EventStoreDbOptions extends Partial<Settings> {
  /**
   * The client's connection string: `esdb://user:password@host:2113`, several hosts for a cluster, `esdb+discover://` for
   * a cluster behind a DNS name; `tls`, `tlsCAFile`, `nodePreference`, `keepAliveInterval`, … as its documentation says.
   */
  readonly url: string;
}

/**
 * The event store port on EventStoreDB 23.10 or later, over its gRPC client. Appends and reads of streams need the
 * leader. Throws a parse error for a malformed connection string; connects with the first call.
 */
export function openEventStoreDb({ url, ...given }: EventStoreDbOptions): EventStore {
  const settings: Settings = { ...DEFAULTS, ...given };
  const connection = Connection.to(url);
  const closing = new AbortController();
  const closed = closing.signal;
  const reads = reader(connection, settings, closed);
  const appends = appender(connection, settings, reads.positionAt);
  const underWay = new Set<Promise<AppendResult>>();
  let shut: Promise<void> | undefined;

  const checkOpen = () => {
    if (shut) throw storeClosed();
  };

  /** Appends under way may end; what is still unanswered after one attempt's time is given up. */
  const close = async () => {
    const all = Promise.allSettled(underWay);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise((resolve) => (timer = setTimeout(resolve, settings.attemptMs)));
    await Promise.race([all, late]);
    clearTimeout(timer);
    appends.stop();
    await all;
    closing.abort();
    await connection.shut();
  };

  return {
    async append(stream, events, expected) {
      checkOpen();
      if (events.length === 0) throw new RangeError('an append needs at least one event');
      const result = appends.append(stream, events, expected);
      underWay.add(result);
      try {
        return await result;
      } finally {
        underWay.delete(result);
      }
    },
    readStream: (stream, options) => (shut ? refused() : reads.readStream(stream, options)),
    readAll: (options) => (shut ? refused() : reads.readAll(options)),
    subscribe: (options) => (shut ? refused() : subscribeToAll(connection, settings, options, closed)),
    async head() {
      checkOpen();
      return reads.head();
    },
    async ping() {
      checkOpen();
      await reads.ping();
    },
    async close() {
      shut ??= close();
      await shut;
    },
  };
}

/** Iterating over a closed store. */
const refused = (): AsyncIterable<never> => ({
  [Symbol.asyncIterator]: () => ({ next: async () => Promise.reject(storeClosed()) }),
});
