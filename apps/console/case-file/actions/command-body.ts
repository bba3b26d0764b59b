import { minorUnitOf } from '../../../../libs/kernel/currency.js';
import type { Field } from './command-forms.js';

/** What a person has filled in so far: text, or several codes. */
export type Values = Readonly<Record<string, string | readonly string[]>>;

export const asked = (fields: readonly Field[], values: Values): readonly Field[] =>
  fields.filter(({ when }) => when === undefined || values[when[0]] === when[1]);

/** The command's body: what was left empty is left out, amounts become minor units, times UTC. */
export function bodyOf(fields: readonly Field[], values: Values, currency: string): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const field of asked(fields, values)) {
    if (field.kind === 'file') continue;
    const value = valueOf(field, values[field.name] ?? '', currency);
    if (value !== undefined) put(body, field.name.split('.'), value);
  }
  return body;
}

function put(target: Record<string, unknown>, [name = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) target[name] = value;
  else put((target[name] ??= {}) as Record<string, unknown>, rest, value);
}

function valueOf(field: Field, given: string | readonly string[], currency: string): unknown {
  if (typeof given !== 'string') return field.kind === 'choices' ? [...given] : undefined;
  if (field.kind === 'choices') return given === '' ? [] : [given];
  if (given.trim() === '') return undefined;
  switch (field.kind) {
    case 'money':
      return { amount: minorUnits(given, currency), currency };
    case 'number':
      return Number(given);
    case 'moment':
      return new Date(given).toISOString();
    case 'choice':
      return field.integer === true ? Number(given) : given;
    default:
      return given;
  }
}

/** `1234.5` dollars are 123450; by text, since 1234.565 × 100 is no whole number. NaN for what is no amount. */
export function minorUnits(decimal: string, currency: string): number {
  const places = minorUnitOf(currency) ?? 0;
  const match = /^(\d+)(?:\.(\d*))?$/.exec(decimal.trim());
  if (match === null || (match[2] ?? '').length > places) return Number.NaN;
  return Number(`${match[1]}${(match[2] ?? '').padEnd(places, '0')}`);
}
