/** Draws what happens next: mostly what makes sense, often enough what does not. */
export interface Chance {
  /** A whole number from 0 to `sides` − 1. */
  (sides: number): number;
}

/** A small generator of its own, so that a number tells a whole story again. */
export function chanceOf(seed: number): Chance {
  let state = seed | 0;
  return (sides) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides;
  };
}

export const pick = <Item>(chance: Chance, items: readonly Item[]): Item =>
  items[chance(items.length)] as Item;
