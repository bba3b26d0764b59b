import type { Deadline } from '../../../libs/domain/order/state.js';
import type { Instant } from '../../../libs/kernel/instant.js';
import { factsOf, type DisputeHistory } from '../history.js';

/** A deadline of the order or of the dispute: its state, and what made it so. */
export interface CaseDeadline extends Pick<Deadline, 'deadline' | 'kind' | 'dispute' | 'state' | 'subject'> {
  /** Revision of the event that set it. */
  readonly revision: string;
  readonly startedAt: Instant;
  readonly dueAt: Instant;
  /** ISO 8601; absent where the due instant was named outright. */
  readonly period?: string;
  readonly zone: string;
  readonly calendar: string;
  /** Number of the rule that set it. */
  readonly rule: number;
  /** Open, and due by now. */
  readonly overdue: boolean;
  /** What ended it in time: the type of an event. */
  readonly met?: { readonly revision: string; readonly at: Instant; readonly by: string };
  /** `firedAt` is when the engine got to it. */
  readonly expired?: { readonly revision: string; readonly firedAt: Instant };
  readonly extensions: readonly {
    readonly revision: string;
    readonly from: Instant;
    readonly to: Instant;
    readonly reason: string;
    readonly by: string;
  }[];
}

/** Those of the dispute and those of the order as a whole, in the order in which they were set. */
export function deadlinesOf(history: DisputeHistory, now: Instant): CaseDeadline[] {
  const { order, dispute } = history;
  const ends = factsOf(history, 'DeadlineMet', 'DeadlineExpired', 'DeadlineExtended');
  return factsOf(history, 'DeadlineSet')
    .filter(({ data }) => data.dispute === null || data.dispute === dispute.dispute)
    .map(({ revision, data }) => {
      const { deadline, kind, subject, startedAt, period, zone, calendar, rule } = data;
      const known = order.deadlines.find((one) => one.deadline === deadline);
      const state = known?.state ?? 'OPEN';
      const dueAt = known?.dueAt ?? data.dueAt;
      const its = ends.filter((fact) => fact.data.deadline === deadline);
      const met = its.find((fact) => fact.type === 'DeadlineMet');
      const expired = its.find((fact) => fact.type === 'DeadlineExpired');
      return {
        revision,
        deadline,
        kind,
        dispute: data.dispute,
        subject,
        state,
        startedAt,
        dueAt,
        period,
        zone,
        calendar,
        rule,
        overdue: state === 'OPEN' && dueAt <= now,
        met: met && { revision: met.revision, at: met.data.metAt, by: met.data.by },
        expired: expired && { revision: expired.revision, firedAt: expired.data.firedAt },
        extensions: its
          .filter((fact) => fact.type === 'DeadlineExtended')
          .map((fact) => ({
            revision: fact.revision,
            from: fact.data.from,
            to: fact.data.to,
            reason: fact.data.reason,
            by: fact.data.by,
          })),
      };
    });
}
