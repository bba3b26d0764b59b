/** Injection tokens of what an engine is composed of. */
export const COMPOSITION = Symbol('COMPOSITION');
export const CLOCK = Symbol('CLOCK');
