import type { Money } from '../../../kernel/money.js';

export type RecoveryCommand =
  | {
      readonly type: 'RecordRecovery';
      readonly data: { readonly recoveryId: string; readonly amount: Money; readonly reference?: string };
    }
  | {
      readonly type: 'WriteOffRecovery';
      readonly data: { readonly recoveryId: string; readonly reason: string };
    };
