import type { Model } from './model.js';
import type { SENDERS } from './rules.js';

type Type = keyof typeof SENDERS;

/** What people would think of doing now; what leads on comes several times. Only a guide for drawing: it may be wrong. */
export function sensibleNow(model: Model): readonly Type[] {
  const reopenable = model.disputes.some(({ outcome }) => outcome === 'LAPSED' || outcome === 'NO_EVIDENCE');
  return [
    ...(reopenable ? (['ReopenDispute', 'ReopenDispute'] as const) : []),
    ...withOrder(model),
    ...model.disputes.flatMap(({ status }) => weighed(WITH_DISPUTE[status] ?? [])),
    ...withMoney(model),
  ];
}

function withOrder({ status, revisions, inspections }: Model): readonly Type[] {
  switch (status) {
    case 'DRAFT':
      return ['ConfirmContract', 'ConfirmContract', 'ConfirmContract', 'ConfirmContract', 'ProposeTerms'];
    case 'CONFIRMED':
      return ['RecordPayment', 'RecordPayment', 'RecordPayment', 'RequestShipDateRevision', 'BookInspection'];
    case 'PAID':
    case 'SHIPPED':
    case 'RECEIVED':
      return [
        'OpenDispute',
        'OpenDispute',
        'RecordPayment',
        'BookInspection',
        ...(status === 'PAID' ? (['RecordShipment', 'RequestShipDateRevision'] as const) : []),
        ...(status === 'SHIPPED' ? (['ConfirmReceipt', 'RecordCustomsClearance'] as const) : []),
        ...(status === 'RECEIVED' ? (['CompleteOrder', 'WaiveNonconformity'] as const) : []),
        ...(revisions.some(({ open }) => open)
          ? (['AgreeShipDateRevision', 'DeclineShipDateRevision'] as const)
          : []),
        ...(inspections.some(({ report }) => report === undefined)
          ? (['ReportInspection', 'ReportInspection', 'ReportInspection'] as const)
          : []),
        'ExtendDeadline',
      ];
    default:
      return ['LeaveFeedback'];
  }
}

const weighed = (types: readonly Type[]): readonly Type[] => [...types, ...types, ...types];

const WITH_DISPUTE: Readonly<Record<string, readonly Type[]>> = {
  AWAITING_SUPPLIER: [
    'RespondToDispute',
    'RespondToDispute',
    'RespondToDispute',
    'ProposeSettlement',
    'AmendClaim',
  ],
  NEGOTIATING: [
    'EscalateDispute',
    'EscalateDispute',
    'EscalateDispute',
    'ProposeSettlement',
    'AcceptSettlement',
    'RejectSettlement',
    'SubmitEvidence',
  ],
  ESCALATED: ['AssignArbitrator', 'AssignArbitrator', 'AssignArbitrator', 'ProposeSettlement', 'AmendClaim'],
  UNDER_DETERMINATION: [
    'IssueDetermination',
    'IssueDetermination',
    'IssueDetermination',
    'IssueDetermination',
    'IssueDetermination',
    'RequestEvidence',
    'ChangeEvidenceSeal',
    'CommissionInspection',
    'ReportInspection',
    'RecuseArbitrator',
  ],
  EVIDENCE_PENDING: [
    'SubmitEvidence',
    'SubmitEvidence',
    'SubmitEvidence',
    'RecuseArbitrator',
    'RequestEvidence',
  ],
  DETERMINED: ['LodgeAppeal', 'LodgeAppeal', 'PostMessage'],
  UNDER_APPEAL: [
    'AssignArbitrator',
    'AssignArbitrator',
    'AssignArbitrator',
    'DecideAppeal',
    'DecideAppeal',
    'DecideAppeal',
    'DecideAppeal',
    'RequestEvidence',
    'RecuseArbitrator',
  ],
  CLOSED: [],
};

function withMoney({ refunds, releases, recoveries, payments, held }: Model): readonly Type[] {
  const cards = payments.some(({ method, eligible }) => method === 'CARD' && eligible);
  return [
    ...(refunds.some(({ state }) => state === 'INSTRUCTED')
      ? (['RecordRefund', 'RecordRefund', 'RecordRefund'] as const)
      : []),
    ...(refunds.some(({ state }) => state === 'FAILED') ? (['RetryRefund', 'RetryRefund'] as const) : []),
    ...(releases.some(({ state }) => state === 'INSTRUCTED')
      ? (['RecordRelease', 'RecordRelease'] as const)
      : []),
    ...(recoveries.some(({ owed }) => owed > 0)
      ? (['RecordRecovery', 'RecordRecovery', 'WriteOffRecovery'] as const)
      : []),
    ...(cards && held > 0 ? (['ReportChargeback'] as const) : []),
  ];
}
