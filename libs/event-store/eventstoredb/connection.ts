import { EventStoreDBClient } from '@eventstore/db-client';
import { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { Metadata, status, type CallOptions } from '@grpc/grpc-js';

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
    return Object.setPrototypeOf(
      EventStoreDBClient.connectionString(url),
      Connection.prototype,
    ) as Connection;
  }

  /**
   * The stub of a node that is connected. Rejects when none is within `withinMs`: nothing was sent then. A node that
   * does not answer is left for another, or for a new connection, by the next call.
   */
  async streams(withinMs: number): Promise<StreamsClient> {
    const deadline = Date.now() + withinMs;
    const stub = await within(
      withinMs,
      this.execute(StreamsClient, 'streams', async (client) => client),
    );
    return new Promise((resolve, reject) => {
      stub.waitForReady(deadline, (error) => {
        if (!error) return resolve(stub);
        void this.leave(stub);
        reject(error);
      });
    });
  }

  /** Metadata (with credentials and, if asked for, `requires-leader`) and options of a call without a deadline. */
  call(requiresLeader: boolean): [Metadata, CallOptions] {
    return this.callArguments({ requiresLeader }, { deadline: Number.POSITIVE_INFINITY });
  }

  /** Tells the client how a call ended, so that it follows a new leader, or connects anew when the node is lost. */
  async ended(stub: StreamsClient, error: Error): Promise<void> {
    await this.handleError(stub, error);
  }

  /** Leaves a node that takes calls and does not answer. */
  async leave(stub: StreamsClient): Promise<void> {
    const lost = { code: status.UNAVAILABLE, details: 'no answer in time', metadata: new Metadata() };
    await this.handleError(stub, Object.assign(new Error(lost.details), lost));
  }

  /** Closes the channel as well, which `dispose` alone leaves open. */
  async shut(): Promise<void> {
    await this.dispose();
    const channel = await this.getChannel().catch(() => undefined);
    channel?.close();
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
