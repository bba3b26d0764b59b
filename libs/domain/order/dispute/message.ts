import type { Refusal } from '../../../kernel/problem.js';
import type { OrderCommandOf } from '../commands.js';
import type { OrderContext } from '../context.js';
import type { Turn } from '../turn.js';
import { disputeOf } from './find.js';

type Author = 'buyer' | 'supplier' | 'agent' | 'arbitrator';

export function postMessage(
  turn: Turn,
  { data }: OrderCommandOf<'PostMessage'>,
  { caller }: OrderContext,
): Refusal | undefined {
  const message = disputeOf(turn.order, data.dispute).messages + 1;
  const by = caller.role === 'appeal_arbitrator' ? 'arbitrator' : (caller.role as Author);
  turn.emit({ type: 'MessagePosted', data: { ...data, message, by, author: caller.id, postedAt: turn.at } });
  return undefined;
}
