import type { Acknowledged } from './load.js';
import type { LogFindings } from './read-log.js';

/** What must not be, after a load whose every command was sent until it was acknowledged; all empty when all is well. */
export interface Verdict {
  readonly brokenChains: readonly string[];
  /** Acknowledged, and not in the log. */
  readonly lost: readonly Acknowledged[];
  readonly appliedTwice: readonly string[];
  /** Orders whose stream holds more commands than were acknowledged, or fewer. */
  readonly miscounted: readonly string[];
  readonly expiredTwice: readonly string[];
  readonly expiredEarly: readonly string[];
}

export const INNOCENT: Verdict = {
  brokenChains: [],
  lost: [],
  appliedTwice: [],
  miscounted: [],
  expiredTwice: [],
  expiredEarly: [],
};

export function judge(log: LogFindings, acknowledged: readonly Acknowledged[]): Verdict {
  const perOrder = new Map<string, number>();
  for (const { orderId } of acknowledged) perOrder.set(orderId, (perOrder.get(orderId) ?? 0) + 1);
  return {
    brokenChains: log.brokenChains,
    lost: acknowledged.filter(
      ({ orderId, revision }) => (log.heads.get(`order-${orderId}`) ?? -1n) < revision,
    ),
    appliedTwice: log.commandsAppliedTwice,
    miscounted: [...perOrder].flatMap(([orderId, count]) =>
      log.commandsByStream.get(`order-${orderId}`) === count ? [] : [orderId],
    ),
    expiredTwice: log.expiredTwice,
    expiredEarly: log.expiredEarly,
  };
}
