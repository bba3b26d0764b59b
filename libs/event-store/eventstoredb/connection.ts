import { EventStoreDBClient } from '@eventstore/db-client';
import { StreamsClient, StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import {
  connectivityState,
  Metadata,
  status,
  type CallOptions,
  type ChannelOptions,
  type ClientReadableStream,
} from '@grpc/grpc-js';
import { readMessage, type ReadMessage } from './read-message.js';

/** What the calls on a stub do when its node is left. No field: the client's factory makes the object, not our constructor. */
const leaving = new WeakMap<StreamsClient, Set<() => void>>();

/**
 * The client's connection, for calls that its public methods cannot make.
 *
 * The client (6.2.1) parses the connection string, finds the leader, holds the TLS channel and the credentials, and
 * moves to another node when this one is lost. Its stream methods, however, spoil what they carry: JSON data is parsed
 * and written anew (`1.0e2` becomes `100`, keys that look like integers change their order), a read cannot be filtered,
 * appends of all clients of a process share one table of promises. So the messages are made and read here, with the
 * client's own generated stubs, over its own channel; what is used of it is `protected`, which the compiler checks.
 */
export class Connection extends EventStoreDBClient {
  /** Parses the connection string (`esdb://…`, `esdb+discover://…`); throws when it is none. Connects with the first call. */
  static to(url: string): Connection {
    // The client's factory makes an EventStoreDBClient whatever it is called on.
    const client = EventStoreDBClient.connectionString(withShortGossip(url));
    return Object.setPrototypeOf(client, Connection.prototype) as Connection;
  }

  /**
   * The stub of a node that is connected. Rejects when there is none, at the latest after `withinMs`: nothing was sent
   * then, and the next call looks for a node anew. (A channel left to itself would wait up to two minutes between
   * two attempts to connect; the pauses are the caller's.)
   */
  async streams(withinMs: number): Promise<StreamsClient> {
    const deadline = Date.now() + withinMs;
    const stub = await within(
      withinMs,
      this.execute(StreamsClient, 'streams', async (client) => client),
    );
    widen(stub.getChannel());
    try {
      await connected(stub.getChannel(), deadline);
      return stub;
    } catch (error) {
      await this.leave(stub);
      throw error;
    }
  }

  /** Metadata (with credentials and, if asked for, `requires-leader`) and options of a call without a deadline. */
  call(requiresLeader: boolean): [Metadata, CallOptions] {
    return this.callArguments({ requiresLeader }, { deadline: Number.POSITIVE_INFINITY });
  }

  /** Opens a read or a subscription. Its messages are decoded by {@link readMessage}. */
  read(stub: StreamsClient, request: ReadReq, requiresLeader: boolean): ClientReadableStream<ReadMessage> {
    const { path, requestSerialize } = StreamsService.read;
    const [metadata, options] = this.call(requiresLeader);
    return stub.makeServerStreamRequest(path, requestSerialize, readMessage, request, metadata, options);
  }

  /** Tells the client how a call ended, so that it follows a new leader, or connects anew when the node is lost. */
  async ended(stub: StreamsClient, error: Error): Promise<void> {
    // It rejects when a search for another node is under way and fails, which whoever searches is told as well.
    await this.handleError(stub, error).catch(() => undefined);
  }

  /** Leaves a node that takes calls and does not answer, with every call on it: see {@link onLeaving}. */
  async leave(stub: StreamsClient): Promise<void> {
    const lost = { code: status.UNAVAILABLE, details: 'no answer in time', metadata: new Metadata() };
    for (const act of leaving.get(stub) ?? []) act();
    await this.ended(stub, Object.assign(new Error(lost.details), lost));
  }

  /** Lets a call act when its node is left, until the returned function is called. */
  onLeaving(stub: StreamsClient, act: () => void): () => void {
    const acts = leaving.get(stub) ?? new Set();
    leaving.set(stub, acts.add(act));
    return () => acts.delete(act);
  }

  /** Closes the channel as well, which `dispose` alone leaves open. */
  async shut(): Promise<void> {
    await this.dispose();
    const channel = await this.getChannel().catch(() => undefined);
    channel?.close();
  }
}

/**
 * The client asks the members of a cluster for the leader one after another, often the frozen one first, and waits 5 s for
 * each: longer than a command may take. Unless the connection string says otherwise, 1 s.
 */
function withShortGossip(url: string): string {
  if (/[?&]gossip_?-?timeout=/iu.test(url)) return url;
  return `${url}${url.includes('?') ? '&' : '?'}gossipTimeout=1`;
}

/** Bytes that a server may send before they are read: some thousand events. */
const WINDOW = 2 * 1024 * 1024;

/**
 * HTTP/2 lets 64 KiB be under way until it is told otherwise, which is fifty events for each turn that a message takes over the
 * network, and while this process is busy with the last ones the server waits. The client has no setting for it; the
 * channel takes it from its options when it connects, which are private: where they are not found all is as slow as before.
 */
function widen(channel: ReturnType<StreamsClient['getChannel']>): void {
  const { internalChannel } = channel as unknown as { internalChannel?: { options?: ChannelOptions } };
  if (internalChannel?.options) internalChannel.options['grpc-node.flow_control_window'] = WINDOW;
}

/** Resolves when the channel is connected; rejects when an attempt failed, when it was closed, or at the deadline. */
async function connected(channel: ReturnType<StreamsClient['getChannel']>, deadline: number): Promise<void> {
  const { READY, TRANSIENT_FAILURE, SHUTDOWN } = connectivityState;
  for (;;) {
    const state = channel.getConnectivityState(true);
    if (state === READY) return;
    if (state === TRANSIENT_FAILURE || state === SHUTDOWN) throw new Error('the node cannot be reached');
    await new Promise<void>((resolve, reject) => {
      channel.watchConnectivityState(state, deadline, (error) => (error ? reject(error) : resolve()));
    });
  }
}

/** Rejects when the promise has not settled in time; it goes on unheard. */
async function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no node was found within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
