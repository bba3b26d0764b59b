import type { TimelineEntry } from '../../order-timeline/timeline.js';
import { RULE_BOOK } from '../../../libs/domain/rule-book.js';

/** A rule that this case was led by, and where. */
export interface AppliedRule {
  readonly rule: number;
  readonly sentence: string;
  /** Revisions of the events that follow from it. */
  readonly revisions: readonly string[];
}

/** By number. */
export function rulesOf(timeline: readonly TimelineEntry[]): AppliedRule[] {
  const applied = new Map<number, string[]>();
  for (const { rules, revision } of timeline) {
    for (const rule of rules) applied.set(rule, [...(applied.get(rule) ?? []), revision]);
  }
  return [...applied]
    .toSorted(([one], [other]) => one - other)
    .map(([rule, revisions]) => ({ rule, sentence: RULE_BOOK[rule] ?? '', revisions }));
}
