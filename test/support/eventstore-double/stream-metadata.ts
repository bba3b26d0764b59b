/** What a metadata stream (`$$name`) says about its stream; the names are EventStoreDB's. */
export interface StreamMetadata {
  readonly $maxCount?: number;
  /** Seconds. */
  readonly $maxAge?: number;
  /** Events before this revision cannot be read. */
  readonly $tb?: number;
  readonly $acl?: Acl;
}

export interface Acl {
  readonly $r?: Roles;
  readonly $w?: Roles;
  readonly $d?: Roles;
  readonly $mr?: Roles;
  readonly $mw?: Roles;
}

type Roles = string | readonly string[];

/** The revision of a tombstone, and the `$tb` of a deleted stream: the largest signed 64-bit integer. */
export const DELETED = 9_223_372_036_854_775_807n;

/** As soft deletion writes it. A JS number would round it. */
export const SOFT_DELETED_METADATA = `{"$tb":${DELETED}}`;

const SYSTEM = '$';
const META = '$$';

export const isSystemStream = (stream: string): boolean => stream.startsWith(SYSTEM);
export const isMetaStream = (stream: string): boolean => stream.startsWith(META);
export const metaStreamOf = (stream: string): string => `${META}${stream}`;
export const originalOf = (metaStream: string): string => metaStream.slice(META.length);

/** Empty for text that is no JSON object: EventStoreDB ignores metadata that it cannot read. */
export function parseStreamMetadata(text: string): StreamMetadata {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? parsed : {};
  } catch {
    return {};
  }
}

export const isSoftDeleted = ({ $tb }: StreamMetadata): boolean =>
  $tb !== undefined && $tb >= Number(DELETED);

/** The metadata of a deleted stream that is written again: all as it was, but `$tb` at the first new revision. */
export function undeleted(text: string, firstNew: bigint): string {
  return JSON.stringify({ ...parseStreamMetadata(text), $tb: Number(firstNew) });
}

/** The first revision that can be read by `$tb` and `$maxCount`, where `last` is the stream's last one. */
export function firstVisible({ $tb, $maxCount }: StreamMetadata, last: bigint): bigint {
  const truncated = $tb === undefined ? 0n : BigInt(Math.trunc($tb));
  const counted = $maxCount === undefined ? 0n : last - BigInt(Math.trunc($maxCount)) + 1n;
  return truncated > counted ? truncated : counted > 0n ? counted : 0n;
}

/** Whether `$maxAge` hides an event. */
export function isExpired({ $maxAge }: StreamMetadata, createdMs: number, nowMs: number): boolean {
  return $maxAge !== undefined && createdMs < nowMs - $maxAge * 1_000;
}
