import type { Metadata } from '@grpc/grpc-js';
import { authorize, type Operation, type Users } from './access.js';
import type { DoubleLog } from './double-log.js';
import type { Fault, Faults, Method } from './faults.js';
import { notLeader, unavailable, unknown, type Refusal } from './refusals.js';

export interface EndPoint {
  readonly host: string;
  readonly port: number;
}

/** A member of the cluster as gossip tells of it. */
export interface Member extends EndPoint {
  readonly state: 'leader' | 'follower';
  readonly alive: boolean;
}

/** What the services of one node share. */
export interface Node {
  readonly log: DoubleLog;
  readonly faults: Faults;
  readonly users?: Users;
  /** Bytes; EventStoreDB's default is 1 MiB. */
  readonly maxAppendSize: number;
  /**
   * How a subscription behaves that falls behind while live. `23.10` ends it (status ABORTED, the client must
   * subscribe again) and gives no checkpoint when catching up ends; `24.2` says fellBehind and catches up.
   */
  readonly generation: '23.10' | '24.2';
  readonly cluster: () => readonly Member[];
  /** This node's own address. */
  readonly address: () => EndPoint;
  readonly newId: () => string;
  readonly nowMs: () => number;
}

/** In place of an answer: the call is left open for ever. */
export const NEVER = Symbol('never');
export type Never = typeof NEVER;

/**
 * What every call passes first: faults that are switched on, and whether this node may take it. Throws a refusal;
 * answers NEVER for a frozen call, or the fault that is to happen after a commit.
 */
export async function gate(node: Node, method: Method, caller: Metadata): Promise<Fault | Never | undefined> {
  const fault = await node.faults.hit(method);
  if (fault?.kind === 'unavailable') throw unavailable();
  if (fault?.kind === 'notLeader') throw notLeader(fault.leader ?? leaderOf(node));
  if (fault?.kind === 'frozen') return NEVER;
  const leader = leaderOf(node);
  const own = node.address();
  const elsewhere = leader.port !== own.port || leader.host !== own.host;
  if (elsewhere && caller.get('requires-leader')[0] === 'true') throw notLeader(leader);
  return fault;
}

export const allowed = async (
  node: Node,
  caller: Metadata,
  stream: string,
  operation: Operation,
): Promise<void> =>
  authorize(node.users, caller, stream, operation, async (name) => (await node.log.state(name)).metadata);

/** A thrown value as the status to end the call with. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Error && 'code' in error && 'details' in error) return error as Error & Refusal;
  return unknown(error instanceof Error ? error.message : String(error));
}

const leaderOf = (node: Node): EndPoint =>
  node.cluster().find(({ state, alive }) => state === 'leader' && alive) ?? node.address();
