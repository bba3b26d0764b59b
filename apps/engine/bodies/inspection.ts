import {
  INSPECTION_RESULTS,
  INSPECTION_STAGES,
  INSPECTOR_KINDS,
  type InspectionResult,
  type InspectionStage,
  type InspectorKind,
} from '../../../libs/domain/vocabulary.js';
import {
  ChoiceField,
  FlagField,
  IdField,
  InstantField,
  ObjectField,
  ObjectsField,
  Sha256Field,
  TextField,
} from '../http/validation/fields.js';
import type { DataOf } from './command-data.js';
import { MoneyBody } from './money.js';

export class BookInspectionBody implements DataOf<'BookInspection'> {
  @IdField()
  inspectionId: string;

  @ChoiceField(INSPECTION_STAGES)
  stage: InspectionStage;

  @ChoiceField(INSPECTOR_KINDS)
  by: InspectorKind;

  @IdField({ optional: true })
  inspectorId?: string;

  @InstantField({ optional: true })
  scheduledFor?: string;
}

export class FindingBody {
  @IdField({ description: 'Id of a contract term.' })
  term: string;

  @FlagField()
  conforms: boolean;

  @TextField(2_000, { optional: true })
  note?: string;
}

export class ReportInspectionBody implements DataOf<'ReportInspection'> {
  @IdField()
  inspectionId: string;

  @ChoiceField(INSPECTION_RESULTS)
  result: InspectionResult;

  @ObjectsField(FindingBody, 100)
  findings: FindingBody[];

  @Sha256Field({ description: 'SHA-256 of the report as filed.' })
  reportHash: string;

  @InstantField({ optional: true, description: 'Left out: now.' })
  inspectedAt?: string;
}

export class CommissionInspectionBody implements DataOf<'CommissionInspection'> {
  @IdField()
  inspectionId: string;

  @ChoiceField(INSPECTION_STAGES)
  stage: InspectionStage;

  @IdField()
  inspectorId: string;

  @TextField(4_000)
  question: string;

  @ObjectField(MoneyBody, { optional: true })
  fee?: MoneyBody;
}
