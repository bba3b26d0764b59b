import type { Position } from '../port.js';
import type { BrokenChain } from './chains.js';

export type CopyErrorCode =
  /** A hash chain of the source does not hold: see `at`. What stands before it was copied. */
  | 'BROKEN_CHAIN'
  /** The target holds something else than the source: see `at`. Nothing of it was changed. */
  | 'TARGET_DIFFERS'
  /** The target does not take an event, by its size or by who asks: its own error is the cause. Nothing after it was copied. */
  | 'TARGET_REFUSES'
  /** The target could not be reached for too long. What it took is safe; the same copy goes on from there. */
  | 'TARGET_UNAVAILABLE';

/** Compare by `code`, never by message or class. */
export class CopyError extends Error {
  constructor(
    readonly code: CopyErrorCode,
    message: string,
    readonly at?: { readonly stream: string; readonly revision: bigint; readonly position: Position },
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.name = 'CopyError';
  }
}

export const brokenChain = (broken: BrokenChain): CopyError =>
  new CopyError('BROKEN_CHAIN', `the chain of ${placeOf(broken)} is broken: ${sentenceOf(broken)}`, broken);

export const placeOf = ({
  stream,
  revision,
  position,
}: Pick<BrokenChain, 'stream' | 'revision' | 'position'>): string =>
  `${stream} at revision ${revision} (position ${position})`;

function sentenceOf({ reason, expected, found }: BrokenChain): string {
  switch (reason) {
    case 'REVISION_GAP':
      return `revision ${expected} is missing`;
    case 'PREV_HASH_MISMATCH':
      return `it says that it follows ${found}, and follows ${expected}`;
    case 'HASH_MISMATCH':
      return found === ''
        ? 'it is no event with a hash'
        : `its hash is ${found}, and its content's is ${expected}`;
  }
}
