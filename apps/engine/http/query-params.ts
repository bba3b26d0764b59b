import { isInstant } from '../../../libs/kernel/instant.js';
import type { ApiRequest } from './api-request.js';
import type { Fault } from '../../../libs/kernel/problem.js';
import { ProblemError } from './problem.js';

/** Reads one parameter of the query: its value, or what it must be. */
export interface Param<T> {
  readonly must: string;
  read(text: string): T | undefined;
}

const param = <T>(must: string, read: (text: string) => T | undefined): Param<T> => ({ must, read });

export const whole = (minimum: number, maximum: number): Param<number> =>
  param(`a whole number from ${minimum} to ${maximum}`, (text) => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : NaN;
    return value >= minimum && value <= maximum ? value : undefined;
  });

export const revision: Param<bigint> = param('a revision in decimal digits', (text) =>
  /^(0|[1-9]\d{0,18})$/.test(text) && BigInt(text) < 2n ** 63n ? BigInt(text) : undefined,
);

export const instant: Param<string> = param('an instant in UTC, as in 2026-03-31T00:00:00.000Z', (text) =>
  isInstant(text) ? text : undefined,
);

export const text = (maxLength: number): Param<string> =>
  param(`text of 1 to ${maxLength} characters`, (given) =>
    given.length > 0 && given.length <= maxLength && given.isWellFormed() && !given.includes('\0')
      ? given
      : undefined,
  );

export const choice = <const V extends string>(values: readonly V[]): Param<V> =>
  param(`one of ${values.join(', ')}`, (given) => values.find((value) => value === given));

/** A list with commas. */
export const choices = <const V extends string>(values: readonly V[]): Param<readonly V[]> =>
  param(`some of ${values.join(', ')}, with commas between`, (given) => {
    const list = given.split(',');
    return list.every((one) => values.includes(one as V)) ? (list as V[]) : undefined;
  });

type Params = Readonly<Record<string, Param<unknown>>>;
type Values<P extends Params> = { readonly [K in keyof P]?: P[K] extends Param<infer T> ? T : never };

/** The query, read strictly: an unknown or repeated parameter, or one of a wrong form, is answered with 400. */
export function readQuery<const P extends Params>({ query }: ApiRequest, params: P): Values<P> {
  const values: Record<string, unknown> = {};
  const faults: Fault[] = [];
  const wrong = (name: string, message: string) =>
    faults.push({ code: 'QUERY.INVALID', message: `${name} ${message}`, pointer: `/query/${name}` });
  for (const [name, given] of Object.entries(query)) {
    const known = Object.hasOwn(params, name) ? params[name] : undefined;
    if (known === undefined) wrong(name, 'is not a parameter of this address.');
    else if (Array.isArray(given)) wrong(name, 'is given more than once.');
    else if ((values[name] = known.read(given)) === undefined) wrong(name, `must be ${known.must}.`);
  }
  if (faults.length > 0) throw new ProblemError(400, faults);
  return values as Values<P>;
}
