import {
  EVIDENCE_KINDS,
  GROUNDS,
  INSPECTION_STAGES,
  INSPECTOR_KINDS,
  PARTIES,
  REASON_CODES,
  REMEDIES,
  RESPONSES,
} from '../../../../libs/domain/vocabulary.js';
import type { MessageKey } from '../../messages/language.js';
import type { FormContext, Option } from './form-context.js';

export type FieldKind =
  'choice' | 'choices' | 'text' | 'line' | 'money' | 'number' | 'date' | 'moment' | 'file';

/** One thing that a command asks for. */
export interface Field {
  /** Path in the body: `offer.amount`. */
  readonly name: string;
  readonly kind: FieldKind;
  readonly label: MessageKey;
  readonly optional?: boolean;
  /** Codes of the rule book, or options that the order gives. */
  readonly codes?: readonly string[];
  readonly options?: (context: FormContext) => readonly Option[];
  readonly integer?: boolean;
  /** Rule 20: at most the cap. */
  readonly capped?: boolean;
  readonly maxLength?: number;
  /** Asked only where another field has this value. */
  readonly when?: readonly [field: string, value: string];
  /** Suggested to begin with. */
  readonly initial?: (context: FormContext) => string | readonly string[];
}

const statement: Field = { name: 'statement', kind: 'text', label: 'field.statement', maxLength: 20_000 };
const reason: Field = { name: 'reason', kind: 'text', label: 'field.reason', maxLength: 4_000 };
const terms: Field = {
  name: 'terms',
  kind: 'choices',
  label: 'field.terms',
  options: (context) => context.terms,
  optional: true,
};
const claimed: Field = { name: 'claimed', kind: 'money', label: 'field.claimed', capped: true };
const offer = (prefix = '', when?: Field['when']): Field[] => [
  { name: `${prefix}remedies`, kind: 'choices', label: 'field.remedies', codes: REMEDIES, when },
  { name: `${prefix}amount`, kind: 'money', label: 'field.amount', capped: true, when },
  { name: `${prefix}message`, kind: 'text', label: 'field.message', optional: true, maxLength: 4_000, when },
  { name: `${prefix}expiresAt`, kind: 'moment', label: 'field.expiresAt', optional: true, when },
];
const whichOffer: Field = {
  name: 'offer',
  kind: 'choice',
  label: 'field.offer',
  options: (context) => context.openOffers,
  integer: true,
};
const whichRevision: Field = {
  name: 'revision',
  kind: 'choice',
  label: 'field.revision',
  options: (context) => context.openRevisions,
  integer: true,
};
const inspectionId: Field = {
  name: 'inspectionId',
  kind: 'line',
  label: 'field.inspectionId',
  maxLength: 64,
};
const stage: Field = { name: 'stage', kind: 'choice', label: 'field.stage', codes: INSPECTION_STAGES };

/** What each command asks for, by the name of its link. A command that is not here is for services, or has a form of its own. */
export const COMMAND_FORMS: Readonly<Record<string, readonly Field[]>> = {
  'open-dispute': [
    { name: 'ground', kind: 'choice', label: 'field.ground', codes: GROUNDS },
    claimed,
    { name: 'desiredRemedy', kind: 'choice', label: 'field.desiredRemedy', codes: REMEDIES },
    terms,
    statement,
  ],
  'amend-claim': [claimed, terms, statement],
  respond: [
    { name: 'response', kind: 'choice', label: 'field.response', codes: RESPONSES },
    {
      name: 'reasonCodes',
      kind: 'choices',
      label: 'field.reasonCodes',
      codes: REASON_CODES,
      when: ['response', 'REJECT'],
    },
    ...offer('offer.', ['response', 'COUNTER']),
    statement,
  ],
  'propose-settlement': offer(),
  'accept-settlement': [whichOffer],
  'reject-settlement': [whichOffer, { ...reason, optional: true }],
  'post-message': [{ name: 'text', kind: 'text', label: 'field.text', maxLength: 20_000 }],
  'submit-evidence': [
    { name: 'file', kind: 'file', label: 'field.file' },
    { name: 'kind', kind: 'choice', label: 'field.kind', codes: EVIDENCE_KINDS },
    { name: 'description', kind: 'text', label: 'field.description', optional: true, maxLength: 4_000 },
    terms,
    {
      name: 'request',
      kind: 'choice',
      label: 'field.request',
      options: (context) => context.openRequests,
      integer: true,
      optional: true,
      initial: (context) => context.openRequests[0]?.value ?? '',
    },
  ],
  'request-evidence': [
    { name: 'from', kind: 'choice', label: 'field.from', codes: PARTIES },
    { name: 'kinds', kind: 'choices', label: 'field.kinds', codes: EVIDENCE_KINDS },
    { name: 'question', kind: 'text', label: 'field.question', maxLength: 4_000 },
  ],
  escalate: [],
  'recuse-arbitrator': [reason],
  'commission-inspection': [
    inspectionId,
    stage,
    { name: 'inspectorId', kind: 'line', label: 'field.inspectorId', maxLength: 64 },
    { name: 'question', kind: 'text', label: 'field.question', maxLength: 4_000 },
    { name: 'fee', kind: 'money', label: 'field.fee', optional: true },
  ],
  'lodge-appeal': [statement],
  withdraw: [{ ...reason, optional: true }],
  reopen: [statement],
  'confirm-contract': [],
  'request-ship-date-revision': [
    { name: 'shipDate', kind: 'date', label: 'field.shipDate' },
    { ...reason, optional: true },
  ],
  'agree-ship-date-revision': [whichRevision],
  'decline-ship-date-revision': [whichRevision, { ...reason, optional: true }],
  cancel: [{ name: 'note', kind: 'text', label: 'field.note', optional: true, maxLength: 2_000 }],
  complete: [],
  'leave-feedback': [
    { name: 'rating', kind: 'number', label: 'field.rating' },
    { name: 'text', kind: 'text', label: 'field.text', maxLength: 4_000 },
  ],
  'record-shipment': [
    { name: 'shipmentId', kind: 'line', label: 'field.shipmentId', maxLength: 64 },
    { name: 'carrier', kind: 'line', label: 'field.carrier', maxLength: 200 },
    { name: 'trackingNumber', kind: 'line', label: 'field.trackingNumber', optional: true, maxLength: 200 },
    { name: 'quantity', kind: 'number', label: 'field.quantity', optional: true },
  ],
  'confirm-receipt': [{ name: 'quantity', kind: 'number', label: 'field.quantity', optional: true }],
  'waive-nonconformity': [
    { ...terms, optional: false },
    { ...statement, maxLength: 4_000 },
  ],
  'book-inspection': [
    inspectionId,
    stage,
    { name: 'by', kind: 'choice', label: 'field.by', codes: INSPECTOR_KINDS },
    { name: 'inspectorId', kind: 'line', label: 'field.inspectorId', optional: true, maxLength: 64 },
  ],
  'retry-refund': [
    { name: 'refundId', kind: 'choice', label: 'field.refund', options: (context) => context.failedRefunds },
  ],
  'write-off-recovery': [
    { name: 'recoveryId', kind: 'choice', label: 'field.recovery', options: (context) => context.recoveries },
    { ...reason, maxLength: 2_000 },
  ],
  'extend-deadline': [
    {
      name: 'deadline',
      kind: 'choice',
      label: 'field.deadline',
      options: (context) => context.openDeadlines,
    },
    { name: 'to', kind: 'moment', label: 'field.to' },
    { ...reason, maxLength: 2_000 },
  ],
};
