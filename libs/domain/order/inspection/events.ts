import Type from 'typebox';
import { INSPECTION_RESULTS, INSPECTION_STAGES, INSPECTOR_KINDS } from '../../vocabulary.js';
import {
  Id,
  InstantText,
  Sha256,
  Text,
  eventSchema,
  list,
  oneOf,
  optional,
  nullable,
  Ordinal,
  record,
  type EventOf,
} from '../../schema.js';

export const Finding = record({ term: Id, conforms: Type.Boolean(), note: optional(Text(2_000)) });

export const inspectionEventSchemas = [
  eventSchema(
    'InspectionBooked',
    record({
      inspectionId: Id,
      stage: oneOf(INSPECTION_STAGES),
      by: oneOf(INSPECTOR_KINDS),
      inspectorId: optional(Id),
      /** Rule 16: the inspector was accredited when booked. */
      accepted: Type.Boolean(),
      bookedBy: oneOf(['buyer', 'supplier', 'agent']),
      scheduledFor: optional(InstantText),
    }),
  ),
  eventSchema(
    'InspectionReported',
    record({
      inspectionId: Id,
      result: oneOf(INSPECTION_RESULTS),
      findings: list(Finding, 100),
      reportHash: Sha256,
      inspectedAt: InstantText,
      reportedBy: Id,
    }),
  ),
  /** Commissioned by the arbitrator of a dispute (rule 26). */
  eventSchema(
    'InspectionCommissioned',
    record({
      dispute: Ordinal,
      inspectionId: Id,
      stage: oneOf(INSPECTION_STAGES),
      inspectorId: Id,
      accepted: Type.Boolean(),
      question: Text(4_000),
      commissionedBy: Id,
      fee: nullable(record({ amount: Type.Integer({ minimum: 0 }), currency: Text(3) })),
    }),
  ),
] as const;

export type InspectionEvent = EventOf<typeof inspectionEventSchemas>;
