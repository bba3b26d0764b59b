import type { Fault, Refusal, RefusalKind } from '../../kernel/problem.js';

const refusal = (kind: RefusalKind, faults: readonly Fault[]): Refusal => ({ kind, faults });

export const wrongState = (code: string, message: string, facts?: Fault['facts']): Refusal =>
  refusal('wrong_state', [{ code, message, facts }]);

export const wrongParty = (code: string, message: string, rule?: number): Refusal =>
  refusal('wrong_party', [{ code, message, rule }]);

export const notFound = (code: string, message: string): Refusal => refusal('not_found', [{ code, message }]);

/** A refusal that names every rule that was broken; none when none was. */
export const brokenRules = (faults: readonly Fault[]): Refusal | undefined =>
  faults.length === 0 ? undefined : refusal('rules', faults);

/** The same faults of something that the command names without spelling it out: there is no place to point at. */
export const unplaced = (faults: readonly Fault[]): Fault[] =>
  faults.map(({ pointer: _, ...fault }) => fault);

/** The faults that hold, of a list of conditions and what is wrong when they do. */
export const faultsWhere = (...checks: readonly (readonly [boolean, Fault])[]): Fault[] =>
  checks.filter(([broken]) => broken).map(([, fault]) => fault);
