import { Listr } from 'listr2';

/** How a long command is getting on. */
export interface Progress {
  /** What it does now. */
  readonly doing: string;
  readonly count: number;
  /** What is counted: `events`. */
  readonly unit: string;
  /** How much of it is done, from 0 to 1. */
  readonly share: number;
}

const LINE_EVERY_MS = 2_000;
const REDRAW_EVERY_MS = 100;

/**
 * Does a piece of work and shows how it is getting on: on a terminal one line that changes, elsewhere a line now and then
 * on standard error, so that standard output is the answer's. With `plain` there are lines on a terminal, too.
 */
export async function withProgress<T>(
  title: string,
  plain: boolean,
  work: (tell: (progress: Progress) => void) => Promise<T>,
): Promise<T> {
  if (plain || !process.stdout.isTTY) {
    return work(paced(LINE_EVERY_MS, (line) => process.stderr.write(`${title}: ${line}\n`)));
  }
  const results: T[] = [];
  const task = async (_: unknown, shown: { output: string }) => {
    results.push(await work(paced(REDRAW_EVERY_MS, (line) => (shown.output = line))));
  };
  // Who works decides what an interruption does; the list would end the process in the middle of it.
  const options = { registerSignalListeners: false, rendererOptions: { showErrorMessage: false } };
  await new Listr([{ title, task }], options).run();
  return results[0] as T;
}

/** Tells the first of each thing that is done, and then not more often than so. */
function paced(everyMs: number, say: (line: string) => void): (progress: Progress) => void {
  let doing = '';
  let begun = { at: 0, count: 0, share: 0 };
  let said = 0;
  return (progress) => {
    const now = performance.now();
    if (progress.doing !== doing) {
      doing = progress.doing;
      begun = { at: now, count: progress.count, share: progress.share };
      said = 0;
    }
    if (said !== 0 && now - said < everyMs) return;
    said = now;
    say(lineOf(progress, begun, (now - begun.at) / 1_000));
  };
}

function lineOf(
  { doing, count, unit, share }: Progress,
  begun: { readonly count: number; readonly share: number },
  seconds: number,
): string {
  const parts = [doing, `${count.toLocaleString('en-US')} ${unit}`, `${Math.floor(share * 100)} %`];
  if (seconds < 1) return parts.join(', ');
  const perSecond = (count - begun.count) / seconds;
  const done = share - begun.share;
  const left = done > 0 ? (seconds * (1 - share)) / done : Number.POSITIVE_INFINITY;
  parts.push(`${Math.round(perSecond).toLocaleString('en-US')} a second`);
  if (Number.isFinite(left)) parts.push(`${duration(left)} left`);
  return parts.join(', ');
}

/** `4 s`, `3 min 05 s`, `2 h 07 min`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  const two = (n: number) => String(n).padStart(2, '0');
  if (whole < 60) return `${whole} s`;
  if (whole < 3_600) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`;
  return `${Math.floor(whole / 3_600)} h ${two(Math.floor((whole % 3_600) / 60))} min`;
}
