import type { Fault } from '../../../kernel/problem.js';
import type { Remedy } from '../../vocabulary.js';
import { faultsWhere } from '../refuse.js';

const REFUNDS: readonly Remedy[] = [
  'FULL_REFUND',
  'PARTIAL_REFUND',
  'REFUND_WITH_RETURN',
  'DELAY_COMPENSATION',
];

/** True when money goes back to the buyer with one of these. */
export const holdsRefund = (remedies: readonly Remedy[]): boolean =>
  remedies.some((remedy) => REFUNDS.includes(remedy));

/** Rule 25: remedies and the money beside them must tell the same story. `full` is what a full refund comes to. */
export function remedyFaults(remedies: readonly Remedy[], amount: number, full: number, at = ''): Fault[] {
  const fault = (code: string, message: string): Fault => ({
    code: `REMEDY.${code}`,
    message,
    pointer: `${at}/remedies`,
    rule: 25,
  });
  const has = (remedy: Remedy) => remedies.includes(remedy);
  return faultsWhere(
    [amount > 0 && !holdsRefund(remedies), fault('NO_REFUND', 'Money needs a remedy that holds a refund.')],
    [
      amount === 0 && holdsRefund(remedies),
      fault('REFUND_WITHOUT_MONEY', 'A refund needs an amount above zero.'),
    ],
    [
      has('FULL_REFUND') && amount < full,
      fault('NOT_FULL', 'This is less than what is claimed: it is a partial refund.'),
    ],
    [has('NOTHING') && remedies.length > 1, fault('NOTHING_AND_SOMETHING', 'NOTHING stands alone.')],
    [has('FULL_REFUND') && has('PARTIAL_REFUND'), fault('FULL_AND_PARTIAL', 'A refund is full or partial.')],
  );
}
