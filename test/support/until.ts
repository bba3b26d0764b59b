import { setTimeout as sleep } from 'node:timers/promises';

/** Resolves as soon as the condition holds; the test's own timeout says when it never will. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await sleep(5);
}
