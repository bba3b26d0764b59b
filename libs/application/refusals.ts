import type { Refusal } from '../kernel/problem.js';

/** Why the runner itself, and no decider, refuses. */

export const KEY_REUSED: Refusal = {
  kind: 'rules',
  faults: [
    {
      code: 'IDEMPOTENCY.KEY_REUSED',
      message: 'This Idempotency-Key was used for a command with another body.',
    },
  ],
};

export const STILL_RUNNING: Refusal = {
  kind: 'wrong_state',
  faults: [
    {
      code: 'IDEMPOTENCY.STILL_RUNNING',
      message: 'A command with this Idempotency-Key is still running.',
    },
  ],
};

export const CONTENDED: Refusal = {
  kind: 'wrong_state',
  faults: [
    {
      code: 'COMMAND.CONTENDED',
      message: 'Others keep writing to the same stream; nothing was changed. Send the command again.',
    },
  ],
};

export const revisionMoved = (actual: bigint): Refusal => ({
  kind: 'precondition',
  faults: [
    {
      code: 'PRECONDITION.REVISION',
      message:
        actual < 0n
          ? 'There is nothing at this address yet.'
          : `The revision is ${actual}, not the one named by If-Match.`,
      facts: { revision: String(actual) },
    },
  ],
});

export const notFound = (what: string): Refusal => ({
  kind: 'not_found',
  faults: [{ code: `${what.toUpperCase()}.NOT_FOUND`, message: `There is no such ${what}.` }],
});

export const forbidden = (role: string): Refusal => ({
  kind: 'wrong_party',
  faults: [{ code: 'COMMAND.NOT_YOURS', message: `A ${role.replaceAll('_', ' ')} does not do this.` }],
});
