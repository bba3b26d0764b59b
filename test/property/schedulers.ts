import fc from 'fast-check';
import { epochMsOf, instantOf, type Instant } from '../../libs/kernel/instant.js';
import { orderRun, type OrderRun } from './order-run.js';
import type { RandomHistory } from './random-histories.js';

/** A scheduler as an order meets it: how late it comes to each deadline, in milliseconds, one after the other. */
export type SchedulerLateness = readonly number[];

export const ON_TIME: SchedulerLateness = [0];

const HOUR = 3_600_000;

/** From a millisecond to a month: it may be down for long. */
export const lateSchedulers: fc.Arbitrary<SchedulerLateness> = fc.array(
  fc.oneof(fc.nat(50), fc.nat(HOUR), fc.nat(30 * 24 * HOUR)),
  { minLength: 1, maxLength: 6 },
);

/**
 * Sends the history's commands to an order while these schedulers run, none at all among them. Schedulers know nothing
 * of each other. In the end, long after the last command, everything that is due has expired.
 */
export function runUnder(
  schedulers: readonly SchedulerLateness[],
  { policy, commands }: RandomHistory,
): OrderRun {
  const run = orderRun(policy);
  const plans = schedulers.map((lateness) => planOf(run, lateness));
  let now: Instant = commands[0]?.at ?? '';
  const fireUntil = (end: Instant) => {
    for (;;) {
      const [first] = plans
        .flatMap((plan) => plan.next(now) ?? [])
        .toSorted((one, other) => (one.at < other.at ? -1 : 1));
      if (first === undefined || first.at > end) return;
      now = first.at;
      first.fire();
    }
  };
  for (const sent of commands) {
    fireUntil(sent.at);
    now = sent.at;
    run.send(sent);
  }
  const end = instantOf(epochMsOf(now) + 1_000 * 24 * HOUR);
  fireUntil(end);
  run.expire(end);
  return run;
}

/** When a scheduler gets to the deadline that is due next. It gets to each once. */
function planOf(run: OrderRun, lateness: SchedulerLateness) {
  const seen = new Map<string, number>();
  return {
    next(now: Instant) {
      const due = run.order?.deadlines
        .filter(
          ({ state, deadline, dueAt }) => state === 'OPEN' && seen.get(`${deadline} ${dueAt}`) !== Infinity,
        )
        .map(({ deadline, dueAt }) => ({ key: `${deadline} ${dueAt}`, dueAt }))
        .toSorted((one, other) => (one.dueAt < other.dueAt ? -1 : 1))[0];
      if (due === undefined) return undefined;
      const late = seen.get(due.key) ?? lateness[seen.size % lateness.length] ?? 0;
      seen.set(due.key, late);
      const planned = instantOf(epochMsOf(due.dueAt) + late);
      const at = planned > now ? planned : now;
      return {
        at,
        fire() {
          seen.set(due.key, Infinity);
          run.expire(at);
        },
      };
    },
  };
}
