import type { Refusal } from '../../../kernel/problem.js';
import type { OrderCommandOf } from '../commands.js';
import type { OrderContext } from '../context.js';
import { brokenRules, faultsWhere, wrongState } from '../refuse.js';
import type { Turn } from '../turn.js';

/** More time, never less, and only for what has not expired. */
export function extendDeadline(
  turn: Turn,
  { data }: OrderCommandOf<'ExtendDeadline'>,
  context: OrderContext,
): Refusal | undefined {
  const open = turn.order.deadlines.find(
    ({ deadline, state }) => deadline === data.deadline && state === 'OPEN',
  );
  if (open === undefined) return wrongState('DEADLINE.NOT_OPEN', `No deadline ${data.deadline} is running.`);
  const refusal = brokenRules(
    faultsWhere([
      data.to <= open.dueAt,
      {
        code: 'DEADLINE.NOT_LATER',
        message: `The deadline is due at ${open.dueAt}; an extension lies after it.`,
        pointer: '/to',
      },
    ]),
  );
  if (refusal) return refusal;
  const { deadline, kind, dispute, dueAt } = open;
  turn.emit({
    type: 'DeadlineExtended',
    data: { deadline, kind, dispute, from: dueAt, to: data.to, reason: data.reason, by: context.caller.id },
  });
  return undefined;
}
