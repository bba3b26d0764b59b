import type { Instant } from '../../../kernel/instant.js';
import type { Money } from '../../../kernel/money.js';
import type { InspectionResult, InspectionStage, InspectorKind } from '../../vocabulary.js';

export type InspectionCommand =
  | {
      readonly type: 'BookInspection';
      readonly data: {
        readonly inspectionId: string;
        readonly stage: InspectionStage;
        readonly by: InspectorKind;
        readonly inspectorId?: string;
        readonly scheduledFor?: Instant;
      };
    }
  | {
      readonly type: 'ReportInspection';
      readonly data: {
        readonly inspectionId: string;
        readonly result: InspectionResult;
        readonly findings: readonly {
          readonly term: string;
          readonly conforms: boolean;
          readonly note?: string;
        }[];
        readonly reportHash: string;
        readonly inspectedAt?: Instant;
      };
    }
  | {
      readonly type: 'CommissionInspection';
      readonly data: {
        readonly dispute: number;
        readonly inspectionId: string;
        readonly stage: InspectionStage;
        readonly inspectorId: string;
        readonly question: string;
        readonly fee?: Money;
      };
    };
