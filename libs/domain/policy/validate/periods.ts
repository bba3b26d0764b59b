import { epochMsOf, instantOf } from '../../../kernel/instant.js';
import type { Fault } from '../../../kernel/problem.js';
import { dueAfter } from '../../calendar/due.js';
import { isEmptyPeriod, parsePeriod } from '../../calendar/period.js';
import { isHolidayCalendar } from '../../calendar/working-days.js';
import { isZone } from '../../calendar/zone.js';
import type { PolicyParameters } from '../parameters.js';

/** Every period of a policy, with the rule that it serves. Only the grace may be nothing. */
function periodsOf(parameters: PolicyParameters) {
  const { settlement, claimWindow } = parameters;
  return [
    { at: 'paymentDue', rule: 9, period: parameters.paymentDue },
    { at: 'latenessGrace', rule: 15, period: parameters.latenessGrace, mayBeEmpty: true },
    { at: 'supplierResponse', rule: 23, period: parameters.supplierResponse },
    { at: 'autoEscalation', rule: 23, period: parameters.autoEscalation },
    { at: 'settlement/period', rule: 24, period: settlement.period },
    { at: 'offerExpiry', rule: 25, period: parameters.offerExpiry },
    { at: 'claimWindow/period', rule: 22, period: claimWindow.period },
    { at: 'autoReceipt', rule: 10, period: parameters.autoReceipt },
    { at: 'evidence', rule: 26, period: parameters.evidence },
    { at: 'determinationDue', rule: 27, period: parameters.determinationDue },
    { at: 'appeal', rule: 28, period: parameters.appeal },
    { at: 'recoveryDue', rule: 30, period: parameters.recoveryDue },
  ].flatMap(({ period, mayBeEmpty = false, ...where }) =>
    period === null ? [] : [{ ...where, period, mayBeEmpty }],
  );
}

/** Longer deadlines are mistakes of writing, and would outlive the order. */
const LONGEST_DAYS = 3_660;

/** "Deadlines": periods that can be counted, in a zone and a calendar that exist, and in an order that makes sense. */
export function periodFaults(parameters: PolicyParameters): Fault[] {
  const faults = [
    ...placeFaults(parameters),
    ...periodsOf(parameters).flatMap((one) => onePeriodFaults(one, parameters.days)),
  ];
  // What cannot be counted cannot be compared.
  return faults.length > 0 ? faults : orderFaults(parameters);
}

function placeFaults({ zone, days }: PolicyParameters): Fault[] {
  const zoneKnown: boolean = isZone(zone);
  const holidays = days.kind === 'WORKING' ? days.holidays : undefined;
  const holidaysKnown: boolean = holidays === undefined || isHolidayCalendar(holidays);
  const unknown = (code: string, at: string, message: string): Fault => ({
    code: `POLICY.${code}`,
    message,
    pointer: `/parameters/${at}`,
  });
  return [
    ...(zoneKnown ? [] : [unknown('ZONE_UNKNOWN', 'zone', `“${zone}” is no zone of the IANA database.`)]),
    ...(holidaysKnown
      ? []
      : [unknown('HOLIDAYS_UNKNOWN', 'days/holidays', `There is no holiday calendar ${holidays}.`)]),
  ];
}

function onePeriodFaults(
  { at, rule, period, mayBeEmpty }: ReturnType<typeof periodsOf>[number],
  days: PolicyParameters['days'],
): Fault[] {
  const fault = (code: string, message: string): Fault => ({
    code: `POLICY.${code}`,
    message,
    rule,
    pointer: `/parameters/${at}`,
    facts: { period },
  });
  const parts = parsePeriod(period);
  if (parts === undefined) {
    return [fault('PERIOD_MALFORMED', `“${period}” is no ISO 8601 duration of whole, non-negative parts.`)];
  }
  const inDays = parts.months * 30 + parts.weeks * 7 + parts.days + parts.milliseconds / 86_400_000;
  return [
    ...(isEmptyPeriod(parts) && !mayBeEmpty
      ? [fault('PERIOD_EMPTY', `${period} leaves no time at all.`)]
      : []),
    ...(inDays > LONGEST_DAYS ? [fault('PERIOD_TOO_LONG', `${period} is longer than ten years.`)] : []),
    ...(days.kind === 'WORKING' && parts.months + parts.weeks > 0
      ? [fault('PERIOD_NOT_IN_DAYS', `${period} cannot be counted in working days.`)]
      : []),
  ];
}

/** Nothing escalates by itself while the supplier may still respond (rule 23). */
function orderFaults(parameters: PolicyParameters): Fault[] {
  const { autoEscalation, settlement, supplierResponse } = parameters;
  const automatic = [
    ...(autoEscalation === null ? [] : [{ at: 'autoEscalation', period: autoEscalation }]),
    ...(settlement.then === 'ESCALATE' ? [{ at: 'settlement/period', period: settlement.period }] : []),
  ];
  return automatic
    .filter(({ period }) => mayEndBefore(period, supplierResponse, parameters))
    .map(({ at, period }) => ({
      code: 'POLICY.ESCALATION_BEFORE_RESPONSE',
      message: `An automatic escalation after ${period} can come before the response time of ${supplierResponse} ends.`,
      rule: 23,
      pointer: `/parameters/${at}`,
      facts: { escalation: period, supplierResponse },
    }));
}

/** From some day of a year that holds a 29 February: a month is not always longer than 30 days. */
function mayEndBefore(one: string, other: string, { zone, days }: PolicyParameters): boolean {
  const first = epochMsOf('2027-06-01T12:00:00.000Z');
  return Array.from({ length: 366 }, (_, day) => instantOf(first + day * 86_400_000)).some(
    (start) => dueAfter(start, one, zone, days) < dueAfter(start, other, zone, days),
  );
}
