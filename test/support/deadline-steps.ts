import type { DeadlineKind } from '../../libs/domain/vocabulary.js';
import type { Instant } from '../../libs/kernel/instant.js';
import { CLOCK, type Step } from './example-history.js';

const step = (type: string, at: Instant, data: Record<string, unknown>): Step => ({
  by: CLOCK,
  at,
  event: { type, data },
});
const named = (deadline: string) => ({
  deadline,
  kind: deadline.split(/[.~]/)[0] as DeadlineKind,
  dispute: null,
});
const EARLIER = '2026-01-01T00:00:00.000Z';

/** Deadlines of an order, set, met, moved and expired, and nothing else. */
export const deadlineSet = (deadline: string, dueAt: Instant): Step =>
  step('DeadlineSet', EARLIER, {
    ...named(deadline),
    dueAt,
    startedAt: EARLIER,
    zone: 'UTC',
    calendar: 'CALENDAR',
    rule: 22,
  });

export const deadlineMet = (deadline: string, dueAt: Instant): Step =>
  step('DeadlineMet', EARLIER, { ...named(deadline), dueAt, metAt: EARLIER, by: 'OrderCompleted' });

export const deadlineExtended = (deadline: string, from: Instant, to: Instant): Step =>
  step('DeadlineExtended', EARLIER, { ...named(deadline), from, to, reason: 'asked for', by: 'G1' });

export const deadlineExpired = (deadline: string, dueAt: Instant, firedAt: Instant = dueAt): Step =>
  step('DeadlineExpired', dueAt, { ...named(deadline), dueAt, firedAt });
