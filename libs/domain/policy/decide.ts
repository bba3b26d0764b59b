import type { Instant } from '../../kernel/instant.js';
import type { Fault } from '../../kernel/problem.js';
import { accept, refuse, type Caller, type Decision } from '../decision.js';
import type { PolicyCommand } from './commands.js';
import type { PolicyEvent } from './events.js';
import type { Policy, PolicyVersion } from './state.js';
import { contradictions } from './validate.js';

/** All that a decision may depend on besides the stream's own history. */
export interface PolicyContext {
  readonly now: Instant;
  readonly caller: Caller;
}

/**
 * Drafts, publishes and retires versions of one policy. A draft that contradicts itself is refused with every
 * contradiction; publishing needs another admin than the one who drafted. Who may send what at all: permissions.ts.
 */
export function decidePolicy(
  policy: Policy | undefined,
  command: PolicyCommand,
  { now, caller }: PolicyContext,
): Decision<PolicyEvent> {
  const { type, data } = command;
  switch (type) {
    case 'DraftPolicy': {
      const faults = [...identityFaults(policy, data.policyId), ...contradictions(data.parameters)];
      if (faults.length > 0) return refuse('rules', ...faults);
      const version = (policy?.versions.length ?? 0) + 1;
      return accept(now, { type: 'PolicyDrafted', data: { ...data, version, draftedBy: caller.id } });
    }
    case 'PublishPolicy':
      return onVersion(policy, data.version, ({ policyId }, { version, status, draftedBy, parameters }) => {
        if (status !== 'DRAFT') return wrongStatus('POLICY.NOT_A_DRAFT', version, status);
        if (draftedBy === caller.id) return refuse('wrong_party', secondAdminNeeded(draftedBy));
        const faults = contradictions(parameters);
        if (faults.length > 0) return refuse('rules', ...faults);
        const published = { policyId, version, publishedBy: caller.id, publishedAt: now };
        return accept(now, { type: 'PolicyPublished', data: published });
      });
    case 'RetirePolicy':
      return onVersion(policy, data.version, ({ policyId }, { version, status }) => {
        if (status === 'RETIRED') return wrongStatus('POLICY.ALREADY_RETIRED', version, status);
        return accept(now, { type: 'PolicyRetired', data: { ...data, policyId, retiredBy: caller.id } });
      });
    default: {
      const _: never = type;
      return _;
    }
  }
}

function onVersion(
  policy: Policy | undefined,
  version: number,
  decide: (policy: Policy, version: PolicyVersion) => Decision<PolicyEvent>,
): Decision<PolicyEvent> {
  const found = policy?.versions.find((one) => one.version === version);
  if (policy === undefined || found === undefined) {
    const message = `There is no version ${version} of this policy.`;
    return refuse('not_found', { code: 'POLICY.VERSION_UNKNOWN', message, facts: { version } });
  }
  return decide(policy, found);
}

function wrongStatus(code: string, version: number, status: PolicyVersion['status']): Decision<never> {
  return refuse('wrong_state', {
    code,
    message: `Version ${version} is ${status}.`,
    facts: { version, status },
  });
}

const secondAdminNeeded = (draftedBy: string): Fault => ({
  code: 'POLICY.SECOND_ADMIN_NEEDED',
  message: 'A policy is published by another admin than the one who drafted it.',
  facts: { draftedBy },
});

function identityFaults(policy: Policy | undefined, policyId: string): Fault[] {
  if (policy === undefined || policy.policyId === policyId) return [];
  const message = `This is policy ${policy.policyId}.`;
  return [
    { code: 'POLICY.OF_ANOTHER_ID', message, pointer: '/policyId', facts: { policyId: policy.policyId } },
  ];
}
