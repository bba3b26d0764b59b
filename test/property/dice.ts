/** Choices that a property test draws beforehand, so that a failure can be told again and made smaller. */
export interface Dice {
  /** 0 to `sides` − 1. */
  roll(sides: number): number;
  /** One of them; throws when there is none. */
  pick<Item>(items: readonly Item[]): Item;
  chance(percent: number): boolean;
}

/** Goes round when the numbers run out; without any, every roll is 0. */
export function diceOf(numbers: readonly number[]): Dice {
  let next = 0;
  const roll = (sides: number): number => {
    const rounds = Math.floor(next / numbers.length);
    const number = numbers[next % numbers.length];
    next += 1;
    return number === undefined ? 0 : (number + rounds) % sides;
  };
  return {
    roll,
    pick<Item>(items: readonly Item[]): Item {
      if (items.length === 0) throw new RangeError('nothing to pick from');
      return items[roll(items.length)] as Item;
    },
    chance: (percent) => roll(100) < percent,
  };
}
