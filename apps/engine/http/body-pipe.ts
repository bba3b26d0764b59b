import type { PipeTransform } from '@nestjs/common';
import type { Fault } from '../../../libs/kernel/problem.js';
import { ProblemError } from './problem.js';
import { compileCheck, type Failure } from './validation/compiled-check.js';
import { nestedClassOf, type BodyClass } from './validation/nested-classes.js';

/**
 * Lets a body pass that its class describes, as it is, and answers 400 with a fault for every other. The class's
 * class-validator metadata is compiled once: validate() itself costs more than all the rest of a request.
 */
export class BodyPipe implements PipeTransform {
  private readonly check: (value: unknown) => readonly Failure[];

  constructor(type: BodyClass) {
    this.check = compileCheck(type, (owner, property) => nestedClassOf(owner as BodyClass, property));
  }

  transform(body: unknown): unknown {
    const failures = this.check(body);
    if (failures.length > 0) throw new ProblemError(400, faultsOf(failures));
    return body;
  }
}

const MOST_FAULTS = 50;

/** One fault a place: what a value broke first says enough, and a missing one broke everything. */
function faultsOf(failures: readonly Failure[]): Fault[] {
  const byPlace = new Map<string, Fault>();
  for (const { pointer, constraint, message, missing } of failures) {
    if (byPlace.has(pointer)) continue;
    byPlace.set(
      pointer,
      missing
        ? { code: 'BODY.REQUIRED', message: `${pointer} is required.`, pointer }
        : { code: codeOf(constraint), message, pointer },
    );
    if (byPlace.size === MOST_FAULTS) break;
  }
  return [...byPlace.values()];
}

/** `isInt` → `BODY.IS_INT`, `maxLength` → `BODY.MAX_LENGTH`. */
function codeOf(constraint: string): string {
  if (constraint === 'whitelistValidation') return 'BODY.UNKNOWN_PROPERTY';
  if (constraint === 'nestedValidation') return 'BODY.IS_OBJECT';
  return `BODY.${constraint.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase()}`;
}
