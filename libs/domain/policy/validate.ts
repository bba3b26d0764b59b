import type { Fault } from '../../kernel/problem.js';
import { currencyFaults } from './validate/currencies.js';
import { evidenceFaults } from './validate/evidence.js';
import { methodFaults } from './validate/methods.js';
import { periodFaults } from './validate/periods.js';
import { ruleFaults } from './validate/rules.js';
import type { PolicyParameters } from './parameters.js';

/**
 * Everything in which a policy contradicts itself or names what does not exist ("A policy is refused when it contradicts
 * itself"): empty for one that can be published. Takes parameters that have the shape of the schema. Pointers are into
 * the body of DraftPolicy: `/parameters/autoEscalation`.
 */
export function contradictions(parameters: PolicyParameters): Fault[] {
  return [
    ...currencyFaults(parameters),
    ...methodFaults(parameters),
    ...periodFaults(parameters),
    ...ruleFaults(parameters),
    ...evidenceFaults(parameters),
  ];
}
