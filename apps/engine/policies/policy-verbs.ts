import type { PolicyCommand } from '../../../libs/domain/policy/commands.js';
import { PRESETS } from '../../../libs/domain/policy/presets.js';
import { CreatePolicyBody, DraftPolicyBody, PublishPolicyBody, RetirePolicyBody } from '../bodies/policy.js';
import type { Verb } from '../http/verb.js';

type PolicyVerb = Verb<PolicyCommand['type']>;

const title = 'Three days to answer';
const parameters = { ...PRESETS.standard, supplierResponse: 'P3D' };

/** `POST /v1/policies` */
export const createPolicyVerb: PolicyVerb = {
  command: 'DraftPolicy',
  verb: 'create',
  title: 'Draft a policy',
  body: CreatePolicyBody,
  example: { policyId: 'quick', title, parameters },
};

/** `POST /v1/policies/{policyId}/{verb}` */
export const policyVerbs: readonly PolicyVerb[] = [
  {
    command: 'DraftPolicy',
    verb: 'draft',
    title: 'Draft the next version',
    body: DraftPolicyBody,
    example: { title, parameters },
  },
  {
    command: 'PublishPolicy',
    verb: 'publish',
    title: 'Publish a version',
    body: PublishPolicyBody,
    example: { version: 1 },
  },
  {
    command: 'RetirePolicy',
    verb: 'retire',
    title: 'Retire a version',
    body: RetirePolicyBody,
    example: { version: 1, reason: 'Replaced by version 2.' },
  },
];
