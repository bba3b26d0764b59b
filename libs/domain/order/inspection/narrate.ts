import { enumerated, inWords, momentOf, quoted, told, type Told } from '../../prose.js';
import type { InspectionEvent } from './events.js';

export function narrateInspection({ type, data }: InspectionEvent, who: string): Told {
  switch (type) {
    case 'InspectionBooked':
      return told(
        `${who} booked inspection ${data.inspectionId} (${inWords(data.stage)}, by ${inWords(data.by)}` +
          (data.inspectorId === undefined ? '' : ` ${data.inspectorId}`) +
          `${data.scheduledFor === undefined ? '' : `, for ${momentOf(data.scheduledFor)}`})` +
          `${data.accepted ? '' : '; its inspector is not accredited'}.`,
        16,
      );
    case 'InspectionReported': {
      const failed = data.findings.filter(({ conforms }) => !conforms).map(({ term }) => term);
      return told(
        `${data.reportedBy} reported inspection ${data.inspectionId}: ${inWords(data.result)}` +
          `${failed.length === 0 ? '' : `; not conforming: ${enumerated(failed)}`}.`,
        16,
      );
    }
    case 'InspectionCommissioned':
      return told(
        `${who} commissioned inspection ${data.inspectionId} from ${data.inspectorId} for dispute ${data.dispute}: ` +
          `${quoted(data.question)}.`,
        26,
      );
    default:
      return type satisfies never;
  }
}
