import { policyEventSchemas, type PolicyEvent } from '../../libs/domain/policy/events.js';
import { evolvePolicy } from '../../libs/domain/policy/evolve.js';
import type { Policy } from '../../libs/domain/policy/state.js';
import type { Projection } from '../../libs/projection/projection.js';

/** A document `<policyId>` for each policy, with all its versions. */
export const policies: Projection<Policy> = {
  name: 'policies',
  version: 1,
  types: policyEventSchemas.map(({ type }) => type),
  key: ({ event }) => [(event as PolicyEvent).data.policyId],
  evolve: (policy, { event }) => evolvePolicy(policy, event as PolicyEvent),
  columns: [
    {
      name: 'published',
      type: 'integer',
      value: ({ versions }) => versions.findLast(({ status }) => status === 'PUBLISHED')?.version ?? null,
    },
  ],
};
