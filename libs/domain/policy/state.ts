import type { Instant } from '../../kernel/instant.js';
import type { PublishedPolicy } from '../order/context.js';
import type { PolicyParameters } from './parameters.js';

/** A policy and all its versions, first to last. Immutable. */
export interface Policy {
  readonly policyId: string;
  readonly versions: readonly PolicyVersion[];
}

/** Versions count from 1 without gaps. What is published never changes: a change is a new version. */
export interface PolicyVersion {
  readonly version: number;
  readonly title: string;
  readonly parameters: PolicyParameters;
  readonly status: 'DRAFT' | 'PUBLISHED' | 'RETIRED';
  readonly draftedBy: string;
  readonly publishedBy?: string;
  readonly publishedAt?: Instant;
}

/**
 * The version asked for, or the highest one, that is published and not retired: what new contracts are confirmed under.
 * Undefined when there is none. Contracts that were confirmed under another version carry it themselves (rule 4).
 */
export function publishedPolicy(policy: Policy | undefined, version?: number): PublishedPolicy | undefined {
  const found = policy?.versions.findLast(
    (one) => one.status === 'PUBLISHED' && (version === undefined || one.version === version),
  );
  return (
    policy && found && { policyId: policy.policyId, version: found.version, parameters: found.parameters }
  );
}
