import type { Instant } from '../kernel/instant.js';

/** Who handed a file in, to which order. `by` and `author` are those of the evidence that it is for. */
export interface Owner {
  readonly orderId: string;
  readonly by: string;
  readonly author: string;
}

/** One text an owner: ids have no ends of lines. */
export const ownerKey = ({ orderId, by, author }: Owner): string => `${orderId}\n${by}\n${author}`;

/** What a scanner has said of the bytes. */
export type Scan =
  | { readonly state: 'clean'; readonly at: Instant }
  /** There is no scanner. */
  | { readonly state: 'unscanned' }
  /** There is one, and it could not say: shown to nobody until it has. */
  | { readonly state: 'quarantined'; readonly at: Instant; readonly reason: string }
  /** The bytes were removed. */
  | { readonly state: 'infected'; readonly at: Instant; readonly signature: string };

/** A file that somebody has handed in to an order. Others who hand in the same bytes have an upload of their own. */
export interface Upload extends Owner {
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
  /** What the bytes are, not what was said of them. */
  readonly mediaType: string;
  /** That goes with the media type, without its dot. */
  readonly extension: string;
  /** By the machine's clock: files are kept in its time, whatever the order's. */
  readonly uploadedAt: Instant;
  readonly scan: Scan;
}

/** Who has handed in what. An upload waits until the order's history names it. */
export interface Uploads {
  find(owner: Owner, sha256: string): Promise<Upload | undefined>;
  /** Those of an owner that wait. */
  waiting(owner: Owner): Promise<readonly Upload[]>;
  /** Everyone's that wait. */
  allWaiting(): AsyncIterable<Upload>;
  /** Durable when it resolves. Replaces what was known of the same owner and bytes; whether it waits stays. */
  put(upload: Upload): Promise<void>;
  /** It waits no longer: the order's history names it. */
  settle(upload: Upload): Promise<void>;
  /** True when an order's history names these bytes as somebody's. */
  isSettled(sha256: string): Promise<boolean>;
  /** Forgets an upload that waits; false when it is not there any more, or was handed in anew since: then it stays. */
  remove(upload: Upload): Promise<boolean>;
}
