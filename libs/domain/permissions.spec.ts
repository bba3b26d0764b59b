import { COMMAND_TYPES, mayRoleSend, type CommandType } from './permissions.js';
import { ROLES, type Role } from './vocabulary.js';

const sentBy = (role: Role) => COMMAND_TYPES.filter((command) => mayRoleSend(role, command)).toSorted();

describe('Who acts', () => {
  test.each<[Role, readonly CommandType[]]>([
    ['auditor', []],
    ['clock', ['ExpireDeadlines', 'ReleaseCoverage', 'ReserveCoverage', 'SuspendForRecovery']],
    ['inspector', ['ReportInspection', 'SubmitEvidence']],
    ['logistics', ['RecordCustomsClearance', 'RecordShipment', 'SubmitEvidence']],
    [
      'payments',
      [
        'RecordFee',
        'RecordPayment',
        'RecordRecovery',
        'RecordRefund',
        'RecordRelease',
        'ReportChargeback',
        'RetryRefund',
      ],
    ],
    [
      'risk',
      [
        'AccreditInspector',
        'AssessSupplier',
        'EnrolSupplier',
        'ReinstateSupplier',
        'SetAssuranceLimit',
        'SuspendSupplier',
        'WithdrawAccreditation',
        'WriteOffRecovery',
      ],
    ],
    [
      'policy_admin',
      ['AccreditInspector', 'DraftPolicy', 'PublishPolicy', 'RetirePolicy', 'WithdrawAccreditation'],
    ],
    [
      'arbitrator',
      [
        'ChangeEvidenceSeal',
        'CommissionInspection',
        'IssueDetermination',
        'PostMessage',
        'RecuseArbitrator',
        'RequestEvidence',
        'SubmitEvidence',
      ],
    ],
    [
      'appeal_arbitrator',
      [
        'ChangeEvidenceSeal',
        'CommissionInspection',
        'DecideAppeal',
        'PostMessage',
        'RecuseArbitrator',
        'RequestEvidence',
        'SubmitEvidence',
      ],
    ],
  ])('%s', (role, commands) => {
    expect(sentBy(role)).toEqual(commands);
  });

  test('rule 4: either party drafts and confirms; nobody else does', () => {
    for (const command of ['DraftOrder', 'ProposeTerms', 'ConfirmContract'] as const) {
      expect(ROLES.filter((role) => mayRoleSend(role, command))).toEqual(['buyer', 'supplier']);
    }
  });

  test('rule 21: only the buyer opens a dispute; rule 23: only the supplier responds', () => {
    expect(ROLES.filter((role) => mayRoleSend(role, 'OpenDispute'))).toEqual(['buyer']);
    expect(ROLES.filter((role) => mayRoleSend(role, 'RespondToDispute'))).toEqual(['supplier']);
  });

  test('rule 13: no party moves or reports money', () => {
    const money = COMMAND_TYPES.filter((command) => mayRoleSend('payments', command));
    expect(
      money.filter((command) => mayRoleSend('buyer', command) || mayRoleSend('supplier', command)),
    ).toEqual([]);
  });

  test('every command has somebody who sends it', () => {
    expect(COMMAND_TYPES.filter((command) => !ROLES.some((role) => mayRoleSend(role, command)))).toEqual([]);
  });

  test('a command that does not exist is nobody’s', () => {
    expect(mayRoleSend('buyer', 'toString' as CommandType)).toBe(false);
    expect(mayRoleSend('nobody' as Role, 'OpenDispute')).toBe(false);
  });
});
