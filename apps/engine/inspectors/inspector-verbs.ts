import type { InspectorCommand } from '../../../libs/domain/inspector/commands.js';
import { AccreditInspectorBody, WithdrawAccreditationBody } from '../bodies/inspector.js';
import type { Verb } from '../http/verb.js';

type InspectorVerb = Verb<InspectorCommand['type']>;

/** `POST /v1/inspectors` */
export const accreditInspectorVerb: InspectorVerb = {
  command: 'AccreditInspector',
  verb: 'accredit',
  title: 'Accredit an inspector',
  body: AccreditInspectorBody,
  example: { inspectorId: 'I1', name: 'Delta Inspection', fields: ['TEXTILES'] },
};

/** `POST /v1/inspectors/{inspectorId}/{verb}` */
export const inspectorVerbs: readonly InspectorVerb[] = [
  {
    command: 'WithdrawAccreditation',
    verb: 'withdraw-accreditation',
    title: 'Withdraw the accreditation',
    body: WithdrawAccreditationBody,
    example: { reason: 'Licence expired.' },
  },
];
