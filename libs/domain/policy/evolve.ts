import type { PolicyEvent } from './events.js';
import type { Policy, PolicyVersion } from './state.js';

/** The policy after the event. Never throws and never decides. */
export function evolvePolicy(policy: Policy | undefined, event: PolicyEvent): Policy {
  const { type, data } = event;
  const versions = policy?.versions ?? [];
  const changed = (change: Partial<PolicyVersion>): Policy => ({
    policyId: data.policyId,
    versions: versions.map((one) => (one.version === data.version ? { ...one, ...change } : one)),
  });
  switch (type) {
    case 'PolicyDrafted': {
      const { policyId, version, title, parameters, draftedBy } = data;
      return {
        policyId,
        versions: [...versions, { version, title, parameters, draftedBy, status: 'DRAFT' }],
      };
    }
    case 'PolicyPublished':
      return changed({ status: 'PUBLISHED', publishedBy: data.publishedBy, publishedAt: data.publishedAt });
    case 'PolicyRetired':
      return changed({ status: 'RETIRED' });
    default: {
      const _: never = type;
      return policy as unknown as Policy;
    }
  }
}
