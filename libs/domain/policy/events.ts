import { Id, InstantText, Ordinal, Text, eventSchema, optional, record, type EventOf } from '../schema.js';
import { PolicyParameters } from './parameters.js';

export const policyEventSchemas = [
  eventSchema(
    'PolicyDrafted',
    record({ policyId: Id, version: Ordinal, title: Text(200), parameters: PolicyParameters, draftedBy: Id }),
  ),
  eventSchema(
    'PolicyPublished',
    record({ policyId: Id, version: Ordinal, publishedBy: Id, publishedAt: InstantText }),
  ),
  eventSchema(
    'PolicyRetired',
    record({ policyId: Id, version: Ordinal, retiredBy: Id, reason: optional(Text(500)) }),
  ),
] as const;

export type PolicyEvent = EventOf<typeof policyEventSchemas>;
