import type { HeldLock } from '../lock/lock.js';
import type { ReadModelDatabase, Statement } from '../read-models/database.js';
import { asError } from './feed.js';

/** Writes one transaction after the other, in order, each while the next one is being folded. */
export interface Writer {
  /**
   * Resolves when the transaction before is committed and this one is on its way; `done` is called when it is committed.
   * Rejects when the one before failed: then nothing more is written.
   */
  write(statements: readonly Statement[], done?: () => void): Promise<void>;
  /** Resolves when all is committed. */
  settled(): Promise<void>;
  readonly fault: Error | undefined;
}

/** Every transaction begins with the lock's fence. `failed` is called when one failed. */
export function writerOf(database: ReadModelDatabase, held: HeldLock, failed: () => void): Writer {
  let last: Promise<void> = Promise.resolve();
  let fault: Error | undefined;
  return {
    get fault() {
      return fault;
    },
    async write(statements, done) {
      await last;
      last = database.write([held.fence(), ...statements]).then(() => done?.());
      last.catch((error: unknown) => {
        fault = asError(error);
        failed();
      });
    },
    settled: () => last,
  };
}
