/** Injection tokens of what the engine is composed of. */
export const COMPOSITION = Symbol('COMPOSITION');
export const BACKGROUND = Symbol('BACKGROUND');
export const CLOCK = Symbol('CLOCK');
