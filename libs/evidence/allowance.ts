/** What one owner may hand in, by the policy that the order is under, and what it has handed in. */
export interface Allowance {
  readonly maxFileBytes: number;
  /** Of all its files to the order together. */
  readonly maxPartyBytes: number;
  readonly mediaTypes: readonly string[];
  /** Its files that the order's history names. */
  readonly onRecord: readonly { readonly sha256: string; readonly size: number }[];
}

/** So many files may wait to be named in evidence: small ones fill a disk as well. */
export const MOST_WAITING = 100;

interface Sized {
  readonly sha256: string;
  readonly size: number;
}

/** Bytes that count against the owner: what is on record, and what waits to be. */
export function usedBytes({ onRecord }: Allowance, waiting: readonly Sized[]): number {
  const named = new Set(onRecord.map(({ sha256 }) => sha256));
  return sum(onRecord) + sum(waiting.filter(({ sha256 }) => !named.has(sha256)));
}

/**
 * Most bytes that are received of the next file: what is left, or as many as the largest file that is here already has,
 * because handing that in again costs nothing.
 */
export function mostBytes(allowance: Allowance, waiting: readonly Sized[]): number {
  const left = allowance.maxPartyBytes - usedBytes(allowance, waiting);
  const largest = Math.max(0, ...[...allowance.onRecord, ...waiting].map(({ size }) => size));
  return Math.min(allowance.maxFileBytes, Math.max(left, largest));
}

const sum = (files: readonly Sized[]): number => files.reduce((total, { size }) => total + size, 0);
