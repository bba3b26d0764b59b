import { START, type Position } from '../port.js';

/** Digits of the largest safe integer: zero-padded to them, positions sort as text. */
const WIDTH = 16;
const FORM = /^\d{16}$/;

export const positionText = (place: number): Position => String(place).padStart(WIDTH, '0');

/** Throws a TypeError for what is no position of this store. */
export function placeOf(position: Position): number {
  if (position === START) return 0;
  if (!FORM.test(position)) throw new TypeError(`not a position of this store: ${JSON.stringify(position)}`);
  return Number(position);
}
