import type { Step } from './example-history.js';

/** A history told of another order: every id, amount and instant that a test needs to differ, differs. */
export const ofOrder = (
  steps: readonly Step[],
  change: { readonly [type: string]: Readonly<Record<string, unknown>> },
): Step[] =>
  steps.map((step) => {
    const changed = change[step.event.type];
    if (changed === undefined) return step;
    const data = { ...(step.event.data as Record<string, unknown>), ...changed };
    return { by: step.by, at: step.at, event: { type: step.event.type, data } };
  });
