import fc from 'fast-check';
import { DEADLINE_KINDS } from '../../libs/domain/vocabulary.js';
import type { OrderRun } from './order-run.js';
import { playScript, scripts } from './random-histories.js';
import { lateSchedulers, ON_TIME, runUnder } from './schedulers.js';

const RUNS = 1_500;

/** What a run comes to, apart from when schedulers got to it. Whatever breaks after an event throws during the run. */
const told = ({ content, outcomes }: OrderRun) => ({ content, outcomes });

describe('Whatever is commanded by whomever, and however late the schedulers are', () => {
  it('an order has the same history, loses no money, and no deadline fires early', () => {
    const expired = new Set<string>();
    const accepted = new Map<string, number>();
    fc.assert(
      fc.property(scripts(24), lateSchedulers, lateSchedulers, (script, one, other) => {
        const history = playScript(script);
        const alone = runUnder([], history);
        for (const schedulers of [[ON_TIME], [one], [one, other], [ON_TIME, other]]) {
          expect(told(runUnder(schedulers, history))).toEqual(told(alone));
        }
        for (const kind of alone.expired) expired.add(kind);
        for (const [index, { command }] of history.commands.entries()) {
          const count = accepted.get(command.type) ?? 0;
          accepted.set(command.type, count + (alone.outcomes[index] === 'accepted' ? 1 : 0));
        }
      }),
      { numRuns: RUNS },
    );
    // The histories were not all alike.
    expect([...expired].toSorted()).toEqual([...DEADLINE_KINDS].toSorted());
    expect([...accepted].filter(([, count]) => count > 0).length).toBeGreaterThanOrEqual(36);
  });
});
