/** The longest wait that Node's timers know: anything longer fires at once. */
export const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

/** A wait that `setTimeout` takes at its word: what is longer is cut, so whoever wakes from it looks again. */
export const timeoutOf = (ms: number): number => Math.min(Math.max(Math.ceil(ms), 0), LONGEST_TIMEOUT_MS);
