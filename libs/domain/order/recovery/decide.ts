import { formatMoney } from '../../../kernel/money.js';
import type { Refusal } from '../../../kernel/problem.js';
import { dueAfter } from '../../calendar/due.js';
import type { OrderCommandOf } from '../commands.js';
import type { OrderContext } from '../context.js';
import { meetDeadlines, policyOf, setDeadlineAt } from '../deadlines/decide.js';
import { brokenRules, faultsWhere, notFound, wrongState } from '../refuse.js';
import type { Order, Recovery } from '../state.js';
import { moneyOf, type Turn } from '../turn.js';

/** Rules 11 and 30: once the refund is out, the supplier owes it, or the advanced part of it where the policy says so. */
export function demandRecovery(
  turn: Turn,
  {
    refundId,
    dispute,
    refunded,
    advanced,
  }: { refundId: string; dispute: number | null; refunded: number; advanced: number },
): void {
  const { order } = turn;
  const policy = policyOf(order);
  const amount = policy.recoveryBasis === 'REFUND' ? refunded : advanced;
  if (amount === 0) return;
  const recoveryId = `recovery-${order.recoveries.length + 1}`;
  const dueAt = dueAfter(turn.at, policy.recoveryDue, policy.zone, policy.days);
  turn.emit({
    type: 'RecoveryDemanded',
    data: {
      recoveryId,
      dispute,
      refundId,
      amount: moneyOf(order, amount),
      supplierId: order.supplierId,
      dueAt,
    },
  });
  setDeadlineAt(turn, { kind: 'RecoveryDue', subject: recoveryId, rule: 30 }, dueAt, {
    period: policy.recoveryDue,
  });
}

export function recordRecovery(turn: Turn, { data }: OrderCommandOf<'RecordRecovery'>): Refusal | undefined {
  const { order } = turn;
  const recovery = owed(order, data.recoveryId);
  if (!('outstanding' in recovery)) return recovery;
  const { amount, currency } = data.amount;
  const refusal = brokenRules(
    faultsWhere(
      [
        currency !== order.currency,
        {
          code: 'RECOVERY.CURRENCY_OF_ANOTHER_ORDER',
          message: `The order is in ${order.currency}.`,
          pointer: '/amount/currency',
          rule: 12,
        },
      ],
      [
        amount === 0,
        {
          code: 'RECOVERY.NO_AMOUNT',
          message: 'A recovery is above zero.',
          pointer: '/amount/amount',
          rule: 30,
        },
      ],
      [
        amount > recovery.outstanding,
        {
          code: 'RECOVERY.ABOVE_OUTSTANDING',
          message: `Only ${formatMoney(moneyOf(order, recovery.outstanding))} is owed.`,
          pointer: '/amount/amount',
          rule: 30,
        },
      ],
    ),
  );
  if (refusal) return refusal;
  const outstanding = recovery.outstanding - amount;
  turn.emit({
    type: 'RecoveryReceived',
    data: { ...data, outstanding: moneyOf(order, outstanding), receivedAt: turn.at },
  });
  if (outstanding === 0) endDeadline(turn, 'RecoveryReceived', data.recoveryId);
  return undefined;
}

export function writeOffRecovery(
  turn: Turn,
  { data }: OrderCommandOf<'WriteOffRecovery'>,
  context: OrderContext,
): Refusal | undefined {
  const recovery = owed(turn.order, data.recoveryId);
  if (!('outstanding' in recovery)) return recovery;
  turn.emit({
    type: 'RecoveryWrittenOff',
    data: {
      recoveryId: data.recoveryId,
      amount: moneyOf(turn.order, recovery.outstanding),
      reason: data.reason,
      by: context.caller.id,
    },
  });
  endDeadline(turn, 'RecoveryWrittenOff', data.recoveryId);
  return undefined;
}

function owed(order: Order, recoveryId: string): Recovery | Refusal {
  const recovery = order.recoveries.find((known) => known.recoveryId === recoveryId);
  if (recovery === undefined)
    return notFound('RECOVERY.NONE_SUCH', `No recovery ${recoveryId} was demanded.`);
  return recovery.outstanding > 0
    ? recovery
    : wrongState('RECOVERY.NOTHING_OWED', 'Nothing is owed any more.');
}

const endDeadline = (turn: Turn, by: string, recoveryId: string): void =>
  meetDeadlines(turn, by, ({ kind, subject }) => kind === 'RecoveryDue' && subject === recoveryId);
