import type { Instant } from '../../../kernel/instant.js';
import type { Fault, Refusal } from '../../../kernel/problem.js';
import { dueAfter, endOfDay } from '../../calendar/due.js';
import type { OrderCommandOf } from '../commands.js';
import { meetDeadlines, ofKind, policyOf, setDeadlineAt } from '../deadlines/decide.js';
import { brokenRules, faultsWhere, wrongState } from '../refuse.js';
import type { Order } from '../state.js';
import type { Turn } from '../turn.js';
import { exactDateFaults } from './eligibility.js';

/** The promised day, how it is moved, and when it has passed. */

/** Rule 15: the last instant of the promised day in the policy's zone, and the policy's grace. */
export function setShipmentDue(turn: Turn, rule: 7 | 15): void {
  const { zone, days, latenessGrace } = policyOf(turn.order);
  const lastInstant = endOfDay(turn.order.contract.shipDate, zone);
  setDeadlineAt(turn, { kind: 'ShipmentDue', rule }, dueAfter(lastInstant, latenessGrace, zone, days));
}

export function requestShipDateRevision(
  turn: Turn,
  { data }: OrderCommandOf<'RequestShipDateRevision'>,
): Refusal | undefined {
  const { order } = turn;
  const refusal = brokenRules(shipDateFaults(order, data.shipDate, turn.at));
  if (refusal) return refusal;
  turn.emit({
    type: 'ShipDateRevisionRequested',
    data: {
      revision: order.contract.shipDateRevisions.length + 1,
      shipDate: data.shipDate,
      reason: data.reason,
    },
  });
  return undefined;
}

/** Rule 7: an agreed revision moves the deadline, also one that has passed. The guard has looked at the date again. */
export function agreeShipDateRevision(
  turn: Turn,
  { data }: OrderCommandOf<'AgreeShipDateRevision'>,
): Refusal | undefined {
  const requested = requestedRevision(turn.order, data.revision);
  if (requested === undefined) return noSuchRevision(data.revision);
  turn.emit({
    type: 'ShipDateRevisionAgreed',
    data: { revision: data.revision, shipDate: requested.shipDate },
  });
  meetDeadlines(turn, 'ShipDateRevisionAgreed', ofKind('ShipmentDue'));
  setShipmentDue(turn, 7);
  return undefined;
}

export function declineShipDateRevision(
  turn: Turn,
  { data }: OrderCommandOf<'DeclineShipDateRevision'>,
): Refusal | undefined {
  if (requestedRevision(turn.order, data.revision) === undefined) return noSuchRevision(data.revision);
  turn.emit({ type: 'ShipDateRevisionDeclined', data });
  return undefined;
}

/** The revision that waits for an answer; there is one at most. */
export const pendingRevision = (order: Order) =>
  order.contract.shipDateRevisions.find(({ state }) => state === 'REQUESTED');

const requestedRevision = (order: Order, revision: number) => {
  const pending = pendingRevision(order);
  return pending?.revision === revision ? pending : undefined;
};

const noSuchRevision = (revision: number): Refusal =>
  wrongState('CONTRACT.NO_SUCH_REVISION', `No ship date revision ${revision} is waiting for an answer.`);

/** Rules 5 and 7: an exact day, that has not passed, after the one that stands. */
export const shipDateFaults = (order: Order, shipDate: string, now: Instant): Fault[] => [
  ...exactDateFaults(shipDate, policyOf(order).zone, now, '/shipDate', 7),
  ...faultsWhere([
    shipDate <= order.contract.shipDate,
    {
      code: 'CONTRACT.SHIP_DATE_NOT_LATER',
      message: `A revised ship date lies after ${order.contract.shipDate}.`,
      pointer: '/shipDate',
      rule: 7,
    },
  ]),
];
