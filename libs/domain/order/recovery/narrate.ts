import { formatMoney } from '../../../kernel/money.js';
import { momentOf, quoted, told, type Told } from '../../prose.js';
import type { RecoveryEvent } from './events.js';

export function narrateRecovery({ type, data }: RecoveryEvent, who: string): Told {
  switch (type) {
    case 'RecoveryDemanded':
      return told(
        `Supplier ${data.supplierId} now owes the platform ${formatMoney(data.amount)} for refund ${data.refundId} ` +
          `(${data.recoveryId}), due ${momentOf(data.dueAt)}.`,
        11,
        30,
      );
    case 'RecoveryReceived':
      return told(
        `${who} recorded ${formatMoney(data.amount)} paid by the supplier on ${data.recoveryId}; ` +
          `${data.outstanding.amount === 0 ? 'nothing' : formatMoney(data.outstanding)} remains owed.`,
        30,
      );
    case 'RecoveryWrittenOff':
      return told(
        `${who} wrote off ${formatMoney(data.amount)} of ${data.recoveryId}: ${quoted(data.reason)}.`,
        30,
      );
    default:
      return type satisfies never;
  }
}
