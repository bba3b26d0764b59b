/** An ISO 8601 duration in its two natures: calendar parts, and exact time. Every part is non-negative. */
export interface Period {
  readonly months: number;
  readonly weeks: number;
  readonly days: number;
  readonly milliseconds: number;
}

const FORM =
  /^P(?=[\dT])(?:(\d{1,4})Y)?(?:(\d{1,5})M)?(?:(\d{1,5})W)?(?:(\d{1,6})D)?(?:T(?=\d)(?:(\d{1,7})H)?(?:(\d{1,8})M)?(?:(\d{1,9})(?:\.(\d{1,3}))?S)?)?$/;

const parsed = new Map<string, Period | undefined>();
const REMEMBERED = 1_000;

/** The parts of a duration such as `P5D`, `P1M`, `PT36H`; undefined for what is none. Years are twelve months. */
export function parsePeriod(text: string): Period | undefined {
  if (parsed.has(text)) return parsed.get(text);
  const parts = FORM.exec(text);
  const period = parts === null ? undefined : fromParts(parts);
  if (parsed.size >= REMEMBERED) parsed.clear();
  parsed.set(text, period);
  return period;
}

/** True for a duration that this engine can add: whole, non-negative numbers; seconds to the millisecond. */
export function isPeriod(value: unknown): value is string {
  return typeof value === 'string' && parsePeriod(value) !== undefined;
}

/** True when adding it moves nothing: `P0D`, `PT0S`. */
export function isEmptyPeriod({ months, weeks, days, milliseconds }: Period): boolean {
  return months === 0 && weeks === 0 && days === 0 && milliseconds === 0;
}

function fromParts(parts: RegExpExecArray): Period {
  const part = (index: number) => Number(parts[index] ?? 0);
  const fraction = Number((parts[8] ?? '').padEnd(3, '0'));
  return {
    months: part(1) * 12 + part(2),
    weeks: part(3),
    days: part(4),
    milliseconds: part(5) * 3_600_000 + part(6) * 60_000 + part(7) * 1_000 + fraction,
  };
}
