import { formatMoney, type Money } from '../../../kernel/money.js';
import type { Fault } from '../../../kernel/problem.js';
import { faultsWhere } from '../refuse.js';
import type { Order } from '../state.js';
import { moneyOf } from '../turn.js';

/** Rule 13: what is reported is what was instructed, to the last cent. */
export const reportFaults = (
  order: Order,
  expected: number,
  { amount, currency }: Money,
  what: 'release' | 'refund',
): Fault[] =>
  faultsWhere([
    amount !== expected || currency !== order.currency,
    {
      code: 'FUNDS.NOT_AS_INSTRUCTED',
      message: `The ${what} was instructed for ${formatMoney(moneyOf(order, expected))}.`,
      pointer: '/amount',
      rule: 13,
    },
  ]);
