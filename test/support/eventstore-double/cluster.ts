import type { sendUnaryData, ServerUnaryCall } from '@grpc/grpc-js';
import { ClusterInfo, EndPoint, MemberInfo } from '@eventstore/db-client/generated/gossip_pb.js';
import { SupportedMethod, SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb.js';
import type { Empty } from '@eventstore/db-client/generated/shared_pb.js';
import { gate, NEVER, refusalOf, type Member, type Node } from './node.js';
import { uuidMessage } from './wire.js';

/** Gossip.Read: the members of the cluster, by which a client finds the leader. */
export const gossip =
  (node: Node) =>
  (call: ServerUnaryCall<Empty, ClusterInfo>, callback: sendUnaryData<ClusterInfo>): void => {
    gate(node, 'gossip', call.metadata).then(
      (fault) => fault === NEVER || callback(null, clusterInfo(node)),
      (error: unknown) => callback(refusalOf(error)),
    );
  };

/** ServerFeatures.GetSupportedMethods: by which a client knows that it may use batch append. */
export const serverFeatures =
  (node: Node) =>
  (call: ServerUnaryCall<Empty, SupportedMethods>, callback: sendUnaryData<SupportedMethods>): void => {
    gate(node, 'serverFeatures', call.metadata).then(
      (fault) => fault === NEVER || callback(null, supportedMethods(node)),
      (error: unknown) => callback(refusalOf(error)),
    );
  };

function clusterInfo(node: Node): ClusterInfo {
  const info = new ClusterInfo();
  info.setMembersList(node.cluster().map((member) => memberInfo(node, member)));
  return info;
}

function memberInfo(node: Node, { host, port, state, alive }: Member): MemberInfo {
  const endPoint = new EndPoint();
  endPoint.setAddress(host);
  endPoint.setPort(port);
  const member = new MemberInfo();
  member.setInstanceId(uuidMessage(node.newId(), false));
  member.setTimeStamp((BigInt(node.nowMs()) * 10_000n).toString());
  member.setState(state === 'leader' ? MemberInfo.VNodeState.LEADER : MemberInfo.VNodeState.FOLLOWER);
  member.setIsAlive(alive);
  member.setHttpEndPoint(endPoint);
  return member;
}

const STREAMS = 'event_store.client.streams.streams';
const METHODS: readonly (readonly [service: string, method: string, features: string[]])[] = [
  [STREAMS, 'read', ['position', 'events']],
  [STREAMS, 'append', []],
  [STREAMS, 'delete', []],
  [STREAMS, 'tombstone', []],
  [STREAMS, 'batchappend', ['deadline_duration']],
  ['event_store.client.gossip.gossip', 'read', []],
  ['event_store.client.server_features.serverfeatures', 'getsupportedmethods', []],
];

function supportedMethods(node: Node): SupportedMethods {
  const supported = new SupportedMethods();
  supported.setEventStoreServerVersion(`${node.generation}.0`);
  supported.setMethodsList(
    METHODS.map(([service, name, features]) => {
      const method = new SupportedMethod();
      method.setServiceName(service);
      method.setMethodName(name);
      method.setFeaturesList(features);
      return method;
    }),
  );
  return supported;
}
