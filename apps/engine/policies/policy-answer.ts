import type { Accepted, CommandRequest } from '../../../libs/application/command-outcome.js';
import type { PolicyCommand } from '../../../libs/domain/policy/commands.js';
import type { Policy } from '../../../libs/domain/policy/state.js';
import { writtenBy, type Answer } from '../http/command-answer.js';
import { policyLinks } from './policy-view.js';

/** The answer to a policy's command: what was written, of which version, and what this caller may do next. */
export function policyAnswer(
  outcome: Accepted<Policy>,
  { id: policyId, caller }: CommandRequest<PolicyCommand>,
): Answer {
  const version = (outcome.events[0]?.data as { version: number } | undefined)?.version;
  return {
    body: { policyId, version, ...writtenBy(outcome), links: policyLinks(outcome.state, caller) },
    location: `/v1/policies/${policyId}`,
  };
}
