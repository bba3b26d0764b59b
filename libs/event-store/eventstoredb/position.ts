import { START, type Position } from '../port.js';

/** A place in EventStoreDB's log: two unsigned 64-bit numbers. */
export interface LogPosition {
  readonly commit: string;
  readonly prepare: string;
}

/** Digits of the largest unsigned 64-bit number: positions of one width sort as text. */
const WIDTH = 20;

/** Commit and prepare position, both zero-padded: `00000000000000001027/00000000000000001027`. */
export const positionOf = ({ commit, prepare }: LogPosition): Position =>
  `${commit.padStart(WIDTH, '0')}/${prepare.padStart(WIDTH, '0')}`;

/** Undefined for START. Throws a RangeError for text that is no position of this store. */
export function logPositionOf(position: Position): LogPosition | undefined {
  if (position === START) return undefined;
  const [, commit, prepare] = /^(\d{20})\/(\d{20})$/u.exec(position) ?? [];
  if (commit === undefined || prepare === undefined) {
    throw new RangeError(`'${position}' is no position in EventStoreDB`);
  }
  return { commit: BigInt(commit).toString(), prepare: BigInt(prepare).toString() };
}
