import type { Instant } from '../../../kernel/instant.js';

export type DeadlineCommand =
  /** Sent by schedulers: records what is due and open, and nothing else. */
  | { readonly type: 'ExpireDeadlines'; readonly data: Record<string, never> }
  | {
      readonly type: 'ExtendDeadline';
      readonly data: { readonly deadline: string; readonly to: Instant; readonly reason: string };
    };
