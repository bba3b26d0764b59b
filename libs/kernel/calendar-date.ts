const FORM = /^(\d{4})-(\d{2})-(\d{2})$/;

/** True for one exact day that exists, `2026-03-31`: no month, no range, no 31 February. */
export function isCalendarDate(value: unknown): value is string {
  const parts = typeof value === 'string' ? FORM.exec(value) : null;
  if (parts === null) return false;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  return year > 0 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
