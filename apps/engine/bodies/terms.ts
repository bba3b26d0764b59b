import type { Terms } from '../../../libs/domain/order/contract/terms.js';
import { COVERAGE_TYPES, INSPECTION_STAGES, INSPECTOR_KINDS } from '../../../libs/domain/vocabulary.js';
import {
  ChoiceField,
  DateField,
  FlagField,
  IdField,
  ObjectField,
  ObjectsField,
  Sha256Field,
  TextField,
  WholeField,
} from '../http/validation/fields.js';
import { MoneyBody } from './money.js';

const ASPECTS = [
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
] as const;

export class QuantityBody {
  @WholeField(0, Number.MAX_SAFE_INTEGER, { example: 500 })
  count: number;

  @TextField(32, { example: 'piece' })
  unit: string;

  @WholeField(0, 10_000, { description: 'Hundredths of a per cent that may be missing.', example: 0 })
  toleranceBasisPoints: number;
}

export class SpecificationTermBody {
  @IdField({ example: 'colour' })
  id: string;

  @ChoiceField(ASPECTS)
  aspect: (typeof ASPECTS)[number];

  @TextField(2_000, { example: 'RAL 5010, ΔE below 1' })
  text: string;

  @FlagField({ description: 'True when it can be checked without opinion.', example: true })
  measurable: boolean;
}

export class CustomisationBody {
  @ChoiceField(['LOGO', 'BADGE', 'PRINT', 'OTHER'])
  kind: 'LOGO' | 'BADGE' | 'PRINT' | 'OTHER';

  @TextField(2_000)
  text: string;
}

export class InspectionPlanBody {
  @ChoiceField(INSPECTION_STAGES)
  stage: (typeof INSPECTION_STAGES)[number];

  @ChoiceField(INSPECTOR_KINDS)
  by: (typeof INSPECTOR_KINDS)[number];

  @TextField(2_000, { optional: true })
  note?: string;
}

/** Rule 5. */
export class TermsBody implements Terms {
  @ObjectField(MoneyBody)
  orderValue: MoneyBody;

  @ObjectField(MoneyBody)
  coveredAmount: MoneyBody;

  @DateField({ description: "One exact day in the policy's zone.", example: '2026-03-31' })
  shipDate: string;

  @ChoiceField(COVERAGE_TYPES)
  coverageType: (typeof COVERAGE_TYPES)[number];

  @FlagField()
  qualitySafeguard: boolean;

  @TextField(500)
  product: string;

  @ObjectField(QuantityBody)
  quantity: QuantityBody;

  @ObjectsField(SpecificationTermBody, 100)
  specification: SpecificationTermBody[];

  @TextField(2_000, { optional: true })
  packaging?: string;

  @ObjectField(CustomisationBody, { optional: true })
  customisation?: CustomisationBody;

  @Sha256Field({ optional: true, description: 'SHA-256 of the design file.' })
  designFile?: string;

  @TextField(2_000, { optional: true })
  approvedSample?: string;

  @ObjectField(InspectionPlanBody, { optional: true })
  inspectionPlan?: InspectionPlanBody;

  @ObjectField(MoneyBody, { description: 'Rule 9: with the balance it adds up to the order value.' })
  initialPayment: MoneyBody;

  @ObjectField(MoneyBody)
  balance: MoneyBody;
}
