import type { Readable } from 'node:stream';

/** A file that was received whole and is not kept yet: nobody finds it, and after a crash it is gone. */
export interface StagedFile {
  readonly sha256: string;
  readonly size: number;
  /** Where its bytes lie meanwhile, for those who look into them. */
  readonly path: string;
  /** When this resolves it is kept under its hash, durably and whole. The same bytes twice are kept once. */
  keep(): Promise<void>;
  /** Forgets it, unless it was kept. */
  discard(): Promise<void>;
}

export interface OpenFile {
  readonly size: number;
  /** Breaks off with CORRUPT before its last byte when the bytes are not those of the hash. */
  readonly bytes: Readable;
}

/** Files under the SHA-256 of their bytes. No name that anyone gave is ever part of a path. */
export interface EvidenceStore {
  /**
   * Receives a file. Rejects with FILE_TOO_LARGE as soon as more than `maxBytes` have come, with NO_SPACE when there is
   * no room, and with whatever the source rejects with; then nothing is left of it. `see` is shown every chunk.
   */
  stage(
    source: AsyncIterable<Uint8Array>,
    options: { readonly maxBytes: number; see?(chunk: Uint8Array): void },
  ): Promise<StagedFile>;
  has(sha256: string): Promise<boolean>;
  /** Undefined when it is not kept. */
  open(sha256: string): Promise<OpenFile | undefined>;
  /**
   * Removes a file that was last kept before an instant (milliseconds since 1970). True when there is none now; false
   * when it was kept anew since, also while this runs: then it stays.
   */
  remove(sha256: string, keptBefore: number): Promise<boolean>;
  /** Removes what processes that have ended left half-received; answers how many files that were. */
  tidy(): Promise<number>;
}
