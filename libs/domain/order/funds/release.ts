import type { Refusal } from '../../../kernel/problem.js';
import type { OrderCommandOf } from '../commands.js';
import { brokenRules, faultsWhere, notFound, wrongState } from '../refuse.js';
import type { Turn } from '../turn.js';
import { reportFaults } from './report.js';

/** Rule 10: what was instructed, exactly, and never what a dispute or a chargeback stopped. */
export function recordRelease(turn: Turn, { data }: OrderCommandOf<'RecordRelease'>): Refusal | undefined {
  const { order } = turn;
  const release = order.funds.releases.find(({ releaseId }) => releaseId === data.releaseId);
  if (release === undefined)
    return notFound('FUNDS.NO_SUCH_RELEASE', `No release ${data.releaseId} was instructed.`);
  if (release.state === 'RELEASED')
    return wrongState('FUNDS.RELEASE_REPORTED', 'This release was reported already.');
  const refusal = brokenRules([
    ...faultsWhere([
      release.state === 'STOPPED',
      { code: 'FUNDS.FROZEN', message: 'The release was stopped: this money may not go out.', rule: 10 },
    ]),
    ...reportFaults(order, release.amount, data.amount, 'release'),
  ]);
  if (refusal) return refusal;
  turn.emit({ type: 'FundsReleased', data: { ...data, releasedAt: turn.at } });
  return undefined;
}
