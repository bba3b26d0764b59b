import type { Caller } from '../../../libs/domain/decision.js';
import { mayRoleSend } from '../../../libs/domain/permissions.js';
import type { Policy } from '../../../libs/domain/policy/state.js';
import { linkTo, type Link } from '../http/link.js';
import { problem } from '../http/problem.js';
import { policyVerbs } from './policy-verbs.js';

/** Links to what this caller may do with the policy now: publishing needs another admin than the one who drafted. */
export function policyLinks({ policyId, versions }: Policy, { role, id }: Caller): Link[] {
  const possible: Readonly<Record<string, boolean>> = {
    PublishPolicy: versions.some(({ status, draftedBy }) => status === 'DRAFT' && draftedBy !== id),
    RetirePolicy: versions.some(({ status }) => status !== 'RETIRED'),
  };
  return policyVerbs
    .filter(({ command }) => mayRoleSend(role, command) && possible[command] !== false)
    .map((verb) => linkTo(verb, `/v1/policies/${policyId}/${verb.verb}`));
}

export const noSuchPolicy = () =>
  problem(404, 'POLICY.NOT_FOUND', 'There is no such policy.', '/path/policyId');
