import {
  Id,
  InstantText,
  PersonalText,
  Text,
  eventSchema,
  list,
  optional,
  record,
  type EventOf,
} from '../schema.js';

export const inspectorEventSchemas = [
  eventSchema(
    'InspectorAccredited',
    record({
      inspectorId: Id,
      name: PersonalText(200),
      fields: list(Text(64), 50),
      accreditedBy: Id,
      accreditedAt: InstantText,
    }),
  ),
  eventSchema(
    'AccreditationWithdrawn',
    record({ inspectorId: Id, reason: optional(Text(2_000)), withdrawnBy: Id }),
  ),
] as const;

export type InspectorEvent = EventOf<typeof inspectorEventSchemas>;
