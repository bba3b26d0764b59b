import { randomUUID } from 'node:crypto';
import { once, type EventEmitter } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import { GossipService } from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import { ServerFeaturesService } from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type { ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { EventStore } from '../../../libs/event-store/port.js';
import type { Users } from './access.js';
import { append } from './append.js';
import { batchAppend } from './batch-append.js';
import { gossip, serverFeatures } from './cluster.js';
import { softDelete, tombstone } from './delete.js';
import { DoubleLog } from './double-log.js';
import { Faults } from './faults.js';
import type { Member, Node } from './node.js';
import { read } from './read.js';

export interface DoubleOptions {
  /** Holds the events, or the log of another double: two nodes of one cluster share one. */
  readonly log: EventStore | DoubleLog;
  readonly host?: string;
  /** 0, the default, takes a free one. */
  readonly port?: number;
  readonly tls?: { readonly key: Buffer; readonly cert: Buffer };
  /** When given, calls need credentials. The client sends none over an insecure connection. */
  readonly users?: Users;
  /** Bytes. Default: 1 MiB, as EventStoreDB's. */
  readonly maxAppendSize?: number;
  readonly generation?: Node['generation'];
  /** How far this node's clock is ahead of the machine's. */
  readonly clockAheadMs?: number;
  /** The members that gossip tells of. Default: this node alone, as leader. */
  readonly cluster?: () => readonly Member[];
}

export interface EventStoreDouble {
  readonly host: string;
  readonly port: number;
  /** A connection string for this node. */
  readonly url: string;
  readonly faults: Faults;
  readonly log: DoubleLog;
  /** How many reads, subscriptions and batch appends clients have open. */
  openCalls(): number;
  /** Cuts every connection; the node goes on listening. */
  cutConnections(): void;
  /** Cuts every connection and stops listening. The store stays open: it is its opener's to close. */
  stop(): Promise<void>;
}

const MIB = 1024 * 1024;

/** The generated service, whose reads may answer with bytes that are already encoded. */
const streamsService = {
  ...StreamsService,
  read: {
    ...StreamsService.read,
    responseSerialize: (message: ReadResp | Buffer) =>
      Buffer.isBuffer(message) ? message : StreamsService.read.responseSerialize(message),
  },
};

/**
 * A node that speaks EventStoreDB's gRPC protocol (Streams, ServerFeatures, Gossip), made from the client's own
 * generated stubs, over any event store. Real clients run against it; what it does not do is listed in README.md.
 */
export async function startEventStoreDouble(options: DoubleOptions): Promise<EventStoreDouble> {
  const host = options.host ?? '127.0.0.1';
  const log = options.log instanceof DoubleLog ? options.log : new DoubleLog(options.log, randomUUID);
  const faults = new Faults();
  let port = options.port ?? 0;
  const address = () => ({ host, port });
  const node: Node = {
    log,
    faults,
    users: options.users,
    maxAppendSize: options.maxAppendSize ?? MIB,
    generation: options.generation ?? '24.2',
    cluster: options.cluster ?? (() => [{ ...address(), state: 'leader', alive: true }]),
    address,
    newId: randomUUID,
    nowMs: () => Date.now() + (options.clockAheadMs ?? 0),
  };
  const openCalls = new Set<object>();
  const counted =
    <C extends EventEmitter>(handle: (call: C) => void) =>
    (call: C) => {
      openCalls.add(call);
      for (const end of ['cancelled', 'finish', 'close']) call.on(end, () => openCalls.delete(call));
      handle(call);
    };
  const server = new Server({ 'grpc.max_receive_message_length': 17 * MIB });
  server.addService(streamsService, {
    read: counted(read(node)),
    append: append(node),
    batchAppend: counted(batchAppend(node)),
    delete: softDelete(node),
    tombstone: tombstone(node),
  });
  server.addService(GossipService, { read: gossip(node) });
  server.addService(ServerFeaturesService, { getSupportedMethods: serverFeatures(node) });
  const door = openDoor(server, options.tls);
  port = await door.listen(host, port);
  return {
    host,
    port,
    url: `esdb://${host}:${port}?tls=${options.tls !== undefined}`,
    faults,
    log,
    openCalls: () => openCalls.size,
    cutConnections: door.cut,
    async stop() {
      await door.close();
      server.forceShutdown();
    },
  };
}

/** Our own listening socket in front of the gRPC server, so that connections can be cut as a network cuts them. */
function openDoor(server: Server, tls: DoubleOptions['tls']) {
  const credentials = tls
    ? ServerCredentials.createSsl(null, [{ private_key: tls.key, cert_chain: tls.cert }])
    : ServerCredentials.createInsecure();
  const inside = server.createConnectionInjector(credentials);
  const sockets = new Set<Socket>();
  const door = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    inside.injectConnection(socket);
  });
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    cut,
    async listen(host: string, port: number): Promise<number> {
      door.listen(port, host);
      await once(door, 'listening');
      return (door.address() as AddressInfo).port;
    },
    async close(): Promise<void> {
      if (!door.listening) return;
      const closed = once(door, 'close');
      door.close();
      cut();
      await closed;
    },
  };
}
