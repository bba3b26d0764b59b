import type { Instant } from '../../../kernel/instant.js';
import type { DisputeStatus } from '../../vocabulary.js';
import { awardOfCourse, capsOf } from './amounts.js';
import { deadlinesOfCourse } from './deadlines.js';
import { eligibilityOf } from './eligibility.js';
import { courseOf, type Happened } from './history.js';
import type { Step } from './step.js';

/** Why a dispute stands as it does: every rule that was applied to it, as data and as sentences. */
export interface Explanation {
  readonly orderId: string;
  readonly dispute: number;
  /** Decimal text: up to which event of the order it is told. */
  readonly revision: string;
  /** When that event took effect. */
  readonly asOf: Instant;
  readonly status: DisputeStatus;
  /** The policy that the order was confirmed under: no other is ever applied to it (rule 4). */
  readonly policy: { readonly policyId: string; readonly version: number };
  readonly eligibility: readonly Step[];
  readonly cap: readonly Step[];
  readonly award: readonly Step[];
  readonly deadlines: readonly Step[];
  /** All of it to be read, in the order of the rule book's parts. */
  readonly sentences: readonly string[];
}

/**
 * Explains a dispute from an order's events, first to last; fewer events explain it as it stood then. Undefined when
 * they hold no such dispute. Pure, and judged by the deciders' own rules under the frozen policy: it cannot differ from
 * what was decided.
 */
export function explain(happened: readonly Happened[], dispute: number): Explanation | undefined {
  const course = courseOf(happened, dispute);
  const last = happened.at(-1);
  const confirmed = course?.order.contract.confirmed;
  if (course === undefined || last === undefined || confirmed === undefined) return undefined;
  const parts = {
    eligibility: eligibilityOf(course),
    cap: capsOf(course),
    award: awardOfCourse(course),
    deadlines: deadlinesOfCourse(course),
  };
  return {
    orderId: course.order.orderId,
    dispute,
    revision: last.revision,
    asOf: last.at,
    status: course.dispute.status,
    policy: { policyId: course.order.policyId, version: confirmed.policyVersion },
    ...parts,
    sentences: [...parts.eligibility, ...parts.cap, ...parts.award, ...parts.deadlines].map(inASentence),
  };
}

/** `The claim window was open until …. (Rule 22; revisions 9 and 14)` */
function inASentence({ sentence, rule, facts }: Step): string {
  const revisions = facts.map(({ revision }) => revision);
  const where =
    revisions.length === 0
      ? ''
      : `; ${revisions.length === 1 ? 'revision' : 'revisions'} ${revisions.join(', ')}`;
  return `${sentence} (Rule ${rule}${where})`;
}
