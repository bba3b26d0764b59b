import Type, { type Static } from 'typebox';
import { COVERAGE_TYPES, INSPECTION_STAGES, INSPECTOR_KINDS } from '../../vocabulary.js';
import {
  BasisPoints,
  Count,
  DateText,
  Id,
  MoneyAmount,
  Sha256,
  Text,
  list,
  oneOf,
  optional,
  record,
} from '../../schema.js';

/** One checkable term of the specification: `colour`, `weight`, `logo`. Determinations and waivers cite it by id. */
export const SpecificationTerm = record({
  id: Id,
  /** What the term fixes, e.g. DIMENSIONS, COLOUR, WEIGHT, MATERIAL, PACKAGING, CUSTOMISATION, SAMPLE, OTHER. */
  aspect: oneOf([
    'DIMENSIONS',
    'COLOUR',
    'WEIGHT',
    'MATERIAL',
    'FUNCTION',
    'PACKAGING',
    'CUSTOMISATION',
    'DESIGN',
    'SAMPLE',
    'OTHER',
  ]),
  text: Text(2_000),
  /** A term is measurable when it can be checked without opinion: a range, a shade number, a count. */
  measurable: Type.Boolean(),
});

/** Rule 5. */
export const Terms = record({
  orderValue: MoneyAmount,
  coveredAmount: MoneyAmount,
  /** An exact date in the policy's zone. */
  shipDate: DateText,
  coverageType: oneOf(COVERAGE_TYPES),
  qualitySafeguard: Type.Boolean(),
  product: Text(500),
  quantity: record({ count: Count, unit: Text(32), toleranceBasisPoints: BasisPoints }),
  specification: list(SpecificationTerm, 100),
  packaging: optional(Text(2_000)),
  customisation: optional(record({ kind: oneOf(['LOGO', 'BADGE', 'PRINT', 'OTHER']), text: Text(2_000) })),
  designFile: optional(Sha256),
  approvedSample: optional(Text(2_000)),
  inspectionPlan: optional(
    record({ stage: oneOf(INSPECTION_STAGES), by: oneOf(INSPECTOR_KINDS), note: optional(Text(2_000)) }),
  ),
  /** Rule 9: initial payment and balance add up to the order value. */
  initialPayment: MoneyAmount,
  balance: MoneyAmount,
});
export type Terms = Static<typeof Terms>;
