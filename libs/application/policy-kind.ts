import type { PolicyCommand } from '../domain/policy/commands.js';
import { decidePolicy, type PolicyContext } from '../domain/policy/decide.js';
import type { PolicyEvent } from '../domain/policy/events.js';
import { evolvePolicy } from '../domain/policy/evolve.js';
import type { Policy } from '../domain/policy/state.js';
import { forbidden, notFound } from './refusals.js';
import { mayRoleSend } from '../domain/permissions.js';
import type { StreamKind } from './stream-kind.js';

/** Policies are public: everyone may read them, and hears plainly when it may not change them. */
export const policyKind: StreamKind<Policy, PolicyCommand, PolicyEvent, PolicyContext> = {
  name: 'policy',
  decide: decidePolicy,
  evolve: evolvePolicy,
  admit(policy, { type }, { role }) {
    if (!mayRoleSend(role, type)) return forbidden(role);
    return policy === undefined && type !== 'DraftPolicy' ? notFound('policy') : undefined;
  },
  context: ({ now, caller }) => ({ now, caller }),
};
